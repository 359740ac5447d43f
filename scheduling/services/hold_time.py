"""Keep a time for a client while the form is filled in."""

import datetime as dt
from collections.abc import Mapping
from typing import NamedTuple

from django.conf import settings
from django.db import IntegrityError, OperationalError, transaction

from cms.core.fields import blind_index
from locations.models import Room
from scheduling import domain
from scheduling.models import Hold, Resource, SchedulingSettings, Therapist
from scheduling.selectors.explanations import Reason, explain_start
from scheduling.selectors.holds import live_holds_of
from scheduling.selectors.openings import Wanted, find_opening, nearest_starts, starts_around
from scheduling.services import claim_time, tokens
from scheduling.services.errors import (
    ALTERNATIVES,
    NotLicensedError,
    TimeTakenError,
    TooManyHoldsError,
)
from scheduling.services.follow_claims import follow_claims


class Held(NamedTuple):
    """A new hold and the token that its client, and nobody else, has."""

    hold: Hold
    token: str


def client_index_of(network: str) -> str:
    """Return the digest under which holds from the client's `network` are counted; "" for none."""
    return blind_index(network, purpose="hold-network") if network else ""


def hold_time(
    wanted: Wanted, *, now: dt.datetime, token: str | None = None, client_index: str = ""
) -> Held:
    """Hold the time that `wanted` asks for, for the practice's number of minutes from `now`.

    `token` is that of an earlier hold which is gone: whoever has it goes on under it. Raises
    TimeTakenError, with up to three starts nearby that are free, where the rules or another
    client's claim refuse it; NotLicensedError, which is one of these, where the therapist has no
    license for where the client will be; and TooManyHoldsError where as many times are held
    already by `client_index`, a digest of where the request came from.
    """
    if client_index and live_holds_of(client_index, now=now) >= settings.HOLDS_PER_ADDRESS:
        raise TooManyHoldsError
    near = starts_around(wanted, now=now)
    if wanted.starts_at not in near:  # most who come too late need no lock to be told so
        _check_licence(wanted, now)
        raise TimeTakenError(wanted.nearest_of(near, ALTERNATIVES))
    try:
        with transaction.atomic():
            held = _hold(wanted, now, token or tokens.new_token(), client_index)
    except (IntegrityError, OperationalError):
        held = None
    if held is None:
        raise TimeTakenError(nearest_starts(wanted, ALTERNATIVES, now=now))
    return held


def _check_licence(wanted: Wanted, now: dt.datetime) -> None:
    """Raise NotLicensedError where the therapist has no license that day where the client will be.

    Most of those who come too late ask for a time that another client took: an explanation reads
    all facts anew, so it is asked for only where no license is valid.
    """
    jurisdiction = wanted.place.jurisdiction
    day = wanted.starts_at.astimezone(jurisdiction.zone).date()
    valid = wanted.therapist.valid_licences(day)
    if any(licence.jurisdiction_id == jurisdiction.pk for licence in valid):
        return
    told = explain_start(wanted, now=now)
    if told and told.code == Reason.NOT_LICENSED:
        raise NotLicensedError(told.message)


def _hold(wanted: Wanted, now: dt.datetime, token: str, client_index: str) -> Held | None:
    rooms = Room.objects.filter(office_id=wanted.place.pk)
    resources = claim_time.lock_resources(therapist=wanted.therapist, rooms=rooms)
    expired = claim_time.delete_expired_holds(resources.values(), now=now)
    opening = find_opening(wanted, now=now)
    if opening is None:
        return None
    hold = Hold(token_digest=tokens.digest(token), client_index=client_index)
    write_hold(hold, wanted, opening, resources, now=now)
    follow_claims([*expired, hold], now=now)
    return Held(hold, token)


def write_hold(
    hold: Hold,
    wanted: Wanted,
    opening: domain.Opening,
    resources: Mapping[Room | Therapist, Resource],
    *,
    now: dt.datetime,
) -> None:
    """Fill in and store `hold` for `wanted` at `opening`, with its claims on locked `resources`.

    Raises django.db.IntegrityError where the time is claimed already.
    """
    rooms = {each.pk: each for each in resources if isinstance(each, Room)}
    hold.therapist, hold.service, hold.place = wanted.therapist, wanted.service, wanted.place
    hold.starts_at, hold.ends_at = opening.start, opening.end
    hold.room = rooms[opening.room] if opening.room else None
    hold.created_at = now
    hold.expires_at = now + dt.timedelta(minutes=SchedulingSettings.load().hold_minutes)
    hold.save()
    taken: list[Therapist | Room] = [hold.therapist, *([hold.room] if hold.room else [])]
    claim_time.write_claims(
        [resources[each] for each in taken],
        starts_at=hold.starts_at,
        ends_at=hold.ends_at + wanted.service.buffer,
        hold=hold,
    )
