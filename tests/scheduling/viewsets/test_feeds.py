"""Staff add calendars, see how each is doing, and act on it; nobody sees an address again."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from home.staff_groups import DESK, EDITOR, THERAPIST
from scheduling.domain import short_day_words
from scheduling.models import BusyTime, CalendarFeed, WorkingHours
from scheduling.services.sync_feed import sync_feed
from tests import feed_server as fs
from tests.feed_server import feed_server
from tests.practice import at
from tests.staff import make_staff

HOUR = dt.timedelta(hours=1)
DAY = 24 * HOUR


@pytest.fixture
def server(settings):
    with feed_server() as running:
        settings.FEED_ALLOWED_HOSTS = [running.host]
        settings.FEED_ALLOW_HTTP = True
        serve(running, 4)
        yield running


@pytest.fixture
def desk(client, db):
    client.force_login(make_staff(DESK))


@pytest.fixture
def feed(practice, server):
    return CalendarFeed.objects.create(
        therapist=practice.therapist, name="Google", address=server.url("/private-token.ics")
    )


def serve(server, days):
    start = timezone.now().replace(microsecond=0) + DAY
    spans = [(start + day * DAY, start + day * DAY + HOUR) for day in range(days)]
    server.answers["/private-token.ics"] = fs.calendar(fs.events(*spans))


def form(practice, **changes):
    data = {"therapist": practice.therapist.pk, "name": "Google", "role": "busy", "is_active": "on"}
    return data | changes


def page(client, feed):
    return client.get(reverse("calendarfeed:inspect", args=[feed.pk])).content.decode()


def test_a_calendar_is_tried_saved_and_visited(client, desk, practice, server):
    data = form(practice, address=server.url("/private-token.ics"))
    response = client.post(reverse("calendarfeed:add"), data, follow=True)
    feed = CalendarFeed.objects.get()
    assert "private-token" not in response.content.decode()
    assert feed.address == server.url("/private-token.ics")
    assert feed.succeeded_at is not None
    assert "Up to date" in response.content.decode()


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("not an address", "other characters that no address has"),
        ("https://127.0.0.1/private-token.ics", "not on the internet"),
        ("file:///etc/passwd", "has to begin with https"),
        ("{server}/missing.ics", "no calendar at this address"),
        ("{server}/page.ics", "Nothing was saved"),
    ],
)
def test_an_address_that_is_no_calendar_is_refused_with_the_reason(
    client, desk, practice, server, address, words
):
    server.answers["/page.ics"] = fs.body(b"<html></html>")
    typed = address.format(server=f"http://{server.host}")
    response = client.post(reverse("calendarfeed:add"), form(practice, address=typed))
    assert response.status_code == 200
    text = response.content.decode()
    assert words in text
    assert f'value="{typed}"' in text, "what was typed is still there to be corrected"
    assert not CalendarFeed.objects.exists()


def test_the_address_is_never_shown_again_and_kept_when_left_empty(
    client, desk, practice, feed, server
):
    url = reverse("calendarfeed:edit", args=[feed.pk])
    assert "private-token" not in client.get(url).content.decode()
    sync_feed(feed.pk, now=timezone.now())
    client.post(url, form(practice, name="Practice system", address=""))
    feed.refresh_from_db()
    assert (feed.name, feed.address) == ("Practice system", server.url("/private-token.ics"))
    assert feed.succeeded_at is not None
    for address in ("calendarfeed:index", "calendarfeed:inspect", "calendarfeed:history"):
        arguments = [] if address.endswith("index") else [feed.pk]
        assert "private-token" not in client.get(reverse(address, args=arguments)).content.decode()


def test_another_address_is_another_calendar_which_is_not_doubted_for_being_smaller(
    client, desk, practice, feed, server
):
    sync_feed(feed.pk, now=timezone.now())
    start = timezone.now().replace(microsecond=0) + DAY
    server.answers["/other.ics"] = fs.calendar(fs.events((start, start + HOUR)))
    url = reverse("calendarfeed:edit", args=[feed.pk])
    client.post(url, form(practice, address=server.url("/other.ics")))
    feed.refresh_from_db()
    assert feed.error_code == ""
    assert BusyTime.objects.get(feed=feed).starts_at == start


def test_the_page_says_how_the_calendar_is_doing(client, desk, feed, server):
    assert "Not read yet" in page(client, feed)
    response = client.post(reverse("calendarfeed:sync", args=[feed.pk]), follow=True)
    assert "its times are taken over" in response.content.decode()
    text = page(client, feed)
    assert "Up to date" in text
    assert "Clients can book this therapist at once." in text
    server.answers.clear()
    response = client.post(reverse("calendarfeed:sync", args=[feed.pk]), follow=True)
    text = response.content.decode()
    assert "could not be read" in text
    assert "no calendar at this address" in text
    assert server.host not in text


def test_the_page_shows_the_week_that_clients_will_find(client, desk, feed, server, practice):
    day = timezone.now().astimezone(practice.therapist.zone).date() + 2 * DAY
    WorkingHours.objects.create(
        therapist=practice.therapist,
        weekday=day.weekday(),
        starts=dt.time(9),
        ends=dt.time(12),
        office=practice.office,
    )
    midnight = at(0, day=day + DAY)
    spans = (at(9, day=day), at(10, day=day)), (midnight, midnight + DAY)
    server.answers["/private-token.ics"] = fs.calendar(fs.events(*spans))
    sync_feed(feed.pk, now=timezone.now())
    response = client.get(reverse("calendarfeed:inspect", args=[feed.pk]))
    _, _, picture, full, *_ = response.context["week"]
    assert picture == (short_day_words(day), ["9:00 AM to 10:00 AM"], ["10:00 AM to 11:50 AM"])
    assert (full.given[0][:7], full.free) == ("all day", [])
    assert "9:00 AM to 10:00 AM" in response.content.decode()


def test_a_real_change_is_accepted_with_one_click(client, desk, feed, server):
    sync_feed(feed.pk, now=timezone.now())
    accept = reverse("calendarfeed:accept", args=[feed.pk])
    assert accept not in page(client, feed)
    serve(server, 1)
    sync_feed(feed.pk, now=timezone.now())
    text = page(client, feed)
    assert "To be checked" in text
    assert accept in text
    client.post(accept)
    assert BusyTime.objects.filter(feed=feed).count() == 1
    assert "Up to date" in page(client, feed)


def test_a_worker_that_does_not_run_is_noticed(client, desk, feed, server):
    sync_feed(feed.pk, now=timezone.now() - 24 * HOUR)
    text = page(client, feed)
    assert "Not visited" in text
    assert "worker may not be running" in text
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "worker may not be running" in home
    sync_feed(feed.pk, now=timezone.now())
    assert "Up to date" in page(client, feed)
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "worker may not be running" not in home


def test_a_therapist_who_left_the_site_is_no_trouble(client, desk, feed, server, practice):
    sync_feed(feed.pk, now=timezone.now() - 24 * HOUR)
    practice.therapist.is_active = False
    practice.therapist.save()
    assert "the calendar is not read" in page(client, feed)
    assert "worker may not be" not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_looking_changes_nothing(client, desk, feed, server):
    for name in ("sync", "accept"):
        response = client.get(reverse(f"calendarfeed:{name}", args=[feed.pk]))
        assert response.status_code == 405
    assert not server.requests


def test_therapists_see_their_own_calendars_and_editors_none(client, practice, feed):
    user = make_staff(THERAPIST)
    client.force_login(user)
    assert client.get(reverse("calendarfeed:inspect", args=[feed.pk])).status_code == 404
    practice.therapist.user = user
    practice.therapist.save()
    text = page(client, feed)
    assert "Not read yet" in text
    sync = reverse("calendarfeed:sync", args=[feed.pk])
    assert sync not in text
    assert client.post(sync).status_code in (302, 403)
    assert "Google" in client.get(reverse("calendarfeed:index")).content.decode()
    client.force_login(make_staff(EDITOR))
    assert client.get(reverse("calendarfeed:index")).status_code in (302, 403)
