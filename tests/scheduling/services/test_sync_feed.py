"""What a visit to a therapist's calendar changes, and what it leaves alone."""

import datetime as dt
import zlib

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from scheduling.models import (
    BusyTime,
    CalendarFeed,
    FeedMemory,
    Opening,
    OpenTime,
    SchedulingSettings,
    Therapist,
)
from scheduling.services.accept_feed import accept_feed
from scheduling.services.change_feed import change_feed
from scheduling.services.read_feed import read_feed
from scheduling.services.rebuild_openings import Difference, rebuild_openings
from scheduling.services.refresh_feeds import refresh_feeds
from scheduling.services.sync_feed import Outcome, _take_over, sync_feed
from tests import feed_server as fs
from tests.practice import NOW, TUESDAY, at

pytestmark = pytest.mark.django_db
PATH = "/private-token.ics"
MINUTE, DAY = dt.timedelta(minutes=1), dt.timedelta(days=1)
TEN = (at(10), at(11))
MANY = [(at(10, day=TUESDAY + n * DAY), at(11, day=TUESDAY + n * DAY)) for n in range(10)]


def serve(server, *spans, **options):
    server.answers[PATH] = fs.calendar(fs.events(*spans, **options))


def busy():
    return list(BusyTime.objects.order_by("starts_at").values_list("starts_at", "ends_at"))


def starts():
    """Return when sessions can begin on the Tuesday after NOW, as search sees it."""
    found = Opening.objects.filter(starts_at__gte=at(0), starts_at__lt=at(0) + DAY)
    return set(found.values_list("starts_at", flat=True))


def asked_conditionally(server):
    return "If-None-Match" in server.requests[-1][1]


def test_events_become_busy_times_and_their_openings_go(feed, server):
    serve(server, TEN)
    assert sync_feed(feed.pk, now=NOW) is Outcome.NEW_TIMES
    assert busy() == [TEN]
    assert starts() == {at(9), at(11)}
    feed.refresh_from_db()
    assert (feed.generation, feed.checked_at, feed.succeeded_at) == (1, NOW, NOW)
    assert NOW + 9 * MINUTE <= feed.next_check_at <= NOW + 11 * MINUTE
    assert rebuild_openings(feed.therapist_id, now=NOW, check=True) == Difference(0, 0)


def test_nothing_but_times_is_stored(feed, server):
    serve(server, TEN)
    sync_feed(feed.pk, now=NOW)
    with connection.cursor() as cursor:
        tables = [name for name in connection.introspection.table_names() if "q_" not in name]
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608  # our own tables
            stored = str(cursor.fetchall())
            assert "Casey Sample" not in stored
            assert "private-token" not in stored


def test_a_calendar_that_did_not_change_costs_one_question_and_one_row(feed, server):
    serve(server, TEN)
    sync_feed(feed.pk, now=NOW)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert sync_feed(feed.pk, now=NOW + 10 * MINUTE) is Outcome.UNCHANGED
    writes = [query["sql"] for query in queries if query["sql"].startswith(("UPDATE", "INSERT"))]
    assert len(writes) == 1
    assert asked_conditionally(server)
    feed.refresh_from_db()
    assert (feed.generation, feed.succeeded_at) == (1, NOW + 10 * MINUTE)


def test_new_bytes_with_the_same_times_are_no_new_generation(feed, server):
    serve(server, TEN)
    sync_feed(feed.pk, now=NOW)
    serve(server, TEN, stamp="20270104T120000Z")
    assert sync_feed(feed.pk, now=NOW + 10 * MINUTE) is Outcome.UNCHANGED
    feed.refresh_from_db()
    assert feed.generation == 1
    assert sync_feed(feed.pk, now=NOW + 20 * MINUTE) is Outcome.UNCHANGED
    assert asked_conditionally(server)


