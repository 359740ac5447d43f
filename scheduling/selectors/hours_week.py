"""A week of a therapist by place: the hours, and what clients could book from them."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from locations.models import Office
from scheduling import domain
from scheduling.models import Therapist, WorkingHours
from scheduling.selectors.facts import facts_for
from scheduling.selectors.feed_week import DAYS, whole

ONLINE = "online"


class PlaceWeek(NamedTuple):
    """A place, in words ("at South Loop", "online"): when the therapist is there, what is free.

    Online is one place, wherever the client may be.
    """

    where: str
    open: tuple[domain.Interval, ...]
    free: tuple[domain.Interval, ...]


class HoursWeek(NamedTuple):
    """Local days of a therapist: what is taken anywhere, and each place with something on it."""

    days: tuple[dt.date, ...]
    taken: tuple[domain.Interval, ...]
    places: tuple[PlaceWeek, ...]


def hours_week(
    therapist: Therapist,
    *,
    first: dt.date,
    now: dt.datetime,
    hours: Collection[WorkingHours] | None = None,
) -> HoursWeek:
    """Return the seven local days from `first` on, as they are at the instant `now`.

    `hours` are weekly hours that need not be stored; without them those that are count. All else is
    as it is stored. What is free is computed by the function that decides about every booking, as
    if the therapist took new clients.
    """
    days = tuple(first + dt.timedelta(days=offset) for offset in range(DAYS))
    facts = facts_for(therapist, now=now, first=days[0], last=days[-1], hours=hours)
    week = whole(days, therapist)
    found = domain.openings_between(therapist.pk, days[0], days[-1], facts)
    opened = list(domain.opened_on(facts, days))
    claimed = domain.busy_spans(claim.interval for claim in facts.claims)
    places = []
    for where, keys in _places(facts):
        spans = [span for at, span in opened if not keys.isdisjoint(at)]
        free = (domain.Interval(each.start, each.end) for each in found if each.place in keys)
        places.append(PlaceWeek(where, _clipped(spans, week), domain.merge(free)))
    return HoursWeek(
        days,
        _clipped([*facts.time_off, *facts.busy, *claimed], week),
        tuple(place for place in places if place.open),
    )


def _places(facts: domain.Facts) -> Iterable[tuple[str, frozenset[domain.Key]]]:
    """Give each office in words, and all places online as one."""
    for key, name in Office.objects.order_by("position", "name").values_list("pk", "name"):
        yield f"at {name}", frozenset({key})
    yield ONLINE, frozenset(key for key, place in facts.places.items() if place.is_online)


def _clipped(spans: Sequence[domain.Span], week: domain.Interval) -> tuple[domain.Interval, ...]:
    intervals = (
        domain.Interval(domain.instant(start), domain.instant(end))
        for start, end in spans
        if start < end
    )
    return domain.clip(domain.merge(intervals), week)
