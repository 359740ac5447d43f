"""A name that a client gives, and the address of a calendar, stand nowhere in the clear."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.db import connection
from django.urls import reverse

from home.staff_groups import DESK
from scheduling.models import Booking, CalendarFeed, SchedulingSettings
from scheduling.services.send_booking_mail import SEND, send_booking_mail
from scheduling.services.send_collision_mail import send_collision_mail
from scheduling.services.sync_feed import sync_feed
from tests.collisions import collide
from tests.log_stream import log_stream
from tests.practice import NOW, at
from tests.staff import make_staff
from tests.tasks import enqueued

CANARY = "zzcanary"
DETAILS = {
    "name": "Zzcanary Sample",
    "email": "zzcanary@example.org",
    "phone": "(312) 555-0199",
    "accept": "on",
    "policy": "1",
    "key": "a-key",
}
PRIVATE = re.compile(r"zzcanary|555-?0199|3125550199", re.IGNORECASE)


@pytest.fixture
def written():
    with log_stream() as stream:
        yield stream


def book(client):
    opening = f"{at(9):%Y-%m-%dT%H:%MZ}~ada-sample"
    data = {"place": "south-loop", "service": "individual", "opening": opening}
    page = client.post("/book/hold/", data).headers["Location"]
    client.post(page, DETAILS | {"email": "no address at all, zzcanary"})
    response = client.post(page, DETAILS)
    assert response.status_code == 303, response.content.decode()
    client.get(response.url)
    return Booking.objects.get()


@pytest.mark.parametrize("where", ["60657", CANARY])
def test_where_a_client_will_be_is_neither_kept_nor_logged(client, open_practice, written, where):
    client.post("/book/where/", {"where": where})
    assert '"route": "book:where"' in written.getvalue()
    assert where not in written.getvalue()
    for place, text in everything_stored():
        assert where not in text, place


def everything_stored():
    """Yield each table's rows, the sessions and the cache as text."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            yield table, str(cursor.fetchall())
    for session in Session.objects.all():
        yield "session", str(session.get_decoded())
    yield "queue", str(enqueued())
    yield "cache", str(getattr(caches["default"], "_cache", {}))


def test_what_a_client_tells_us_stands_nowhere_in_the_clear(client, open_practice, inbox, written):
    booking = book(client)
    assert booking.client_name == DETAILS["name"]
    for name, arguments in enqueued():
        if name == SEND:
            send_booking_mail(*arguments, now=NOW)
    assert any(DETAILS["email"] in mail.as_string() for mail in inbox.mails)
    assert not any(PRIVATE.search(str(mail["subject"])) for mail in inbox.mails)
    client.force_login(make_staff(DESK))
    detail = client.get(reverse("booking:inspect", args=[booking.pk]))
    assert DETAILS["name"] in detail.content.decode()
    client.get(reverse("booking:index"), {"q": CANARY})
    feed = CalendarFeed.objects.create(therapist=booking.therapist, name="Google", address="x")
    collision = collide(booking, feed)
    settings = SchedulingSettings.load()
    settings.calendar_alerts_to = "desk@example.org"
    settings.save()
    assert send_collision_mail(booking.therapist_id, now=NOW) == 1
    assert not PRIVATE.search(inbox.mails[-1].as_string())
    page = client.get(reverse("collision:inspect", args=[collision.pk]))
    assert DETAILS["name"] in page.content.decode()
    for where, text in everything_stored():
        assert not PRIVATE.search(text), where
    assert not PRIVATE.search(written.getvalue())
    assert '"route": "book:details"' in written.getvalue()


def test_what_the_desk_writes_down_stands_nowhere_in_the_clear(client, open_practice, written):
    client.force_login(make_staff(DESK))
    asked = {
        "service": open_practice.service.pk,
        "place": open_practice.office.pk,
        "therapist": open_practice.therapist.pk,
    }
    other = {"date": "2027-01-05", "time": "13:00"}
    page = client.post(reverse("booking:book"), asked | other).url
    details = DETAILS | {"told_policy": "on", "told": "outside_hours", "reason": f"{CANARY} asked"}
    client.post(page, details | {"email": f"no address, {CANARY}"})
    client.post(page, details)
    booking = Booking.objects.get()
    move = {"opening": f"{at(9):%Y-%m-%dT%H:%MZ}~ada-sample", "reason": f"{CANARY} again"}
    client.post(reverse("booking:move", args=[booking.pk]), move)
    assert DETAILS["name"] in client.get(reverse("booking:week"), {"names": "1"}).content.decode()
    export = client.get(reverse("booking:index"), {"export": "csv", "clients": "1"})
    assert CANARY in b"".join(export.streaming_content).decode()
    for where, text in everything_stored():
        assert not PRIVATE.search(text), where
    assert not PRIVATE.search(written.getvalue())


def test_a_mail_server_that_quotes_the_address_is_not_quoted(client, open_practice, inbox, written):
    booking = book(client)
    inbox.refusing = True
    assert not send_booking_mail(booking.pk, "client_confirmed", now=NOW)
    for where, text in everything_stored():
        assert not PRIVATE.search(text), where
    assert not PRIVATE.search(written.getvalue())


def test_the_address_of_a_calendar_that_fails_stands_nowhere(
    client, open_practice, written, settings
):
    settings.FEED_ALLOWED_HOSTS = ["127.0.0.1:9"]
    settings.FEED_ALLOW_HTTP = True
    feed = CalendarFeed.objects.create(
        therapist=open_practice.therapist,
        name="Google",
        address="http://127.0.0.1:9/private-zzcanary/basic.ics",
        owner_address="zzcanary@example.org",
    )
    sync_feed(feed.pk, now=NOW)
    client.force_login(make_staff(DESK))
    only_looked_at = {
        "therapist": open_practice.therapist.pk,
        "name": "Google",
        "role": "busy",
        "address": "http://127.0.0.1:9/another-zzcanary/basic.ics",
        "look": "1",
    }
    refused = client.post(reverse("calendarfeed:add"), only_looked_at)
    assert "Nothing was saved" in refused.content.decode()
    feed.refresh_from_db()
    assert feed.error_code
    for where, text in everything_stored():
        assert not PRIVATE.search(text), where
    assert not PRIVATE.search(written.getvalue())