WEEKLY = (
    b"BEGIN:VEVENT\r\nUID:weekly\r\nDTSTAMP:20270101T000000Z\r\nSUMMARY:Casey Sample\r\n"
    b"DTSTART;TZID=America/Chicago:20270105T140000\r\nDTEND;TZID=America/Chicago:20270105T150000"
    b"\r\nRRULE:FREQ=WEEKLY\r\nEND:VEVENT\r\nEND:VCALENDAR"
)
MOVED = (
    b"BEGIN:VEVENT\r\nUID:weekly\r\nDTSTAMP:20270101T000000Z\r\n"
    b"RECURRENCE-ID;TZID=America/Chicago:20270112T140000\r\n"
    b"DTSTART;TZID=America/Chicago:20270112T160000\r\nDTEND;TZID=America/Chicago:20270112T170000"
    b"\r\nEND:VEVENT\r\nEND:VCALENDAR"
)


def test_reading_only_what_changed_gives_what_reading_all_gives(feed, server):
    plain = fs.events(*MANY)
    weekly = plain.replace(b"END:VCALENDAR", WEEKLY)
    moved = weekly.replace(b"END:VCALENDAR", MOVED)
    shorter = moved.replace(b"RRULE:FREQ=WEEKLY", b"RRULE:FREQ=WEEKLY;COUNT=4")
    now = NOW
    for text in (plain, weekly, moved, shorter, weekly, plain):
        server.answers[PATH] = fs.calendar(text)
        assert sync_feed(feed.pk, now=now, accept=text is plain) is Outcome.NEW_TIMES
        read = busy()
        assert sync_feed(feed.pk, now=now, force=True) is Outcome.UNCHANGED
        CalendarFeed.objects.update(context_digest="")
        FeedMemory.objects.all().delete()
        sync_feed(feed.pk, now=now)
        assert busy() == read
        now += DAY


def test_what_a_reader_remembers_names_nobody_and_goes_with_the_address(feed, server):
    server.answers[PATH] = fs.calendar(fs.events(*MANY).replace(b"END:VCALENDAR", WEEKLY))
    sync_feed(feed.pk, now=NOW)
    head, packed = bytes(FeedMemory.objects.get(feed=feed).state).split(b"\n", 1)
    assert b"Casey" not in head + zlib.decompress(packed)
    feed.address = server.url("/other.ics")
    change_feed(feed, ["address"], now=NOW)
    assert not FeedMemory.objects.exists()


def test_a_moved_event_moves_the_openings(feed, server):
    serve(server, TEN, *MANY[1:])
    sync_feed(feed.pk, now=NOW)
    serve(server, (at(9), at(10)), *MANY[1:])
    assert sync_feed(feed.pk, now=NOW + 10 * MINUTE) is Outcome.NEW_TIMES
    assert starts() == {at(10), at(10, 30), at(11)}
    assert set(BusyTime.objects.values_list("generation", flat=True)) == {2}


@pytest.mark.parametrize("damage", [None, b"", b"damaged"])
def test_what_is_remembered_of_a_calendar_decides_nothing(feed, server, damage):
    serve(server, TEN, *MANY[1:])
    sync_feed(feed.pk, now=NOW)
    if damage is not None:
        FeedMemory.objects.update(state=damage)
    before = bytes(FeedMemory.objects.get(feed=feed).state)
    serve(server, (at(9), at(10)), *MANY[1:])
    assert sync_feed(feed.pk, now=NOW + 10 * MINUTE) is Outcome.NEW_TIMES
    assert busy() == [(at(9), at(10)), *MANY[1:]]
    assert bytes(FeedMemory.objects.get(feed=feed).state) != before


def test_the_window_rolls_on_though_the_server_says_not_modified_for_weeks(feed, server):
    """An event that at first lies beyond what was read appears when its day comes."""
    far = at(10, day=TUESDAY + 119 * DAY)
    serve(server, TEN, (far, far + 60 * MINUTE))
    now, whole, outcomes = NOW, 0, []
    sync_feed(feed.pk, now=now)
    assert busy() == [TEN]
    for _ in range(60):
        now += DAY
        outcomes.append(sync_feed(feed.pk, now=now))
        whole += not asked_conditionally(server)
        feed.refresh_from_db()
        assert feed.covered_until > now + 63 * DAY
    assert whole == 1
    assert outcomes.count(Outcome.NEW_TIMES) == 1
    assert (far, far + 60 * MINUTE) in busy()
    rebuild_openings(feed.therapist_id, now=now)
    assert not Opening.objects.filter(starts_at=far).exists()
    assert Opening.objects.filter(starts_at=far - 60 * MINUTE).exists()


