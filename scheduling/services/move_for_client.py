"""Move a booked session for a client, also after the client could do it alone."""

import datetime as dt

from django.contrib.auth.models import User
from django.db import IntegrityError, OperationalError, transaction

from scheduling import domain
from scheduling.models import Booking
from scheduling.selectors.freshness import freshness_of
from scheduling.selectors.objections import judge_for_staff
from scheduling.selectors.openings import Wanted, nearest_starts
from scheduling.services import claim_time
from scheduling.services.book_for_client import what_is_overridden
from scheduling.services.change_status import Override, staff
from scheduling.services.change_time import change_time, lock_for_move
from scheduling.services.errors import ALTERNATIVES, BookingClosedError, TimeTakenError
from scheduling.services.keep_overridden import keep_overridden
from scheduling.services.refresh_feeds import refresh_feeds

REFRESH_SECONDS = 3


def move_for_client(
    booking: Booking,
    starts_at: dt.datetime,
    *,
    user: User,
    now: dt.datetime,
    override: Override | None = None,
) -> Booking:
    """Move `booking` to `starts_at` (UTC), with the same therapist at the same place; return it.

    The client's cut-off does not bind staff; the rules about times do, but for those that
    `override` names, with a reason that is kept. Moving to the time it has changes nothing. Raises
    BookingClosedError, ObjectionsError, and TimeTakenError, with starts nearby that are free, where
    another booking was faster.
    """
    if freshness_of(booking.therapist_id, now=now) is not domain.Freshness.BOOK:
        refresh_feeds(booking.therapist_id, now=now, seconds=REFRESH_SECONDS)
    try:
        with transaction.atomic():
            return _move(booking, starts_at, user, now, override)
    except (IntegrityError, OperationalError):
        wanted = Wanted(booking.therapist, booking.service, booking.place, starts_at)
        raise TimeTakenError(nearest_starts(wanted, ALTERNATIVES, now=now)) from None


def _move(
    booking: Booking,
    starts_at: dt.datetime,
    user: User,
    now: dt.datetime,
    override: Override | None,
) -> Booking:
    locked = lock_for_move(booking, now=now)
    booking = locked.booking
    if booking.status != Booking.Status.CONFIRMED:
        raise BookingClosedError
    if booking.starts_at == starts_at:
        return booking
    claim_time.lock_calendars(booking.therapist_id)
    wanted = Wanted(booking.therapist, booking.service, booking.place, starts_at)
    judgement = judge_for_staff(wanted, now=now, without=booking)
    used = what_is_overridden(judgement, override)
    assert judgement.opening is not None  # noqa: S101  # what_is_overridden has refused it
    moved = change_time(locked, judgement.opening, by=staff(user), now=now, override=used)
    keep_overridden(moved, used, user=user, now=now)
    return moved
