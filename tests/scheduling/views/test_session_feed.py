"""The calendar that a therapist's own calendar program subscribes to."""

import datetime as dt

import pytest
import recurring_ical_events
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from icalendar import Calendar

from scheduling.ical import read_calendar
from scheduling.models import Booking, BusyTime, CalendarFeed, Collision, OutgoingFeed
from scheduling.selectors.invitations import invitation_uid, own_uids
from scheduling.selectors.outgoing_feeds import address_of
from scheduling.services import tokens
from scheduling.services.accept_feed import accept_feed
from scheduling.services.cancel_booking import cancel_booking
from scheduling.services.move_booking import move_booking
from scheduling.services.renew_outgoing_feed import renew_outgoing_feed
from scheduling.services.sync_feed import Outcome, sync_feed
from tests import feed_server as fs
from tests.collisions import MINUTE, next_tuesday, session_at
from tests.log_stream import log_stream
from tests.practice import CHICAGO, NOW
from tests.served_app import served_app
from tests.staff import make_staff

pytestmark = pytest.mark.django_db
YEAR = NOW - dt.timedelta(days=180), NOW + dt.timedelta(days=180)
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def practice(open_practice):
    return open_practice


@pytest.fixture
def feed(practice):
    feed = OutgoingFeed(therapist=practice.therapist)
    renew_outgoing_feed(feed, now=NOW)
    return feed


@pytest.fixture
def sessions(practice):
    return [
        session_at(practice, next_tuesday(9), key="k1"),
        session_at(practice, next_tuesday(10, 30), key="k2"),
    ]


def path(feed):
    return reverse("session_feed", args=[f"{feed.token}.ics"])


def events(body):
    return {str(event["UID"]): event for event in Calendar.from_ical(body).walk("VEVENT")}


def times(bookings):
    return sorted((booking.starts_at, booking.ends_at) for booking in bookings)


def by_our_reader(body):
    return [tuple(each) for each in read(body).intervals]


def by_the_libraries(body):
    found = recurring_ical_events.of(Calendar.from_ical(body)).between(*YEAR)
    return sorted((event["DTSTART"].dt, event["DTEND"].dt) for event in found)


def read(body):
    return read_calendar(body, start=YEAR[0], end=YEAR[1], zone=CHICAGO)


def test_its_busy_time_is_that_of_the_sessions(client, feed, sessions):
    body = client.get(path(feed)).content
    assert by_our_reader(body) == by_the_libraries(body) == times(sessions)
    assert read(body).warnings == ()
    assert set(events(body)) == {invitation_uid(session) for session in sessions}


def test_it_says_busy_and_nothing_more(client, feed, sessions):
    response = client.get(path(feed))
    for event in events(response.content).values():
        assert (event["SUMMARY"], event["STATUS"], event["TRANSP"]) == (
            "Busy",
            "CONFIRMED",
            "OPAQUE",
        )
        assert not {"LOCATION", "DESCRIPTION", "ATTENDEE", "ORGANIZER"} & set(event)
    text = response.content.decode()
    for word in ("Casey", "casey", "Ada", "Individual", "South Loop"):
        assert word not in text


def test_more_is_said_where_the_therapist_wants_it_and_never_who(client, feed, sessions):
    OutgoingFeed.objects.update(shows_details=True)
    body = client.get(path(feed)).content
    for event in events(body).values():
        assert (event["SUMMARY"], event["LOCATION"]) == ("Individual therapy", "South Loop office")
    assert b"Casey" not in body


def test_programs_are_told_what_it_is_and_when_to_ask_again(client, feed):
    response = client.get(path(feed))
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Cache-Control"] == "private, no-cache"
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert not response.cookies
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT10M\r\n" in response.content
    assert b"X-PUBLISHED-TTL:PT10M\r\n" in response.content
    assert b"X-WR-CALNAME:Session calendar\r\n" in response.content
    assert read(response.content).refresh == 10 * MINUTE
    assert not client.head(path(feed)).content