def test_a_longer_horizon_is_read_for_at_the_next_visit(feed, server, practice):
    serve(server, TEN)
    sync_feed(feed.pk, now=NOW)
    settings = SchedulingSettings.load()
    settings.horizon_days = 120
    settings.save()
    sync_feed(feed.pk, now=NOW + 10 * MINUTE)
    feed.refresh_from_db()
    assert feed.covered_until > NOW + 123 * DAY


def test_another_zone_reads_the_unchanged_calendar_anew(feed, server, practice):
    server.answers[PATH] = fs.calendar(
        fs.CALENDAR.replace(b"20270105T160000Z", b"20270105T100000").replace(
            b"20270105T170000Z", b"20270105T110000"
        )
    )
    sync_feed(feed.pk, now=NOW)
    assert busy() == [TEN]
    practice.therapist.time_zone = "America/New_York"
    practice.therapist.save()
    assert sync_feed(feed.pk, now=NOW + 10 * MINUTE) is Outcome.NEW_TIMES
    assert busy() == [(at(9), at(10))]


BROKEN = {
    "html": (fs.body(b"<html><body>Sign in</body></html>"), "not_a_calendar"),
    "nothing": (fs.body(b""), "not_a_calendar"),
    "cut short": (fs.body(fs.CALENDAR[:-20]), "truncated"),
    "cut off": (fs.cut_off, "truncated"),
    "404": (fs.status(404), "http_status"),
    "500": (fs.status(500), "http_status"),
    "hung up": (fs.hang_up, "unreachable"),
    "emptied": (fs.calendar(fs.events()), "emptied"),
    "shrunk": (fs.calendar(fs.events(*MANY[:4])), "shrunk"),
}


@pytest.mark.parametrize(("answer", "code"), BROKEN.values(), ids=BROKEN)
def test_what_can_not_be_believed_leaves_the_last_good_times(feed, server, answer, code):
    serve(server, *MANY)
    sync_feed(feed.pk, now=NOW)
    before = busy(), starts()
    for step in (1, 2, 3):
        server.answers[PATH] = answer
        outcome = sync_feed(feed.pk, now=NOW + step * MINUTE)
        assert outcome in (Outcome.FAILED, Outcome.DOUBTED)
        assert (busy(), starts()) == before
        feed.refresh_from_db()
        assert (feed.error_code, feed.failures) == (code, step)
        assert (feed.succeeded_at, feed.failing_since) == (NOW, NOW + MINUTE)
        assert feed.error_message
        assert "private-token" not in feed.error_message
    serve(server, *MANY)
    assert sync_feed(feed.pk, now=NOW + 5 * MINUTE) is Outcome.UNCHANGED
    feed.refresh_from_db()
    assert (feed.error_code, feed.error_message, feed.failures) == ("", "", 0)
    assert feed.failing_since is None


def test_a_fault_of_ours_is_said_and_not_logged_in_the_calendars_words(
    feed, server, monkeypatch, caplog
):
    serve(server, *MANY)
    sync_feed(feed.pk, now=NOW)

    def stumble(*args, **kwargs):
        raise RuntimeError("Casey Sample")

    monkeypatch.setattr("scheduling.services.read_feed.read_calendar", stumble)
    assert sync_feed(feed.pk, now=NOW, force=True) is Outcome.FAILED
    feed.refresh_from_db()
    assert feed.error_code == "fault"
    assert len(busy()) == 10
    assert "RuntimeError" in caplog.text
    assert "Casey" not in caplog.text


def test_losing_half_is_believed_and_so_is_an_absence_that_ends_early(feed, server):
    serve(server, *MANY)
    sync_feed(feed.pk, now=NOW)
    serve(server, *MANY[:5])
    assert sync_feed(feed.pk, now=NOW + MINUTE) is Outcome.NEW_TIMES
    serve(server, (at(0), at(0) + 10 * DAY))
    assert sync_feed(feed.pk, now=NOW + 2 * MINUTE) is Outcome.NEW_TIMES
    serve(server, TEN)
    assert sync_feed(feed.pk, now=NOW + 3 * MINUTE) is Outcome.NEW_TIMES


def test_events_that_are_over_are_not_missed(feed, server):
    serve(server, *MANY)
    sync_feed(feed.pk, now=NOW)
    serve(server, *MANY[8:])
    assert sync_feed(feed.pk, now=MANY[7][1]) is Outcome.NEW_TIMES


