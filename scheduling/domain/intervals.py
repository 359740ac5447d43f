"""Stretches of time, and local wall time turned into instants.

An instant is an aware `datetime` in UTC. A stretch is half-open: its start belongs to it, its end
does not, so that a session until 10:00 and one from 10:00 do not meet.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

__all__ = [
    "Interval",
    "as_utc",
    "at_local",
    "clip",
    "local_day",
    "merge",
    "overlapping",
    "subtract",
]

MIDNIGHT = dt.time()


def as_utc(moment: dt.datetime) -> dt.datetime:
    """Return the same instant in UTC; raise `ValueError` for a naive datetime."""
    if moment.tzinfo is dt.UTC:
        return moment
    if moment.utcoffset() is None:
        raise ValueError(f"{moment!r} has no time zone, so it names no instant")
    return moment.astimezone(dt.UTC)


@dataclass(frozen=True, order=True, slots=True)
class Interval:
    """The time from `start` up to, but without, `end`: two instants, kept in UTC.

    Aware datetimes of any zone are converted. Raises `ValueError` for a naive one, and where the
    end is not after the start: no time at all is the absence of an interval, never an empty one.
    """

    start: dt.datetime
    end: dt.datetime

    def __post_init__(self) -> None:
        object.__setattr__(self, "start", as_utc(self.start))
        object.__setattr__(self, "end", as_utc(self.end))
        if self.end <= self.start:
            raise ValueError(f"an interval ends after it starts: {self.start} to {self.end}")

    @property
    def length(self) -> dt.timedelta:
        """Elapsed time, whatever the clocks on the wall did meanwhile."""
        return self.end - self.start

    def overlaps(self, other: "Interval") -> bool:
        """Say whether the two share any time; touching ends do not."""
        return self.start < other.end and other.start < self.end

    def contains(self, moment: dt.datetime) -> bool:
        """Say whether `moment` (aware) lies inside: the start does, the end does not."""
        return self.start <= moment < self.end


def merge(intervals: Iterable[Interval]) -> tuple[Interval, ...]:
    """Return the same time as sorted intervals that neither overlap nor touch."""
    merged: list[Interval] = []
    for interval in sorted(intervals):
        if merged and interval.start <= merged[-1].end:
            if interval.end > merged[-1].end:
                merged[-1] = Interval(merged[-1].start, interval.end)
        else:
            merged.append(interval)
    return tuple(merged)


def overlapping(intervals: Iterable[Interval], window: Interval) -> tuple[Interval, ...]:
    """Return, whole and in their order, the intervals that share time with `window`."""
    return tuple(interval for interval in intervals if interval.overlaps(window))


def clip(intervals: Iterable[Interval], window: Interval) -> tuple[Interval, ...]:
    """Return the parts of the intervals that lie inside `window`, in their order."""
    return tuple(
        Interval(max(interval.start, window.start), min(interval.end, window.end))
        for interval in overlapping(intervals, window)
    )


def subtract(intervals: Iterable[Interval], taken: Iterable[Interval]) -> tuple[Interval, ...]:
    """Return, merged, the time of `intervals` that no interval of `taken` covers."""
    left = list(merge(intervals))
    for hole in merge(taken):
        left = [part for interval in left for part in _without(interval, hole)]
    return tuple(left)


def _without(interval: Interval, hole: Interval) -> tuple[Interval, ...]:
    if not interval.overlaps(hole):
        return (interval,)
    parts = ((interval.start, hole.start), (hole.end, interval.end))
    return tuple(Interval(start, end) for start, end in parts if start < end)


def at_local(date: dt.date, time: dt.time, zone: ZoneInfo) -> dt.datetime:
    """Return the instant, in UTC, at which clocks in `zone` show `time` on `date`.

    A time that exists twice is the first; one that is skipped takes the offset in force before the
    gap, and so lands as far after it (RFC 5545, section 3.3.5). `fold=0` asks zoneinfo for just
    that. Raises `ValueError` for a `time` that brings a zone of its own.
    """
    if time.tzinfo is not None:
        raise ValueError("a local time takes its zone from the rule it belongs to")
    return dt.datetime.combine(date, time.replace(fold=0), zone).astimezone(dt.UTC)


def local_day(date: dt.date, zone: ZoneInfo) -> Interval:
    """Return the instants of one local day: from its midnight to the next, mostly 23 to 25 hours.

    Where midnight is skipped the day starts with the first moment after it. Raises `ValueError`
    for a date that the zone left out altogether (Samoa had no 30 December 2011).
    """
    tomorrow = date + dt.timedelta(days=1)
    start, end = at_local(date, MIDNIGHT, zone), at_local(tomorrow, MIDNIGHT, zone)
    if start >= end:
        raise ValueError(f"{zone.key} had no {date.isoformat()}")
    return Interval(start, end)