def test_a_moved_session_is_the_same_event_at_another_time(client, feed, sessions):
    before = events(client.get(path(feed)).content)[invitation_uid(sessions[0])]
    moved = move_booking(
        tokens.link_token(sessions[0].reference), next_tuesday(9) + 7 * 24 * HOUR, now=NOW
    )
    body = client.get(path(feed)).content
    after = events(body)[invitation_uid(moved)]
    assert after["DTSTART"].dt == moved.starts_at
    assert after["SEQUENCE"] == before["SEQUENCE"] + 1
    assert by_our_reader(body) == times([moved, sessions[1]])


def test_a_cancelled_session_is_gone(client, feed, sessions):
    cancel_booking(tokens.link_token(sessions[0].reference), now=NOW)
    assert set(events(client.get(path(feed)).content)) == {invitation_uid(sessions[1])}


def test_a_session_that_is_only_asked_for_takes_its_time_tentatively(client, feed, sessions):
    Booking.objects.filter(pk=sessions[0].pk).update(status=Booking.Status.REQUESTED)
    body = client.get(path(feed)).content
    assert events(body)[invitation_uid(sessions[0])]["STATUS"] == "TENTATIVE"
    assert by_our_reader(body) == times(sessions)


def test_it_reaches_thirty_days_back(client, feed, sessions, clock):
    clock.now = sessions[0].ends_at + 30 * 24 * HOUR - MINUTE
    assert len(events(client.get(path(feed)).content)) == 2
    clock.now += MINUTE
    assert set(events(client.get(path(feed)).content)) == {invitation_uid(sessions[1])}


def test_other_therapists_sessions_are_not_in_it(client, feed, sessions):
    other = feed.therapist.__class__.objects.create(name="Ben Sample", slug="ben-sample")
    Booking.objects.filter(pk=sessions[0].pk).update(therapist=other)
    assert set(events(client.get(path(feed)).content)) == {invitation_uid(sessions[1])}


def conditions(response):
    """Return the two ways to ask for what is newer than `response`."""
    yield {"if-none-match": response["ETag"]}
    yield {"if-modified-since": response["Last-Modified"]}


class TestConditional:
    """Whoever has the calendar as it is, is not sent it again."""

    def test_by_etag_and_by_date(self, client, feed, sessions, clock):
        first = client.get(path(feed))
        clock.now += HOUR
        for header in (
            {"if-none-match": first["ETag"]},
            {"if-modified-since": first["Last-Modified"]},
        ):
            with CaptureQueriesContext(connection) as queries:
                again = client.get(path(feed), headers=header)
            assert (again.status_code, again.content) == (304, b"")
            assert again["ETag"] == first["ETag"]
            assert again["X-Robots-Tag"] == "noindex, nofollow"
            assert not any(query["sql"].startswith("UPDATE") for query in queries)

    @pytest.mark.parametrize("after", [dt.timedelta(), MINUTE])
    def test_a_change_is_seen_by_both_even_within_the_second(
        self, client, feed, sessions, clock, after
    ):
        first = client.get(path(feed))
        clock.now += after
        cancel_booking(tokens.link_token(sessions[0].reference), now=clock.now)
        for header in (
            {"if-none-match": first["ETag"]},
            {"if-modified-since": first["Last-Modified"]},
        ):
            again = client.get(path(feed), headers=header)
            assert again.status_code == 200
            assert len(events(again.content)) == 1
        assert again["ETag"] != first["ETag"]

    def test_what_changes_without_a_session_is_a_change_as_well(self, client, feed, sessions):
        first = client.get(path(feed))
        OutgoingFeed.objects.update(shows_details=True)
        again = client.get(path(feed), headers={"if-modified-since": first["Last-Modified"]})
        assert again.status_code == 200


