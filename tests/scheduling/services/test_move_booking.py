"""Moving a booked session: the new time is decided like any other, the old one is free again."""

import datetime as dt

import pytest
from icalendar import Calendar

from scheduling.models import Booking, BusyTime, CalendarFeed, Claim, Policy
from scheduling.selectors.openings import Wanted
from scheduling.services.confirm_booking import ClientDetails, confirm_booking
from scheduling.services.errors import (
    BookingClosedError,
    CalendarUncertainError,
    LateError,
    LinkUnknownError,
    MoveTooLateError,
    TimeTakenError,
)
from scheduling.services.hold_time import hold_time
from scheduling.services.move_booking import move_booking
from scheduling.services.rebuild_openings import Difference, rebuild_openings
from scheduling.services.send_booking_mail import send_booking_mail
from scheduling.services.tokens import link_token
from tests.practice import NOW, TUESDAY, at
from tests.tasks import enqueued

CLIENT = ClientDetails("Casey Sample", "casey@example.org", "+13125550123", "America/Chicago")
WEEK = dt.timedelta(days=7)
NEXT_WEEK = TUESDAY + WEEK
EARLY = NOW - dt.timedelta(days=2)


def book(practice, starts_at):
    wanted = Wanted(practice.therapist, practice.service, practice.office, starts_at)
    held = hold_time(wanted, now=EARLY)
    return confirm_booking(held.token, CLIENT, idempotency_key="k", now=EARLY).booking


@pytest.fixture
def booking(open_practice):
    rebuild_openings(open_practice.therapist.pk, now=EARLY)
    return book(open_practice, at(9))


def move(booking, starts_at, now=EARLY):
    return move_booking(link_token(booking.reference), starts_at, now=now)


def test_the_session_its_claims_and_its_cut_off_move(booking, open_practice):
    moved = move(booking, at(10, day=NEXT_WEEK))
    booking.refresh_from_db()
    assert moved == booking
    assert (booking.starts_at, booking.sequence) == (at(10, day=NEXT_WEEK), 1)
    assert booking.cancel_until == at(10, day=NEXT_WEEK) - dt.timedelta(hours=24)
    claims = Claim.objects.filter(booking=booking)
    assert {(each.starts_at, each.ends_at) for each in claims} == {
        (at(10, day=NEXT_WEEK), at(11, day=NEXT_WEEK))
    }
    therapist = open_practice.therapist.pk
    assert rebuild_openings(therapist, now=EARLY, check=True) == Difference(0, 0)


def test_its_own_time_is_not_in_the_way(booking):
    assert move(booking, at(9, 30)).starts_at == at(9, 30)


def test_moving_to_the_time_it_has_changes_nothing(booking):
    assert move(booking, at(9)).sequence == 0


def test_the_accepted_policy_stays_the_one_that_applies(booking):
    Policy.objects.create(version=2, text="Two days before.", notice_hours=48)
    moved = move(booking, at(10, day=NEXT_WEEK))
    assert moved.policy.version == 1
    assert moved.cancel_until == at(10, day=NEXT_WEEK) - dt.timedelta(hours=24)


def test_a_taken_time_is_refused_with_others_and_the_booking_stands(booking, open_practice):
    book(open_practice, at(11))
    with pytest.raises(TimeTakenError) as refusal:
        move(booking, at(11))
    assert refusal.value.alternatives == (at(10),)
    booking.refresh_from_db()
    assert (booking.starts_at, booking.claims.count()) == (at(9), 2)


def test_it_can_be_moved_until_its_cut_off_and_only_while_it_stands(booking):
    late = booking.cancel_until + dt.timedelta(seconds=1)
    with pytest.raises(LateError):
        move(booking, at(10, day=NEXT_WEEK), now=late)
    with pytest.raises(MoveTooLateError):
        move_booking(
            link_token(booking.reference), at(10, day=NEXT_WEEK), now=at(9), accepts_late=True
        )
    Booking.objects.update(status=Booking.Status.CANCELLED)
    with pytest.raises(BookingClosedError):
        move(booking, at(10, day=NEXT_WEEK))
    with pytest.raises(LinkUnknownError):
        move_booking("x", at(10), now=EARLY)


def test_after_the_cut_off_it_moves_late_and_only_knowingly(booking):
    token, late = link_token(booking.reference), booking.cancel_until + dt.timedelta(seconds=1)
    moved = move_booking(token, at(10, day=NEXT_WEEK), now=late, accepts_late=True)
    assert moved.cancel_until == at(10, day=NEXT_WEEK) - dt.timedelta(hours=24)
    in_time = move_booking(token, at(11, day=NEXT_WEEK), now=late, accepts_late=True)
    assert in_time.starts_at == at(11, day=NEXT_WEEK)
    assert [each.what for each in booking.changes.all()][1:] == [
        "moved late to another time",
        "moved to another time",
    ]


def test_an_old_calendar_or_a_busy_one_refuses(booking, open_practice):
    feed = CalendarFeed.objects.create(
        therapist=open_practice.therapist,
        name="Sample",
        address="https://127.0.0.1:1/calendar.ics",
        succeeded_at=EARLY - dt.timedelta(hours=1),
        covered_until=NOW + dt.timedelta(days=90),
    )
    with pytest.raises(CalendarUncertainError):
        move(booking, at(10, day=NEXT_WEEK))
    CalendarFeed.objects.update(succeeded_at=EARLY)
    BusyTime.objects.create(
        feed=feed, generation=1, starts_at=at(10, day=NEXT_WEEK), ends_at=at(11, day=NEXT_WEEK)
    )
    with pytest.raises(TimeTakenError):
        move(booking, at(10, day=NEXT_WEEK))


def test_the_client_is_told_of_the_last_change_alone(booking, inbox):
    move(booking, at(10, day=NEXT_WEEK))
    move(booking, at(11, day=NEXT_WEEK))
    for name, arguments in enqueued():
        if name == "scheduling.tasks.send_booking_mail":
            send_booking_mail(*arguments, now=EARLY)
    assert [mail["Subject"] for mail in inbox.mails] == ["Your session is at another time"]
    mail = inbox.mails[0]
    assert "Tuesday, January 12, 11:00 AM Central Time" in mail.get_body(("plain",)).get_content()
    attached = next(each for each in mail.walk() if each.get_content_type() == "text/calendar")
    event = Calendar.from_ical(attached.get_content()).walk("VEVENT")[0]
    assert (event.start, event["SEQUENCE"]) == (at(11, day=NEXT_WEEK), 2)


def test_the_page_shows_free_times_and_moves_on_post(booking, client, clock):
    clock.now = EARLY
    page = f"/book/session/{link_token(booking.reference)}/move/"
    shown = client.get(page, {"day": NEXT_WEEK.isoformat()})
    assert shown.status_code == 200
    body = shown.content.decode()
    assert f'action="{page}"' in body
    assert "Tuesday, January 12, 5 free times" in body
    assert client.post(page).status_code == 400
    value = "2027-01-12T16:00Z~ada-sample"
    assert value in body
    done = client.post(page, {"opening": value}, follow=True)
    assert "Tuesday, January 12, 10:00 AM" in done.content.decode()
    refused = client.post(page, {"opening": "2027-01-12T03:00Z~ada-sample"})
    assert refused.status_code == 409
    assert "Your booking stands as it was" in refused.content.decode()
    assert client.get("/book/session/x/move/").status_code == 404
