"""A booking changes in one way, and what happened to it stays written down."""

import datetime as dt

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, connection, transaction

from home.staff_groups import DESK
from scheduling.models import Booking, BookingChange, BookingMail, Claim, Opening
from scheduling.models.booking_changes import BookingChangeError
from scheduling.selectors.openings import Wanted
from scheduling.services.cancel_booking import cancel_booking
from scheduling.services.cancel_for_client import cancel_for_client
from scheduling.services.change_status import (
    CLIENT,
    PROGRAM,
    THERAPIST,
    change_status,
    lock_booking,
    staff,
)
from scheduling.services.confirm_booking import ClientDetails, confirm_booking
from scheduling.services.errors import ChangeRefusedError
from scheduling.services.hold_time import hold_time
from scheduling.services.move_booking import move_booking
from scheduling.services.record_outcome import complete_sessions, record_outcome
from scheduling.services.tokens import link_token
from tests.practice import at
from tests.staff import make_staff

CASEY = ClientDetails("Casey Sample", "casey@example.org", "+13125550123", "America/Chicago")
EARLY = at(9) - dt.timedelta(hours=30)
HOUR = dt.timedelta(hours=1)
ENDED = at(9, 50)
Status = Booking.Status


@pytest.fixture
def booking(open_practice):
    wanted = Wanted(open_practice.therapist, open_practice.service, open_practice.office, at(9))
    held = hold_time(wanted, now=EARLY)
    return confirm_booking(held.token, CASEY, idempotency_key="k", now=EARLY).booking


@pytest.fixture
def desk():
    return staff(make_staff(DESK, name="dana"))


def history(booking):
    return [(each.who, each.what, each.at) for each in booking.changes.all()]


def change(booking, to, by, now):
    with transaction.atomic():
        change_status(lock_booking(booking.pk), to, by=by, now=now)


def test_what_clients_do_is_written_down(booking):
    move_booking(link_token(booking.reference), at(10), now=EARLY)
    cancel_booking(link_token(booking.reference), now=EARLY + HOUR)
    assert history(booking) == [
        ("client", "booked", EARLY),
        ("client", "moved to another time", EARLY),
        ("client", "cancelled", EARLY + HOUR),
    ]
    assert [each.moved_from for each in booking.changes.all()] == [None, at(9), None]


def test_what_staff_do_is_written_down_with_their_name_and_reason(booking, desk):
    late = booking.cancel_until + HOUR
    cancel_for_client(
        booking.pk, asked_by_client=True, by=desk, now=late, reason="Called from Zzcanary"
    )
    made = booking.changes.last()
    assert (made.who, made.what, made.reason) == ("dana", "cancelled late", "Called from Zzcanary")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM scheduling_bookingchange")
        assert "Zzcanary" not in str(cursor.fetchall())
    User.objects.all().delete()
    assert booking.changes.last().who == "dana"


def test_a_refused_change_changes_nothing(booking):
    before = history(booking)
    for to, by in (
        (Status.CANCELLED, THERAPIST),
        (Status.COMPLETED, PROGRAM),
        (Status.DECLINED, THERAPIST),
        (Status.CONFIRMED, CLIENT),
    ):
        with pytest.raises(ChangeRefusedError, match="now: confirmed"):
            change(booking, to, by, EARLY)
    booking.refresh_from_db()
    assert (booking.status, booking.sequence, history(booking)) == (Status.CONFIRMED, 0, before)
    assert Claim.objects.filter(booking=booking).count() == 2


def test_what_is_over_frees_its_time_and_stays_over(booking, desk):
    change(booking, Status.CANCELLED, desk, EARLY)
    assert not Claim.objects.exists()
    assert Opening.objects.filter(starts_at=at(9)).exists()
    for to in Status:
        with pytest.raises(ChangeRefusedError):
            change(booking, to, desk, ENDED)


def test_a_session_took_place_unless_somebody_says_otherwise(booking):
    sent = BookingMail.objects.count()
    assert complete_sessions(now=ENDED + 23 * HOUR) == 0
    assert complete_sessions(now=ENDED + 24 * HOUR) == 1
    assert complete_sessions(now=ENDED + 25 * HOUR) == 0
    booking.refresh_from_db()
    assert booking.status == Status.COMPLETED
    assert history(booking)[-1] == ("program", "took place", ENDED + 24 * HOUR)
    assert Claim.objects.filter(booking=booking).exists()
    assert BookingMail.objects.count() == sent


def test_that_a_client_did_not_come_is_said_by_staff_and_can_be_corrected(booking, desk):
    with pytest.raises(ChangeRefusedError):
        record_outcome(booking.pk, took_place=False, by=desk, now=at(8, 59))
    assert record_outcome(booking.pk, took_place=False, by=desk, now=at(9, 20))
    assert not record_outcome(booking.pk, took_place=False, by=desk, now=at(9, 21))
    assert complete_sessions(now=ENDED + 48 * HOUR) == 0
    assert record_outcome(booking.pk, took_place=True, by=desk, now=ENDED)
    assert record_outcome(booking.pk, took_place=False, by=desk, now=ENDED)
    assert [what for _, what, _ in history(booking)] == [
        "booked",
        "client did not come",
        "took place",
        "client did not come",
    ]


def test_the_history_can_be_added_to_and_goes_with_its_booking_alone(booking):
    row = booking.changes.get()
    with pytest.raises(BookingChangeError):
        row.save()
    with pytest.raises(DatabaseError, match="history"), transaction.atomic():
        BookingChange.objects.update(by="staff")
    booking.delete()
    assert not BookingChange.objects.exists()