def test_a_real_change_is_accepted_with_one_click(feed, server):
    serve(server, *MANY)
    sync_feed(feed.pk, now=NOW)
    serve(server, TEN)
    assert sync_feed(feed.pk, now=NOW + MINUTE) is Outcome.DOUBTED
    assert accept_feed(feed.pk, now=NOW + 2 * MINUTE) is Outcome.NEW_TIMES
    assert busy() == [TEN]
    feed.refresh_from_db()
    assert (feed.error_code, feed.succeeded_at) == ("", NOW + 2 * MINUTE)
    assert sync_feed(feed.pk, now=NOW + 3 * MINUTE) is Outcome.UNCHANGED


def test_a_calendar_that_is_empty_from_the_start_opens_nothing_until_accepted(feed, server):
    serve(server)
    assert sync_feed(feed.pk, now=NOW) is Outcome.DOUBTED
    feed.refresh_from_db()
    assert feed.error_code == "empty"
    assert not starts()
    assert accept_feed(feed.pk, now=NOW + MINUTE) is Outcome.NEW_TIMES
    assert starts() == {at(9), at(9, 30), at(10), at(10, 30), at(11)}
    assert sync_feed(feed.pk, now=NOW + 2 * MINUTE) is Outcome.UNCHANGED


def test_a_calendar_that_was_never_read_opens_nothing(feed, server):
    server.answers[PATH] = fs.status(404)
    assert sync_feed(feed.pk, now=NOW) is Outcome.FAILED
    assert not starts()


def test_attempts_grow_rarer_and_the_servers_wish_is_heeded(feed, server):
    server.answers[PATH] = fs.status(503)
    waits = []
    for _ in range(12):
        sync_feed(feed.pk, now=NOW)
        feed.refresh_from_db()
        waits.append(feed.next_check_at - NOW)
    assert waits[0] < 2 * MINUTE
    assert waits[3] > 5 * MINUTE
    assert 40 * MINUTE < waits[-1] < 80 * MINUTE
    server.answers[PATH] = fs.status(503, Retry_After="7200")
    sync_feed(feed.pk, now=NOW)
    feed.refresh_from_db()
    assert feed.next_check_at == NOW + 120 * MINUTE


def test_a_server_that_asks_for_less_gets_a_quarter_of_an_hour_at_least(feed, server):
    server.answers[PATH] = fs.status(429)
    sync_feed(feed.pk, now=NOW)
    feed.refresh_from_db()
    assert feed.next_check_at == NOW + 15 * MINUTE


def test_a_visit_that_was_overtaken_changes_nothing(feed, server):
    """Another visit, or a new address, came between the question and the answer."""
    serve(server, TEN)
    answer = read_feed(feed, now=NOW)
    CalendarFeed.objects.update(version=99)
    assert _take_over(feed, answer, NOW, accept=False, hurried=False) is Outcome.OVERTAKEN
    assert not busy()


def test_a_feed_that_is_switched_off_or_gone_is_not_asked(feed, server):
    CalendarFeed.objects.update(is_active=False)
    assert sync_feed(feed.pk, now=NOW) is Outcome.NOT_READ
    assert sync_feed(feed.pk + 1, now=NOW) is Outcome.NOT_READ
    assert not server.requests


def test_force_asks_for_the_whole_calendar(feed, server):
    serve(server, TEN)
    sync_feed(feed.pk, now=NOW)
    assert sync_feed(feed.pk, now=NOW, force=True) is Outcome.UNCHANGED
    assert not asked_conditionally(server)


def test_a_feed_that_opens_time_adds_openings(feed, server, practice):
    CalendarFeed.objects.update(role=CalendarFeed.Role.OPEN)
    evening = at(18), at(19)
    serve(server, evening)
    assert sync_feed(feed.pk, now=NOW) is Outcome.NEW_TIMES
    assert list(OpenTime.objects.values_list("starts_at", "office")) == [(at(18), None)]
    assert not busy()
    online = Opening.objects.filter(place=practice.online, starts_at__gte=at(18))
    assert online.filter(starts_at=at(18)).exists()
    serve(server)
    assert sync_feed(feed.pk, now=NOW + MINUTE) is Outcome.NEW_TIMES
    assert not OpenTime.objects.exists()


