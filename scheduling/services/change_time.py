"""Give a booked session another time: the part that moving it has in common, whoever does it."""

import datetime as dt
from collections.abc import Mapping
from copy import copy
from typing import NamedTuple

from locations.models import Room
from scheduling import domain
from scheduling.models import Booking, Hold, Resource, Therapist
from scheduling.services import claim_time
from scheduling.services.change_status import By, Override, lock_booking, record_change
from scheduling.services.follow_claims import follow_claims
from scheduling.services.tell_of_booking import tell_of_move


class Locked(NamedTuple):
    """A booking that is about to move, what it may take locked, and which holds had expired."""

    booking: Booking
    resources: Mapping[Room | Therapist, Resource]
    expired: list[Hold]


def lock_for_move(booking: Booking, *, now: dt.datetime) -> Locked:
    """Lock the booking with its therapist and all rooms of its office, without expired holds."""
    rooms = Room.objects.filter(office_id=booking.place_id)
    resources = claim_time.lock_resources(therapist=booking.therapist, rooms=rooms)
    expired = claim_time.delete_expired_holds(resources.values(), now=now)
    return Locked(lock_booking(booking.pk), resources, expired)


def change_time(
    locked: Locked,
    opening: domain.Opening,
    *,
    by: By,
    now: dt.datetime,
    override: Override | None = None,
) -> Booking:
    """Move the locked booking to `opening`, write down who did it and have people told.

    The policy that applies stays the one it was booked under, with its cut-off counted from the new
    time. Raises django.db.IntegrityError where the time is claimed already.
    """
    booking, resources, expired = locked
    rooms = {each.pk: each for each in resources if isinstance(each, Room)}
    before = copy(booking)
    booking.claims.all().delete()
    _give(booking, opening, rooms[opening.room] if opening.room else None)
    taken: list[Therapist | Room] = [booking.therapist, *([booking.room] if booking.room else [])]
    claim_time.write_claims(
        [resources[each] for each in taken],
        starts_at=booking.starts_at,
        ends_at=booking.ends_at + booking.service.buffer,
        booking=booking,
    )
    follow_claims([*expired, before, booking], now=now)
    record_change(
        booking, booking.state, by=by, now=now, moved_from=before.starts_at, override=override
    )
    tell_of_move(booking, now=now)
    return booking


def _give(booking: Booking, opening: domain.Opening, room: Room | None) -> None:
    notice = dt.timedelta(hours=booking.policy.notice_hours if booking.policy else 0)
    booking.starts_at, booking.ends_at, booking.room = opening.start, opening.end, room
    booking.cancel_until = domain.cutoff(opening.start, notice)
    booking.sequence += 1
    booking.save(update_fields=["starts_at", "ends_at", "room", "cancel_until", "sequence"])
