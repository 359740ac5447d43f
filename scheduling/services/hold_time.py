"""Keep a time for a client while the form is filled in."""

import datetime as dt
from typing import NamedTuple

from django.db import IntegrityError, OperationalError, transaction

from locations.models import Room
from scheduling import domain
from scheduling.models import Hold, SchedulingSettings, Therapist
from scheduling.selectors.openings import Wanted, find_opening, nearest_starts
from scheduling.services import claim_time, tokens
from scheduling.services.errors import ALTERNATIVES, TimeTakenError
from scheduling.services.follow_claims import follow_claims


class Held(NamedTuple):
    """A new hold and the token that its client, and nobody else, has."""

    hold: Hold
    token: str


def hold_time(wanted: Wanted, *, now: dt.datetime) -> Held:
    """Hold the time that `wanted` asks for, for the practice's number of minutes from `now`.

    Raises TimeTakenError, with up to three starts nearby that are free, where the rules or another
    client's claim refuse it.
    """
    try:
        with transaction.atomic():
            held = _hold(wanted, now)
    except (IntegrityError, OperationalError):
        held = None
    if held is None:
        raise TimeTakenError(nearest_starts(wanted, ALTERNATIVES, now=now))
    return held


def _hold(wanted: Wanted, now: dt.datetime) -> Held | None:
    rooms = {room.pk: room for room in Room.objects.filter(office_id=wanted.place.pk)}
    resources = claim_time.lock_resources(therapist=wanted.therapist, rooms=rooms.values())
    expired = claim_time.delete_expired_holds(resources.values(), now=now)
    opening = find_opening(wanted, now=now)
    if opening is None:
        return None
    token = tokens.new_token()
    hold = _create(
        wanted,
        opening,
        rooms.get(opening.room) if opening.room else None,
        tokens.digest(token),
        now,
    )
    taken: list[Therapist | Room] = [hold.therapist, *([hold.room] if hold.room else [])]
    claim_time.write_claims(
        [resources[each] for each in taken],
        starts_at=hold.starts_at,
        ends_at=hold.ends_at + wanted.service.buffer,
        hold=hold,
    )
    follow_claims([*expired, hold], now=now)
    return Held(hold, token)


def _create(
    wanted: Wanted, opening: domain.Opening, room: Room | None, digest: str, now: dt.datetime
) -> Hold:
    return Hold.objects.create(
        therapist=wanted.therapist,
        service=wanted.service,
        place=wanted.place,
        room=room,
        starts_at=opening.start,
        ends_at=opening.end,
        token_digest=digest,
        created_at=now,
        expires_at=now + dt.timedelta(minutes=SchedulingSettings.load().hold_minutes),
    )
