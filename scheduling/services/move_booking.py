"""Move a booked session to another time with the same therapist, at the same place."""

import datetime as dt

from django.db import IntegrityError, OperationalError, transaction

from scheduling import domain
from scheduling.models import Booking
from scheduling.selectors.freshness import freshness_of
from scheduling.selectors.openings import Wanted, nearest_starts, opening_without
from scheduling.services import claim_time
from scheduling.services.cancel_booking import find_by_link
from scheduling.services.change_status import CLIENT
from scheduling.services.change_time import change_time, lock_for_move
from scheduling.services.errors import (
    ALTERNATIVES,
    BookingClosedError,
    CalendarUncertainError,
    LateError,
    MoveTooLateError,
    TimeTakenError,
)
from scheduling.services.refresh_feeds import refresh_feeds

REFRESH_SECONDS = 3


def move_booking(
    token: str, starts_at: dt.datetime, *, now: dt.datetime, accepts_late: bool = False
) -> Booking:
    """Move the booking of a private link to `starts_at` (UTC) and return it.

    The policy that the client accepted stays the one that applies, with its cut-off counted from
    the new time. Moving to the time it has changes nothing. After the cut-off it is moved only if
    the client `accepts_late`, having read what that costs. Raises LinkUnknownError,
    BookingClosedError, LateError where that was not accepted, MoveTooLateError once the session
    has begun, TimeTakenError with alternatives, and CalendarUncertainError.
    """
    booking = find_by_link(token)
    refreshed = freshness_of(
        booking.therapist_id, now=now
    ) is domain.Freshness.BOOK or refresh_feeds(
        booking.therapist_id, now=now, seconds=REFRESH_SECONDS
    )
    try:
        with transaction.atomic():
            moved = _move(booking, starts_at, now, refreshed=refreshed, accepts_late=accepts_late)
    except (IntegrityError, OperationalError):
        moved = None
    if moved is None:
        wanted = Wanted(booking.therapist, booking.service, booking.place, starts_at)
        raise TimeTakenError(nearest_starts(wanted, ALTERNATIVES, now=now))
    return moved


def _move(
    booking: Booking,
    starts_at: dt.datetime,
    now: dt.datetime,
    *,
    refreshed: bool,
    accepts_late: bool,
) -> Booking | None:
    locked = lock_for_move(booking, now=now)
    booking = locked.booking
    _check_may_move(booking, now, accepts_late=accepts_late)
    if booking.starts_at == starts_at:
        return booking
    claim_time.lock_calendars(booking.therapist_id)
    grade = freshness_of(booking.therapist_id, now=now)
    if domain.how_to_get(grade, refreshed=refreshed) is not domain.How.BOOK:
        raise CalendarUncertainError
    opening = opening_without(booking, starts_at, now=now, asked_at=now)
    return change_time(locked, opening, by=CLIENT, now=now) if opening else None


def _check_may_move(booking: Booking, now: dt.datetime, *, accepts_late: bool) -> None:
    if booking.status != Booking.Status.CONFIRMED:
        raise BookingClosedError
    if now >= booking.starts_at:
        raise MoveTooLateError
    if now > booking.cancel_until and not accepts_late:
        raise LateError
