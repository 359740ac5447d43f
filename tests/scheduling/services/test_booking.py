"""From a hold to a booking and back, with the rules recomputed at each step."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction

from scheduling.models import (
    Booking,
    BusyTime,
    CalendarFeed,
    Claim,
    ClaimedCell,
    Hold,
    Resource,
)
from scheduling.selectors.openings import Wanted
from scheduling.services.cancel_booking import cancel_booking
from scheduling.services.claim_time import write_claims
from scheduling.services.confirm_booking import ClientDetails, confirm_booking
from scheduling.services.errors import (
    CancelTooLateError,
    HoldExpiredError,
    LateError,
    LinkUnknownError,
    TimeTakenError,
)
from scheduling.services.hold_time import hold_time
from scheduling.services.release_hold import release_hold
from scheduling.services.tokens import link_token
from tests.practice import NOW, at, make_practice

pytestmark = pytest.mark.django_db
CLIENT = ClientDetails("Casey Sample", "casey@example.org", "+13125550123", "America/Chicago")
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def practice():
    return make_practice()


@pytest.fixture
def wanted(practice):
    return Wanted(practice.therapist, practice.service, practice.office, at(9))


def book(wanted, key="k1"):
    return confirm_booking(
        hold_time(wanted, now=NOW).token, CLIENT, idempotency_key=key, now=NOW + MINUTE
    )


def test_a_hold_claims_the_therapist_and_the_room_with_the_buffer(practice, wanted):
    hold = hold_time(wanted, now=NOW).hold
    assert hold.room == practice.room
    assert hold.expires_at == NOW + 10 * MINUTE
    claims = Claim.objects.filter(hold=hold)
    assert {(c.starts_at, c.ends_at) for c in claims} == {(at(9), at(10))}
    assert {str(claim.resource) for claim in claims} == {"Ada Sample", "South Loop: Room 1"}
    assert ClaimedCell.objects.count() == 2 * 12


def test_a_held_time_is_refused_to_others_with_what_is_free_nearby(wanted):
    hold_time(wanted, now=NOW)
    with pytest.raises(TimeTakenError) as refusal:
        hold_time(wanted, now=NOW + MINUTE)
    assert refusal.value.alternatives == (at(10), at(10, 30), at(11))


def test_an_expired_hold_is_gone_when_the_next_client_asks(wanted):
    first = hold_time(wanted, now=NOW)
    second = hold_time(wanted, now=NOW + 11 * MINUTE)
    assert list(Hold.objects.all()) == [second.hold]
    with pytest.raises(HoldExpiredError):
        confirm_booking(first.token, CLIENT, idempotency_key="k", now=NOW + 12 * MINUTE)


def test_a_time_that_is_no_opening_can_not_be_held(practice, wanted):
    with pytest.raises(TimeTakenError):
        hold_time(wanted._replace(starts_at=at(8)), now=NOW)
    practice.therapist.licences.all().delete()
    with pytest.raises(TimeTakenError):
        hold_time(wanted, now=NOW)


def test_confirming_books_and_keeps_the_policy_with_its_cut_off(practice, wanted):
    booking = book(wanted).booking
    assert booking.policy.version == 1
    assert booking.cancel_until == at(9) - dt.timedelta(hours=24)
    assert not Hold.objects.exists()
    assert Claim.objects.filter(booking=booking).count() == 2


def test_the_same_confirmation_twice_is_one_booking(wanted):
    held = hold_time(wanted, now=NOW)
    first = confirm_booking(held.token, CLIENT, idempotency_key="k", now=NOW)
    again = confirm_booking(held.token, CLIENT, idempotency_key="k", now=NOW + 60 * MINUTE)
    assert (first.is_new, again.is_new) == (True, False)
    assert again.booking == first.booking
    with pytest.raises(HoldExpiredError):
        confirm_booking(held.token, CLIENT, idempotency_key="another", now=NOW)


def test_client_details_are_stored_encrypted(wanted):
    booking = book(wanted).booking
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM scheduling_booking")
        stored = " ".join(str(value) for value in cursor.fetchone())
    for secret in (CLIENT.name, CLIENT.email, CLIENT.phone):
        assert secret not in stored
    assert Booking.objects.get(pk=booking.pk).client_name == CLIENT.name


def test_cancelling_frees_the_time_once(wanted):
    token = link_token(book(wanted).booking.reference)
    booking, changed = cancel_booking(token, now=NOW - 120 * MINUTE * 24)
    assert (booking.status, changed) == (Booking.Status.CANCELLED, True)
    assert cancel_booking(token, now=NOW) == (booking, False)
    assert not Claim.objects.exists()
    assert hold_time(wanted, now=NOW).hold.starts_at == at(9)


def test_after_the_cut_off_it_is_cancelled_late_and_only_knowingly(wanted):
    booking = book(wanted).booking
    token, late = link_token(booking.reference), booking.cancel_until + MINUTE
    with pytest.raises(LateError):
        cancel_booking(token, now=late)
    assert Booking.objects.get().status == Booking.Status.CONFIRMED
    booking, changed = cancel_booking(token, now=late, accepts_late=True)
    assert (booking.status, changed) == (Booking.Status.LATE_CANCELLED, True)
    assert not Claim.objects.exists()


def test_who_accepts_lateness_in_time_is_not_late(wanted):
    booking = book(wanted).booking
    token = link_token(booking.reference)
    booking, _ = cancel_booking(token, now=booking.cancel_until, accepts_late=True)
    assert booking.status == Booking.Status.CANCELLED


def test_what_has_begun_is_not_cancelled(wanted):
    booking = book(wanted).booking
    with pytest.raises(CancelTooLateError):
        cancel_booking(link_token(booking.reference), now=at(9), accepts_late=True)
    assert Booking.objects.get().status == Booking.Status.CONFIRMED


def test_an_altered_link_cancels_nothing(wanted):
    token = link_token(book(wanted).booking.reference)
    for altered in (token + "x", "A" + token, token.split(".")[0], ""):
        with pytest.raises(LinkUnknownError):
            cancel_booking(altered, now=NOW)
    assert Booking.objects.get().status == Booking.Status.CONFIRMED


def test_a_released_hold_frees_its_time(wanted):
    held = hold_time(wanted, now=NOW)
    assert release_hold(held.token, now=NOW)
    assert not release_hold(held.token, now=NOW)
    assert not Claim.objects.exists()


def test_a_calendar_read_during_the_hold_can_still_refuse(practice, wanted):
    held = hold_time(wanted, now=NOW)
    feed = CalendarFeed.objects.create(
        therapist=practice.therapist,
        name="Sample",
        address="https://example.org/calendar.ics",
        succeeded_at=NOW,
        covered_until=NOW + dt.timedelta(days=90),
    )
    BusyTime.objects.create(feed=feed, generation=1, starts_at=at(9), ends_at=at(10))
    with pytest.raises(TimeTakenError) as refusal:
        confirm_booking(held.token, CLIENT, idempotency_key="k", now=NOW + MINUTE)
    assert refusal.value.alternatives == (at(10), at(10, 30), at(11))
    assert not Booking.objects.exists()


def test_the_notice_is_kept_by_the_hold(practice, wanted):
    """A client who held the time soon enough isn't refused for filling in the form."""
    last_moment = at(9) - dt.timedelta(hours=12)
    token = hold_time(wanted, now=last_moment).token
    later = last_moment + 5 * MINUTE
    assert confirm_booking(token, CLIENT, idempotency_key="k", now=later).is_new


def test_the_database_refuses_an_overlap_of_code_that_forgot_to_ask(practice, wanted):
    booking = book(wanted).booking
    resource = Resource.objects.get(therapist=practice.therapist)
    with pytest.raises(IntegrityError), transaction.atomic():
        write_claims([resource], starts_at=at(9, 55), ends_at=at(10, 30), booking=booking)
