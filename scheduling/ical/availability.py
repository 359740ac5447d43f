"""VAVAILABILITY (RFC 7953): within its range, only the AVAILABLE parts are free."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from scheduling.domain.cells import merge_spans

from .calendars import Calendar, Doubt
from .lengths import Length
from .properties import Property
from .span import Span, Window
from .values import parse_duration

__all__ = ["Availability", "opened_by", "read_availability", "taken_by"]

Pairs = tuple[tuple[int, int], ...]
_LOWEST = 10


class Availability(NamedTuple):
    """The range of a VAVAILABILITY, its rank (1 before 9, 0 last of all) and its free parts.

    `by_place` are the same parts by the place that each names.
    """

    range: tuple[int, int]
    rank: int
    free: Pairs
    by_place: dict[str | None, Pairs]


def read_availability(
    properties: Iterable[Property],
    free: Callable[[], Iterable[Span]],
    calendar: Calendar,
    window: Window,
    doubt: Doubt,
) -> Availability:
    """Read a VAVAILABILITY. `free` gives its AVAILABLE parts in the window, in UTC seconds.

    A range that cannot be read is as wide as the window: the safe reading takes more time.
    """
    single: dict[str, Property] = {}
    for each in properties:
        single.setdefault(each.name, each)
    try:
        first, last = _range(single, calendar, window)
    except ValueError:
        doubt("bad_availability", "When working hours hold could not be read.", "DTSTART")
        first, last = window
    first, last = max(first, window.start), min(last, window.end)
    rank = single["PRIORITY"].value if "PRIORITY" in single else ""
    inside: dict[str | None, list[tuple[int, int]]] = {}
    for span in free():
        part = max(span.start, first), min(span.end, last)
        inside.setdefault(span.place, []).append(part)
    return Availability(
        (first, last),
        int(rank) if rank in set("123456789") else _LOWEST,
        merge_spans(part for parts in inside.values() for part in parts),
        {place: merge_spans(parts) for place, parts in inside.items()},
    )


def _range(single: dict[str, Property], calendar: Calendar, window: Window) -> tuple[int, int]:
    first, last = window
    if "DTSTART" in single:
        start = calendar.moment(single["DTSTART"])
        first = start.utc
        if "DURATION" in single:
            last = Length(*parse_duration(single["DURATION"].value)).end(start)
    if "DTEND" in single:
        last = calendar.moment(single["DTEND"]).utc
    return first, last


def opened_by(availability: Availability) -> Iterator[Span]:
    """Give the free parts, each at the place that it names."""
    for place, parts in availability.by_place.items():
        for start, end in parts:
            yield Span(start, end, place)


def taken_by(availabilities: Iterable[Availability]) -> Pairs:
    """Return the time that is not available, merged.

    Where ranges overlap the higher rank decides (RFC 7953, section 5); of equal ones, time that
    any of them keeps is taken.
    """
    by_rank: dict[int, list[Availability]] = {}
    for each in availabilities:
        by_rank.setdefault(each.rank, []).append(each)
    taken: Pairs = ()
    for rank in sorted(by_rank, reverse=True):
        ranges = merge_spans(each.range for each in by_rank[rank])
        kept = (part for each in by_rank[rank] for part in without((each.range,), each.free))
        taken = merge_spans([*without(taken, ranges), *kept])
    return taken


def without(spans: Iterable[tuple[int, int]], holes: Pairs) -> Iterator[tuple[int, int]]:
    """Give what is left of sorted spans outside of sorted, disjoint holes."""
    for first, last in spans:
        start = first
        for hole_start, hole_end in holes:
            if hole_end <= start:
                continue
            if hole_start >= last:
                break
            if hole_start > start:
                yield start, hole_start
            start = max(start, hole_end)
        if start < last:
            yield start, last
