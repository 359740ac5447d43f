"""Keeping the read model equal to what the rules say."""

import datetime as dt
from collections.abc import Collection
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import QuerySet

from locations.models import Place
from scheduling import domain
from scheduling.models import Opening, SchedulingSettings, Therapist
from scheduling.selectors.openings import compute_openings
from scheduling.services.count_openings import (
    Counted,
    Kind,
    count_openings,
    recount,
    stored_counts,
    write_counts,
)


class Difference(NamedTuple):
    """How many openings were missing from the read model, and how many it had too many.

    Rows that have merely come too near to be booked are not counted: search leaves them out by
    itself, and the next rebuild clears them away. Where the openings are right and their counts per
    month are not, each wrong count is one that was missing.
    """

    added: int
    removed: int


class Days(NamedTuple):
    """Local days of a therapist, the last one included."""

    first: dt.date
    last: dt.date


# All that a row says besides its therapist, so that a longer session is a difference too.
Key = tuple[dt.datetime, int, int, dt.datetime, dt.date, int, int]
FIELDS = (
    "starts_at", "service_id", "place_id", "ends_at", "local_date", "weekday", "day_part"
)  # fmt: skip


def rebuild_openings(
    therapist_id: int, *, now: dt.datetime, days: Days | None = None, check: bool = False
) -> Difference:
    """Make the therapist's rows equal to what the rules give at the instant `now`.

    `days` limits it to the local days that a change can have touched; without it all days up to the
    horizon are looked at and rows outside them removed. Only rows that differ are written. With
    `check` nothing is written and the difference returned is what would have been.
    """
    with transaction.atomic():
        therapist = Therapist.objects.select_for_update(no_key=True).filter(pk=therapist_id).first()
        if therapist is None:
            return Difference(0, 0)
        wanted = _openings(therapist, now, days)
        rows = _stored(therapist, days).values_list("pk", *FIELDS)
        stored = {tuple(said): key for key, *said in rows}
        missing = wanted - stored.keys()
        surplus = stored.keys() - wanted
        miscounted = _miscounted(therapist, wanted) if days is None else set()
        if not check:
            _write(therapist, missing, [stored[said] for said in surplus])
            if days is not None:
                recount(therapist, (said[4] for said in missing | surplus))
            elif miscounted:
                write_counts(therapist, count_openings(map(_counted, wanted)))
        soonest = now + dt.timedelta(hours=SchedulingSettings.load().notice_hours)
        too_many = sum(said[0] >= soonest for said in surplus)
        return Difference(len(missing) or (0 if surplus else len(miscounted)), too_many)


def _write(therapist: Therapist, missing: Collection[Key], surplus: Collection[int]) -> None:
    if surplus:
        Opening.objects.filter(pk__in=surplus).delete()
    Opening.objects.bulk_create(
        Opening(therapist=therapist, **dict(zip(FIELDS, said, strict=True)))
        for said in sorted(missing)
    )


def _miscounted(therapist: Therapist, wanted: Collection[Key]) -> set[Kind]:
    """Return which rows of `MonthOfOpenings` say something else than the openings `wanted`."""
    true = count_openings(map(_counted, wanted))
    said = {kind: counts for kind, (_, counts) in stored_counts(therapist).items()}
    return {kind for kind in true.keys() | said if true.get(kind) != said.get(kind)}


def _counted(said: Key) -> Counted:
    return said[1], said[2], said[4], said[6]


def _stored(therapist: Therapist, days: Days | None) -> QuerySet[Opening]:
    rows = Opening.objects.filter(therapist=therapist)
    if days is None:
        return rows
    return rows.filter(
        starts_at__gte=domain.local_day(days.first, therapist.zone).start,
        starts_at__lt=domain.local_day(days.last, therapist.zone).end,
    )


def _openings(therapist: Therapist, now: dt.datetime, days: Days | None) -> set[Key]:
    """Compute the therapist's openings of `days`, or of all days from now to the horizon."""
    today = now.astimezone(therapist.zone).date()
    horizon = today + dt.timedelta(days=SchedulingSettings.load().horizon_days)
    first, last = (today, horizon) if days is None else days
    found = compute_openings(therapist, first=max(first, today), last=min(last, horizon), now=now)
    zones = _zones()
    return {_said(opening, zones[opening.place]) for opening in found}


def _said(opening: domain.Opening, zone: ZoneInfo) -> Key:
    local = opening.start.astimezone(zone)
    date, part = local.date(), Opening.part_at(local).value
    place, service = opening.place, opening.service
    return opening.start, service, place, opening.end, date, date.weekday(), part


def _zones() -> dict[int, ZoneInfo]:
    """Return the zone in which clients read times, by the primary key of the place."""
    zones = Place.objects.values_list("pk", "jurisdiction__time_zone")
    return {place: ZoneInfo(name) for place, name in zones}
