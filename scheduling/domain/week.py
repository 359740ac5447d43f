"""A week of local days on one axis of quarter hours, whatever the clocks do in it."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple
from zoneinfo import ZoneInfo

from .intervals import Interval, local_day

QUARTER = dt.timedelta(minutes=15)
DAYS = 7


class Tick(NamedTuple):
    """A quarter hour by the clock on the wall; `again` where the clock shows it a second time."""

    hour: int
    minute: int
    again: bool = False


class WeekAxis:
    """The days of the week from `first` on, side by side along the same quarter hours.

    The axis has the quarters of the longest of its days: the hour that comes twice stands in it
    twice, and days that lack an hour leave its rows out. Offsets are taken to be whole quarters, as
    they are everywhere today.
    """

    def __init__(self, first: dt.date, zone: ZoneInfo) -> None:
        self.days = tuple(first + dt.timedelta(days=offset) for offset in range(DAYS))
        self.zone = zone
        self._quarters = {day: _quarters(day, zone) for day in self.days}
        self.ticks = max(self._quarters.values(), key=len)
        self._rows = {tick: row for row, tick in enumerate(self.ticks)}

    @property
    def interval(self) -> Interval:
        """The instants of the whole week."""
        start = local_day(self.days[0], self.zone).start
        return Interval(start, local_day(self.days[-1], self.zone).end)

    def missing(self, day: dt.date) -> list[int]:
        """Return the rows that do not exist on `day`: by the clock there are no such times."""
        there = {self._rows[tick] for tick in self._quarters[day]}
        return [row for row in range(len(self.ticks)) if row not in there]

    def rows(self, interval: Interval, day: dt.date) -> range:
        """Return the rows that `interval` touches on `day`; none where it lies outside of it."""
        whole = local_day(day, self.zone)
        if not interval.overlaps(whole):
            return range(0)
        quarters = self._quarters[day]
        first = max(interval.start - whole.start, dt.timedelta()) // QUARTER
        last = -(-(min(interval.end, whole.end) - whole.start) // QUARTER) - 1
        return range(self._rows[quarters[first]], self._rows[quarters[last]] + 1)


def first_of_week(day: dt.date) -> dt.date:
    """Return the Monday on or before `day`."""
    return day - dt.timedelta(days=day.weekday())


def lanes(spans: Sequence[range]) -> list[int]:
    """Return for each of `spans`, which are in order of start, a lane in which it meets no other.

    The lanes are numbered from 0 and as few as can be.
    """
    ends: list[int] = []
    chosen = []
    for span in spans:
        lane = next((each for each, end in enumerate(ends) if end <= span.start), len(ends))
        if lane == len(ends):
            ends.append(span.stop)
        ends[lane] = span.stop
        chosen.append(lane)
    return chosen


def _quarters(day: dt.date, zone: ZoneInfo) -> tuple[Tick, ...]:
    whole = local_day(day, zone)
    walls = (
        (whole.start + number * QUARTER).astimezone(zone)
        for number in range(whole.length // QUARTER)
    )
    return tuple(Tick(wall.hour, wall.minute, bool(wall.fold)) for wall in walls)