def test_what_is_no_address_any_more_never_was_or_is_none_gets_one_answer(client, feed, practice):
    revoked, renewed = OutgoingFeed.objects.get(), path(feed)
    renew_outgoing_feed(revoked, now=NOW)
    left = path(revoked)
    practice.therapist.user = make_staff("Therapist")
    practice.therapist.user.is_active = False
    practice.therapist.user.save()
    practice.therapist.save()
    addresses = [
        renewed,
        left,
        reverse("session_feed", args=[f"{tokens.new_token()}.ics"]),
        left.removesuffix(".ics"),
        "/session-calendar/x",
        "/session-calendar/.ics",
        "/session-calendar/a/b/../c.ics",
        "/session-calendar/%00%FF%F0%9F%98%80.ics",
        f"/session-calendar/{'x' * 3000}.ics",
    ]
    answers = set()
    for address in addresses:
        response = client.get(address)
        headers = {k: v for k, v in response.headers.items() if k != "X-Request-ID"}
        answers.add((response.status_code, response.content, tuple(sorted(headers.items()))))
    ((status, _, headers),) = answers
    assert status == 404
    assert ("X-Robots-Tag", "noindex, nofollow") in headers
    revoked.delete()
    assert client.get(left).status_code == 404


def test_only_reading_is_possible(client, feed):
    assert client.post(path(feed)).status_code == 405


def test_the_address_stands_in_no_log_and_not_in_the_clear_in_the_database(client, feed, sessions):
    with log_stream() as written:
        client.get(path(feed))
        client.get(path(feed), headers={"if-none-match": client.get(path(feed))["ETag"]})
        client.get(path(feed).replace(".ics", "x.ics"))
        client.post(path(feed))
    lines = written.getvalue()
    assert lines.count('"route": "session_feed"') == 5
    assert feed.token not in lines
    assert feed.token[:20] not in lines
    with connection.cursor() as cursor:
        cursor.execute("SELECT token FROM scheduling_outgoingfeed")
        ((stored,),) = cursor.fetchall()
    assert feed.token not in stored
    assert OutgoingFeed.objects.get().token == feed.token


def test_a_fault_of_ours_names_no_address_in_the_log(client, feed, monkeypatch):
    def stumble(*args, **kwargs):
        raise RuntimeError(feed.token)

    monkeypatch.setattr("scheduling.services.give_outgoing_feed.subscription", stumble)
    client.raise_request_exception = False
    with log_stream() as written:
        assert client.get(path(feed)).status_code == 500
    assert "RuntimeError" in written.getvalue()
    assert feed.token[:20] not in written.getvalue()


def test_subscribed_to_by_its_own_therapist_nothing_is_counted_twice(
    practice, feed, sessions, settings, client
):
    """The program reads its own calendar as one of the therapist's, over real HTTP."""
    with served_app() as host:
        settings.FEED_ALLOWED_HOSTS, settings.FEED_ALLOW_HTTP = [host], True
        address = address_of(feed).replace(settings.BASE_URL, f"http://{host}")
        own = CalendarFeed.objects.create(therapist=practice.therapist, name="Own", address=address)
        assert sync_feed(own.pk, now=NOW) is Outcome.DOUBTED, "none of it takes time: empty"
        assert accept_feed(own.pk, now=NOW) is Outcome.NEW_TIMES
        assert sync_feed(own.pk, now=NOW + MINUTE) is Outcome.UNCHANGED
        own.refresh_from_db()
        assert own.etag.strip('"') == OutgoingFeed.objects.get().body_digest
        assert not BusyTime.objects.exists()
        cancel_booking(tokens.link_token(sessions[0].reference), now=NOW)
        assert sync_feed(own.pk, now=NOW + 2 * MINUTE) is Outcome.UNCHANGED
    assert not Collision.objects.exists()
    free = practice.therapist.openings.values_list("starts_at", flat=True)
    assert sessions[0].starts_at in free
    assert sessions[1].starts_at not in free


def test_a_copy_beside_other_events_leaves_their_time_alone(practice, feed, sessions, client):
    """As in a calendar that shows the subscription and has events of its own."""
    body = client.get(path(feed)).content
    whole = fs.events((next_tuesday(18), next_tuesday(19))).replace(
        b"END:VCALENDAR", body[body.index(b"BEGIN:VEVENT") : body.index(b"END:VCALENDAR")]
    )
    reading = read_calendar(
        whole + b"END:VCALENDAR\r\n", start=YEAR[0], end=YEAR[1], zone=CHICAGO, own_uids=own_uids()
    )
    assert [tuple(each) for each in reading.intervals] == [(next_tuesday(18), next_tuesday(19))]
