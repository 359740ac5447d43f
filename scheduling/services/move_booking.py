"""Move a booked session to another time with the same therapist, at the same place."""

import datetime as dt
from copy import copy

from django.db import IntegrityError, OperationalError, transaction

from locations.models import Room
from scheduling import domain
from scheduling.models import Booking, Therapist
from scheduling.selectors.freshness import freshness_of
from scheduling.selectors.openings import Wanted, nearest_starts, opening_without
from scheduling.services import claim_time
from scheduling.services.cancel_booking import find_by_link
from scheduling.services.change_status import CLIENT, lock_booking, record_change
from scheduling.services.errors import (
    ALTERNATIVES,
    BookingClosedError,
    CalendarUncertainError,
    MoveTooLateError,
    TimeTakenError,
)
from scheduling.services.follow_claims import follow_claims
from scheduling.services.refresh_feeds import refresh_feeds
from scheduling.services.tell_of_booking import tell_of_move

REFRESH_SECONDS = 3


def move_booking(token: str, starts_at: dt.datetime, *, now: dt.datetime) -> Booking:
    """Move the booking of a private link to `starts_at` (UTC) and return it.

    The policy that the client accepted stays the one that applies, with its cut-off counted from
    the new time. Moving to the time it has changes nothing. Raises LinkUnknownError,
    BookingClosedError, MoveTooLateError after the cut-off, TimeTakenError with alternatives, and
    CalendarUncertainError.
    """
    booking = find_by_link(token)
    refreshed = freshness_of(
        booking.therapist_id, now=now
    ) is domain.Freshness.BOOK or refresh_feeds(
        booking.therapist_id, now=now, seconds=REFRESH_SECONDS
    )
    try:
        with transaction.atomic():
            moved = _move(booking, starts_at, now, refreshed=refreshed)
    except (IntegrityError, OperationalError):
        moved = None
    if moved is None:
        wanted = Wanted(booking.therapist, booking.service, booking.place, starts_at)
        raise TimeTakenError(nearest_starts(wanted, ALTERNATIVES, now=now))
    return moved


def _move(
    booking: Booking, starts_at: dt.datetime, now: dt.datetime, *, refreshed: bool
) -> Booking | None:
    rooms = {room.pk: room for room in Room.objects.filter(office_id=booking.place_id)}
    resources = claim_time.lock_resources(therapist=booking.therapist, rooms=rooms.values())
    expired = claim_time.delete_expired_holds(resources.values(), now=now)
    booking = lock_booking(booking.pk)
    _check_may_move(booking, now)
    if booking.starts_at == starts_at:
        return booking
    claim_time.lock_calendars(booking.therapist_id)
    grade = freshness_of(booking.therapist_id, now=now)
    if domain.how_to_get(grade, refreshed=refreshed) is not domain.How.BOOK:
        raise CalendarUncertainError
    opening = opening_without(booking, starts_at, now=now, asked_at=now)
    if opening is None:
        return None
    before = copy(booking)
    booking.claims.all().delete()
    _give(booking, opening, rooms.get(opening.room) if opening.room else None)
    taken: list[Therapist | Room] = [booking.therapist, *([booking.room] if booking.room else [])]
    claim_time.write_claims(
        [resources[each] for each in taken],
        starts_at=booking.starts_at,
        ends_at=booking.ends_at + booking.service.buffer,
        booking=booking,
    )
    follow_claims([*expired, before, booking], now=now)
    record_change(booking, booking.state, by=CLIENT, now=now, moved_from=before.starts_at)
    tell_of_move(booking, now=now)
    return booking


def _check_may_move(booking: Booking, now: dt.datetime) -> None:
    if booking.status != Booking.Status.CONFIRMED:
        raise BookingClosedError
    if now > booking.cancel_until:
        raise MoveTooLateError


def _give(booking: Booking, opening: domain.Opening, room: Room | None) -> None:
    notice = dt.timedelta(hours=booking.policy.notice_hours if booking.policy else 0)
    booking.starts_at, booking.ends_at, booking.room = opening.start, opening.end, room
    booking.cancel_until = domain.cutoff(opening.start, notice)
    booking.sequence += 1
    booking.save(update_fields=["starts_at", "ends_at", "room", "cancel_until", "sequence"])
