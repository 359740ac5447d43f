"""Keep all the dates of a series for a client while the form is filled in."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from django.conf import settings
from django.db import IntegrityError, OperationalError, transaction

from locations.models import Room
from scheduling import domain
from scheduling.models import Hold, Resource, SchedulingSettings, Therapist
from scheduling.selectors.freshness import how_now
from scheduling.selectors.holds import live_holds_of
from scheduling.selectors.openings import Wanted
from scheduling.selectors.series import openings_at
from scheduling.services import claim_time, tokens
from scheduling.services.errors import DatesTakenError, TooManyHoldsError
from scheduling.services.follow_claims import follow_claims
from scheduling.services.hold_time import write_hold

Resources = Mapping[Room | Therapist, Resource]


def hold_series(
    token: str,
    wanted: Wanted,
    starts: Iterable[dt.datetime],
    *,
    now: dt.datetime,
    client_index: str = "",
) -> list[Hold]:
    """Hold a session as `wanted` at each of `starts`, in place of what is held under `token`.

    All of them or none. Of a local day, and of more than the practice books in a row, only the
    first are taken. Raises DatesTakenError with those that can't be had, and TooManyHoldsError
    where with them too many would be held by `client_index`; what was held stays held then.
    """
    dates = dates_of_series(wanted, starts)
    if client_index:
        own = (
            claim_time.own_holds(tokens.digest(token))
            .filter(client_index=client_index, expires_at__gt=now)
            .count()
        )
        if live_holds_of(client_index, now=now) - own + len(dates) > settings.HOLDS_PER_ADDRESS:
            raise TooManyHoldsError
    try:
        with transaction.atomic():
            return _hold(token, wanted, dates, now, client_index)
    except (IntegrityError, OperationalError):
        raise DatesTakenError(dates) from None


def dates_of_series(wanted: Wanted, starts: Iterable[dt.datetime]) -> tuple[dt.datetime, ...]:
    """Return those of `starts` that one series can have: one a day, and no more than is allowed."""
    limit = SchedulingSettings.load().series_limit
    return domain.one_a_day(starts, wanted.therapist.zone)[:limit]


def lock_for_series(wanted: Wanted) -> Resources:
    """Lock the therapist and every room that a date may need, in the order of their ids."""
    rooms = Room.objects.filter(office_id=wanted.place.pk)
    return claim_time.lock_resources(therapist=wanted.therapist, rooms=rooms)


def write_holds(
    openings: Iterable[domain.Opening],
    token: str,
    wanted: Wanted,
    resources: Resources,
    *,
    now: dt.datetime,
    client_index: str = "",
) -> list[Hold]:
    """Write a hold for each opening, all known by `token`. Raises django.db.IntegrityError.

    The one at the time that the client chose first has the token itself, so that they can still
    book it alone.
    """
    holds = []
    for opening in openings:
        alone = opening.start == wanted.starts_at
        hold = Hold(
            token_digest=tokens.digest(token if alone else tokens.new_token()),
            series_digest=tokens.digest(token),
            client_index=client_index,
        )
        write_hold(hold, wanted, opening, resources, now=now)
        holds.append(hold)
    return holds


def _hold(
    token: str,
    wanted: Wanted,
    dates: Sequence[dt.datetime],
    now: dt.datetime,
    client_index: str,
) -> list[Hold]:
    resources = lock_for_series(wanted)
    gone = claim_time.delete_expired_holds(resources.values(), now=now)
    own = list(claim_time.own_holds(tokens.digest(token)))
    asked_at = min([hold.created_at for hold in own], default=now)
    found = openings_at(wanted, dates, now=now, asked_at=asked_at, own=own)
    lost = [start for start in dates if start not in found]
    if how_now(wanted.therapist.pk, now=now) is not domain.How.BOOK:  # several are not asked for
        lost = list(dates)
    if lost or not dates:
        raise DatesTakenError(lost)
    Hold.objects.filter(pk__in=[hold.pk for hold in own]).delete()
    holds = write_holds(
        [found[start] for start in dates],
        token,
        wanted,
        resources,
        now=now,
        client_index=client_index,
    )
    follow_claims([*gone, *own, *holds], now=now)
    return holds