def test_open_time_is_at_the_office_that_its_location_names(feed, server, practice):
    CalendarFeed.objects.update(role=CalendarFeed.Role.OPEN)
    evening = fs.events((at(18), at(19)))
    located = evening.replace(b"SUMMARY", b"LOCATION:Our South Loop office\r\nSUMMARY")
    server.answers[PATH] = fs.calendar(located)
    sync_feed(feed.pk, now=NOW)
    assert OpenTime.objects.get().office == practice.office
    assert Opening.objects.filter(place=practice.office, starts_at=at(18)).exists()
    assert not Opening.objects.filter(place=practice.online, starts_at=at(18)).exists()
    assert sync_feed(feed.pk, now=NOW, force=True) is Outcome.UNCHANGED


def test_working_hours_of_a_calendar_open_the_office_that_they_name(feed, server, practice):
    CalendarFeed.objects.update(role=CalendarFeed.Role.OPEN)
    part = "\r\n".join(
        (
            "BEGIN:VAVAILABILITY", "UID:hours", "BEGIN:AVAILABLE", "UID:evening",
            f"DTSTART:{at(18):%Y%m%dT%H%M%SZ}", "DURATION:PT1H", "LOCATION:South Loop",
            "END:AVAILABLE", "END:VAVAILABILITY", "END:VCALENDAR",
        )
    )  # fmt: skip
    server.answers[PATH] = fs.calendar(fs.events().replace(b"END:VCALENDAR", part.encode()))
    assert sync_feed(feed.pk, now=NOW) is Outcome.NEW_TIMES
    assert list(OpenTime.objects.values_list("starts_at", "office")) == [
        (at(18), practice.office.pk)
    ]
    assert not Opening.objects.filter(place=practice.online, starts_at=at(18)).exists()


def test_an_invitation_that_the_owner_declined_takes_no_time(feed, server):
    declined = fs.events(TEN, MANY[1]).replace(
        b"SUMMARY", b"ATTENDEE;PARTSTAT=DECLINED:mailto:ada@example.org\r\nSUMMARY", 1
    )
    server.answers[PATH] = fs.calendar(declined)
    sync_feed(feed.pk, now=NOW)
    assert busy() == [TEN, MANY[1]]
    CalendarFeed.objects.update(owner_address="ada@example.org")
    sync_feed(feed.pk, now=NOW)
    assert busy() == [MANY[1]]


@pytest.mark.parametrize("notices", ["ada@example.org", "ADA@example.org", "other@example.org"])
def test_without_another_owner_the_therapist_is_the_owner(feed, server, notices):
    declined = fs.events(TEN, MANY[1]).replace(
        b"SUMMARY", b"ATTENDEE;PARTSTAT=DECLINED:mailto:ada@example.org\r\nSUMMARY", 1
    )
    server.answers[PATH] = fs.calendar(declined)
    sync_feed(feed.pk, now=NOW)
    assert busy() == [TEN, MANY[1]]
    Therapist.objects.update(email=notices)
    sync_feed(feed.pk, now=NOW)
    assert busy() == [MANY[1]] if notices.lower().startswith("ada") else [TEN, MANY[1]]
    CalendarFeed.objects.update(owner_address="work@example.org, Ada@example.org")
    sync_feed(feed.pk, now=NOW)
    assert busy() == [MANY[1]]
    CalendarFeed.objects.update(owner_address="work@example.org")
    sync_feed(feed.pk, now=NOW)
    assert busy() == [TEN, MANY[1]]


def test_the_owner_of_a_calendar_is_stored_encrypted(feed):
    CalendarFeed.objects.update(owner_address="ada@example.org")
    with connection.cursor() as cursor:
        cursor.execute("SELECT owner_address FROM scheduling_calendarfeed")
        assert "ada" not in cursor.fetchone()[0]
    assert CalendarFeed.objects.get().owner_address == "ada@example.org"


