"""A session and busy time that comes to meet it: found once, told once, over by itself."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_q.models import OrmQ

from scheduling.models import Booking, BusyTime, CalendarFeed, Claim, Collision
from scheduling.selectors.collisions import overlaps_of
from scheduling.selectors.invitations import therapist_calendar
from scheduling.selectors.openings import Wanted
from scheduling.services import tokens
from scheduling.services.cancel_booking import cancel_booking
from scheduling.services.cancel_for_client import cancel_for_client
from scheduling.services.change_feed import change_feed
from scheduling.services.change_status import staff
from scheduling.services.confirm_booking import confirm_booking
from scheduling.services.errors import TimeTakenError
from scheduling.services.follow_collisions import follow_collisions
from scheduling.services.hold_time import hold_time
from scheduling.services.keep_collision import keep_collision
from scheduling.services.move_booking import move_booking
from scheduling.services.sync_feed import Outcome, sync_feed
from scheduling.services.tell_of_collisions import SEND
from tests import feed_server as fs
from tests.collisions import CLIENT, EVENING, MINUTE, PATH, next_tuesday, session_at, visit
from tests.practice import NOW
from tests.staff import make_staff
from tests.tasks import enqueued

pytestmark = pytest.mark.django_db
Ending = Collision.Ending


@pytest.fixture
def booking(practice, feed, server):
    """A session next Tuesday from 9:00 to 9:50; the calendar holds an evening of its own."""
    server.answers[PATH] = fs.calendar(fs.events(EVENING))
    sync_feed(feed.pk, now=NOW)
    return session_at(practice, next_tuesday(9))


def told():
    """Return how many mails about collisions were asked for since this was last asked."""
    count = sum(name == SEND for name, _ in enqueued())
    OrmQ.objects.all().delete()
    return count


def test_new_busy_time_on_a_session_is_found_with_both_sides(booking, feed, server):
    meeting = next_tuesday(9, 30), next_tuesday(10, 30)
    assert visit(feed, server, meeting) is Outcome.NEW_TIMES
    collision = Collision.objects.get()
    assert (collision.booking, collision.feed) == (booking, feed)
    assert collision.session_starts_at == booking.starts_at
    assert (collision.busy_from, collision.busy_until) == meeting
    assert (collision.found_at, collision.ended_at) == (NOW + 10 * MINUTE, None)
    assert told() == 1


@pytest.mark.parametrize(
    "span",
    [
        ((8, 0), (9, 0)),  # ends when the session begins
        ((9, 50), (10, 30)),  # begins when the session ends, in the time between sessions
        ((13, 0), (14, 0)),
    ],
)
def test_time_beside_a_session_is_no_collision(booking, feed, server, practice, span):
    practice.service.buffer_minutes = 10
    practice.service.save()
    start, end = span
    visit(feed, server, (next_tuesday(*start), next_tuesday(*end)))
    assert not Collision.objects.exists()


def test_several_events_on_one_session_are_one_collision(booking, feed, server):
    visit(
        feed,
        server,
        (next_tuesday(8, 30), next_tuesday(9, 10)),
        (next_tuesday(9, 20), next_tuesday(9, 30)),
        (next_tuesday(9, 45), next_tuesday(10)),
    )
    collision = Collision.objects.get()
    assert (collision.busy_from, collision.busy_until) == (next_tuesday(8, 30), next_tuesday(10))


def test_an_event_that_goes_on_meeting_the_session_is_followed_and_not_told_again(
    booking, feed, server
):
    visit(feed, server, (next_tuesday(9), next_tuesday(10)))
    told()
    visit(feed, server, (next_tuesday(9), next_tuesday(11)), minutes=20)
    assert Collision.objects.get().busy_until == next_tuesday(11)
    assert told() == 0


def test_a_calendar_that_is_free_again_ends_it(booking, feed, server):
    visit(feed, server, (next_tuesday(9), next_tuesday(10)))
    visit(feed, server, (next_tuesday(14), next_tuesday(15)), minutes=20)
    collision = Collision.objects.get()
    assert (collision.ended_at, collision.ending) == (NOW + 20 * MINUTE, Ending.FREED)


def test_an_unchanged_calendar_is_still_one_write(booking, feed, server):
    meeting = next_tuesday(9), next_tuesday(10)
    visit(feed, server, meeting)
    with CaptureQueriesContext(connection) as queries:
        assert visit(feed, server, meeting, minutes=20) is Outcome.UNCHANGED
    writes = [query for query in queries if query["sql"].startswith(("UPDATE", "INSERT"))]
    assert len(writes) == 1


def test_the_sessions_own_copy_in_the_calendar_is_no_collision(booking, feed, server):
    text = therapist_calendar(booking).replace(b"\r\n ", b"")
    event = text[text.index(b"BEGIN:VEVENT") : text.index(b"END:VCALENDAR")]
    whole = fs.events(EVENING, (next_tuesday(14), next_tuesday(15)))
    server.answers[PATH] = fs.calendar(whole.replace(b"END:VCALENDAR", event + b"END:VCALENDAR"))
    assert sync_feed(feed.pk, now=NOW + MINUTE) is Outcome.NEW_TIMES
    assert not Collision.objects.exists()


@pytest.mark.parametrize("way", ["client", "desk"])
def test_a_cancelled_session_ends_it(booking, feed, server, way):
    visit(feed, server, (next_tuesday(9), next_tuesday(10)))
    if way == "client":
        cancel_booking(tokens.link_token(booking.reference), now=NOW + 11 * MINUTE)
    else:
        desk = staff(make_staff("Intake desk"))
        cancel_for_client(booking.pk, asked_by_client=False, by=desk, now=NOW + 11 * MINUTE)
    collision = Collision.objects.get()
    assert (collision.ended_at, collision.ending) == (NOW + 11 * MINUTE, Ending.CANCELLED)


def test_a_moved_session_ends_it(booking, feed, server):
    visit(feed, server, (next_tuesday(9), next_tuesday(10)))
    token = tokens.link_token(booking.reference)
    move_booking(token, next_tuesday(10, 30), now=NOW + 11 * MINUTE)
    collision = Collision.objects.get()
    assert (collision.ending, collision.session_starts_at) == (Ending.MOVED, next_tuesday(9))


def test_a_session_moved_onto_other_busy_time_is_another_collision(booking, feed, server):
    """No client can do that; whoever may overrule the calendar can."""
    visit(
        feed, server, (next_tuesday(9), next_tuesday(10)), (next_tuesday(11), next_tuesday(11, 30))
    )
    Booking.objects.update(starts_at=next_tuesday(11), ends_at=next_tuesday(11, 50))
    follow_collisions(feed.therapist_id, now=NOW + 11 * MINUTE)
    first, second = Collision.objects.order_by("pk")
    assert first.ending == Ending.MOVED
    assert (second.session_starts_at, second.ended_at) == (next_tuesday(11), None)


def test_switching_the_calendar_off_ends_it_and_on_finds_it_again(booking, feed, server):
    visit(feed, server, (next_tuesday(9), next_tuesday(10)))
    feed.refresh_from_db()
    feed.is_active = False
    change_feed(feed, ["is_active"], now=NOW + 11 * MINUTE)
    assert Collision.objects.get().ending == Ending.UNREAD
    feed.is_active = True
    change_feed(feed, ["is_active"], now=NOW + 12 * MINUTE)
    assert Collision.objects.filter(ended_at=None).count() == 1


def test_a_calendar_that_opens_time_from_now_on_ends_it(booking, feed, server):
    visit(feed, server, (next_tuesday(9), next_tuesday(10)))
    feed.refresh_from_db()
    feed.role = CalendarFeed.Role.OPEN
    change_feed(feed, ["role"], now=NOW + 11 * MINUTE)
    assert Collision.objects.get().ended_at is None, "what was read still takes its time"
    sync_feed(feed.pk, now=NOW + 11 * MINUTE)
    assert Collision.objects.get().ending == Ending.UNREAD


def test_a_deleted_calendar_takes_its_collisions_with_it(booking, feed, server):
    visit(feed, server, (next_tuesday(9), next_tuesday(10)))
    feed.delete()
    assert not Collision.objects.exists()
    assert Booking.objects.get().status == Booking.Status.CONFIRMED


def test_two_calendars_are_two_collisions(booking, feed, server, practice):
    visit(feed, server, (next_tuesday(9), next_tuesday(10)))
    server.answers["/other.ics"] = server.answers[PATH]
    other = CalendarFeed.objects.create(
        therapist=practice.therapist, name="Outlook", address=server.url("/other.ics")
    )
    sync_feed(other.pk, now=NOW)
    assert Collision.objects.filter(ended_at=None).count() == 2


def test_a_session_that_is_over_collides_with_nothing(booking, feed, server):
    later = (booking.ends_at - NOW) // MINUTE
    visit(feed, server, (next_tuesday(9), next_tuesday(10)), minutes=later)
    assert not Collision.objects.exists()


class TestKept:
    """Somebody said that both are right."""

    @pytest.fixture(autouse=True)
    def kept(self, booking, feed, server):
        visit(feed, server, (next_tuesday(9), next_tuesday(9, 30)))
        told()
        self.user = make_staff("Therapist")
        self.collision = Collision.objects.get()
        assert keep_collision(self.collision.pk, by=self.user, now=NOW + 11 * MINUTE)

    def test_it_is_recorded_once_with_who_and_when(self):
        other = make_staff("Owner")
        assert not keep_collision(self.collision.pk, by=other, now=NOW + 12 * MINUTE)
        self.collision.refresh_from_db()
        assert (self.collision.kept_by, self.collision.kept_at) == (self.user, NOW + 11 * MINUTE)

    @pytest.mark.parametrize("until", [(9, 30), (9, 20)])
    def test_the_same_or_less_time_asks_nobody_again(self, feed, server, until):
        visit(feed, server, (next_tuesday(8), next_tuesday(*until)), minutes=20)
        collision = Collision.objects.get()
        assert (collision.kept_by, collision.ended_at) == (self.user, None)
        assert told() == 0

    def test_more_of_the_session_asks_anew(self, feed, server):
        visit(feed, server, (next_tuesday(9), next_tuesday(9, 40)), minutes=20)
        old, new = Collision.objects.order_by("pk")
        assert (old.kept_by, old.ending) == (self.user, Ending.GREW)
        assert (new.kept_at, new.ended_at) == (None, None)
        assert told() == 1

    def test_an_event_that_went_and_one_that_came_later_asks_anew(self, feed, server):
        visit(feed, server, minutes=20)
        visit(feed, server, (next_tuesday(9), next_tuesday(9, 30)), minutes=30)
        assert Collision.objects.filter(ended_at=None, kept_at=None).count() == 1
        assert told() == 1


def test_a_time_taken_while_it_is_held_is_refused_and_collides_with_nothing(
    practice, feed, server, booking
):
    """The calendar is not fresh any more at confirm, so it is read, and says so."""
    wanted = Wanted(practice.therapist, practice.service, practice.office, next_tuesday(10, 30))
    token = hold_time(wanted, now=NOW + 25 * MINUTE).token
    server.answers[PATH] = fs.calendar(
        fs.events(EVENING, (next_tuesday(10, 30), next_tuesday(11, 30)))
    )
    with pytest.raises(TimeTakenError):
        confirm_booking(token, CLIENT, idempotency_key="k2", now=NOW + 34 * MINUTE)
    assert list(Booking.objects.all()) == [booking]
    assert not Collision.objects.exists()


def test_what_the_database_finds_is_what_comparing_one_by_one_finds(practice, feed, booking):
    resource = Claim.objects.filter(resource__therapist=practice.therapist).get().resource
    Booking.objects.all().delete()
    spans = []
    for number in range(12):
        start = NOW + number * 90 * MINUTE
        made = Booking.objects.create(
            therapist=practice.therapist,
            service=practice.service,
            place=practice.office,
            starts_at=start,
            ends_at=start + 50 * MINUTE,
            client_name="Casey Sample",
            cancel_until=NOW,
            idempotency_digest=str(number),
        )
        if number % 4:  # every fourth has given its time back
            Claim.objects.create(
                resource=resource, booking=made, starts_at=start, ends_at=made.ends_at
            )
            spans.append(made)
    BusyTime.objects.all().delete()
    starts = [NOW + number * 355 % 1200 * MINUTE for number in range(25)]
    busy = [(start, start + (5 + n * 35 % 90) * MINUTE) for n, start in enumerate(starts)]
    BusyTime.objects.bulk_create(
        BusyTime(feed=feed, generation=1, starts_at=start, ends_at=end) for start, end in busy
    )
    now = NOW + 200 * MINUTE
    expected = {}
    for each in spans:
        met = [(s, e) for s, e in busy if s < each.ends_at and e > each.starts_at]
        if met and each.ends_at > now:
            expected[each.pk] = min(s for s, _ in met), max(e for _, e in met)
    found = overlaps_of(practice.therapist.pk, now=now)
    assert {each.booking: (each.busy.start, each.busy.end) for each in found} == expected
    assert len(expected) > 3
