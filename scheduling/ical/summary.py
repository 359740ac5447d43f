"""What all components of a body come to, in UTC seconds: times merged, warnings in order."""

import datetime as dt
from array import array
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from scheduling.domain.cells import instant, merge_spans

from .blocks import Block
from .body import Body
from .errors import ReadingWarning
from .groups import uid_of
from .outcome import Outcome, rows_of, warnings_from
from .packing import merged
from .span import Span, Window

__all__ = ["Interval", "Summary", "intervals", "summarize"]

Interval = tuple[dt.datetime, dt.datetime]
Pairs = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """Times that are taken or opened, the same for each place, days marked as free, warnings.

    `refresh` is how often, in seconds, the producer wants to be asked at most.
    """

    times: Pairs
    places: dict[str, Pairs]
    free_days: Pairs
    warnings: tuple[ReadingWarning, ...]
    refresh: int | None

    def to_row(self) -> dict[str, Any]:
        """Return it as what JSON knows."""
        return asdict(self)

    @classmethod
    def from_row(cls, row: dict[str, Any]) -> "Summary":
        """Return what `to_row` was made from, lists for tuples."""
        warnings = tuple(ReadingWarning(**each) for each in row["warnings"])
        return cls(**{**row, "warnings": warnings})


def summarize(
    body: Body, window: Window, groups: Iterable[list[Block]], outcomes: Iterable[Outcome]
) -> Summary:
    """Put together what came of the groups, and read what is not an event."""
    rest, doubts = body.read_the_rest(window)
    doubts += body.general
    loud = [pair for pair in zip(groups, outcomes, strict=True) if not pair[1].is_silent]
    for group, outcome in loud:
        if outcome.remarks:
            doubts += rows_of(group, uid_of(body.layout, group), outcome.remarks)
    by_groups = merged((outcome.times for _, outcome in loud), window)
    return Summary(
        times=merge_spans([*by_groups, *map(_pair, rest)]) if rest else by_groups,
        places=_by_place(
            (outcome for _, outcome in loud), rest if body.options.places else (), window
        ),
        free_days=merged((outcome.free_days for _, outcome in loud), window),
        warnings=warnings_from(doubts, body.layout.body),
        refresh=body.refresh,
    )


def _pair(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _by_place(
    outcomes: Iterable[Outcome], rest: Iterable[Span], window: Window
) -> dict[str, Pairs]:
    """Return the times of each place that a calendar was searched for, "" for all others."""
    by_place: dict[str, array[int]] = {}
    for outcome in outcomes:
        for time, place in zip(outcome.times, outcome.places, strict=False):
            by_place.setdefault(place or "", array("Q")).append(time)
    found = {place: merged([times], window) for place, times in sorted(by_place.items())}
    for span in rest:
        known = found.get(span.place or "", ())
        found[span.place or ""] = merge_spans([*known, _pair(span)])
    return dict(sorted(found.items()))


def intervals(
    spans: Iterable[tuple[int, int]], start: dt.datetime, end: dt.datetime
) -> tuple[Interval, ...]:
    """Return merged spans of UTC seconds as intervals inside a window."""
    pairs = ((max(instant(first), start), min(instant(last), end)) for first, last in spans)
    return tuple((first, last) for first, last in pairs if first < last)