def test_the_history_of_visits_counts_each_and_never_grows(feed, server):
    serve(server, *MANY)
    sync_feed(feed.pk, now=NOW)
    sync_feed(feed.pk, now=NOW + MINUTE)
    server.answers[PATH] = fs.status(500)
    sync_feed(feed.pk, now=NOW + 2 * MINUTE)
    sync_feed(feed.pk, now=NOW + 3 * MINUTE, hurried=True)
    serve(server, TEN)
    for day in range(20):
        sync_feed(feed.pk, now=NOW + day * DAY + 4 * MINUTE)
        feed.refresh_from_db()
        if not day:
            assert feed.visits == {"2027-01-04": [2, 1, 1]}
    assert len(feed.visits) == 14
    assert feed.visits.keys() == {(TUESDAY + n * DAY).isoformat() for n in range(5, 19)}


def test_a_new_generation_says_what_came_and_what_went(feed, server):
    serve(server, *MANY)
    sync_feed(feed.pk, now=NOW)
    assert changed(feed) == (10, 0)
    serve(server, (at(9), at(10)), *MANY[1:9])
    sync_feed(feed.pk, now=NOW + MINUTE)
    assert changed(feed) == (1, 2)
    sync_feed(feed.pk, now=NOW + 2 * MINUTE)
    assert changed(feed) == (1, 2)
    sync_feed(feed.pk, now=NOW + 31 * DAY, accept=True)
    assert changed(feed) == (0, 0), "the days that are over and those that were added count as none"


def changed(feed):
    feed.refresh_from_db()
    return feed.times_came, feed.times_went


def test_whole_days_marked_as_free_are_listed_and_taken_if_staff_say_so(feed, server):
    whole = fs.events(TEN, MANY[3]).replace(
        b"DTSTART:20270108T160000Z\r\nDTEND:20270108T170000Z",
        b"DTSTART;VALUE=DATE:20270108\r\nTRANSP:TRANSPARENT",
    )
    server.answers[PATH] = fs.calendar(whole)
    sync_feed(feed.pk, now=NOW)
    assert busy() == [TEN]
    feed.refresh_from_db()
    midnight = at(0, day=TUESDAY + 3 * DAY)
    assert feed.free_days == [[midnight.isoformat(), (midnight + DAY).isoformat()]]
    CalendarFeed.objects.update(free_days_are_busy=True)
    sync_feed(feed.pk, now=NOW)
    assert busy() == [TEN, (midnight, midnight + DAY)]


def test_the_interval_that_the_producer_asks_for_is_heeded_up_to_an_hour(feed, server):
    for asked, minutes in (("PT30M", 30), ("P1D", 60)):
        text = fs.events(TEN).replace(b"VERSION", f"X-PUBLISHED-TTL:{asked}\r\nVERSION".encode())
        server.answers[PATH] = fs.calendar(text)
        sync_feed(feed.pk, now=NOW)
        sync_feed(feed.pk, now=NOW)
        feed.refresh_from_db()
        assert feed.next_check_at == NOW + minutes * MINUTE


def test_warnings_are_kept_without_names(feed, server):
    broken = fs.events(TEN, MANY[1]).replace(b"DTSTART:20270106T160000Z", b"DTSTART:never", 1)
    server.answers[PATH] = fs.calendar(broken)
    sync_feed(feed.pk, now=NOW)
    feed.refresh_from_db()
    assert feed.warnings
    assert set(feed.warnings[0]) == {"code", "message", "line"}


def test_a_refresh_during_a_hold_makes_an_older_calendar_current(feed, server, practice):
    serve(server, TEN)
    sync_feed(feed.pk, now=NOW)
    later = NOW + 60 * MINUTE
    assert refresh_feeds(practice.therapist.pk, now=later)
    assert asked_conditionally(server)
    feed.refresh_from_db()
    assert feed.succeeded_at == later
    asked = len(server.requests)
    assert refresh_feeds(practice.therapist.pk, now=later + MINUTE)
    assert len(server.requests) == asked


def test_a_refresh_takes_no_longer_than_it_may_and_leaves_no_mark(feed, server, practice):
    serve(server, TEN)
    sync_feed(feed.pk, now=NOW)
    server.answers[PATH] = fs.say_nothing
    assert not refresh_feeds(practice.therapist.pk, now=NOW + 60 * MINUTE, seconds=0.3)
    feed.refresh_from_db()
    assert (feed.failures, feed.error_code, feed.checked_at) == (0, "", NOW)
