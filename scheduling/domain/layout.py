"""The facts of one therapist laid out as sets of cells around one local day."""

import datetime as dt
from collections.abc import Iterator
from functools import lru_cache
from zoneinfo import ZoneInfo

from .cells import (
    CELL_SECONDS,
    Span,
    Window,
    busy_spans,
    cells_for,
    free_spans,
    instant,
    seconds_down,
)
from .facts import MIDNIGHT, Claim, Facts, Key, RoomFacts
from .intervals import Interval, at_local, local_day

DAY_CELLS = 24 * 3600 // CELL_SECONDS
ONE_DAY = dt.timedelta(days=1)


class Layout:
    """What `facts` say about the local day `date` and a day either side, as sets of cells.

    Bit 0 is the cell a day before the day's first one, so that buffers and journeys from the day
    before are seen; sessions that begin before midnight are seen to their end.
    """

    def __init__(self, facts: Facts, date: dt.date) -> None:
        day = local_day(date, facts.zone)
        self.facts = facts
        self.date = date
        self.day_cells = cells_for(int(day.length.total_seconds()))
        origin = seconds_down(day.start) - DAY_CELLS * CELL_SECONDS
        self.window = Window(origin, 3 * DAY_CELLS + self.day_cells)
        self._available: dict[Key, int] = {}

    @property
    def starts(self) -> int:
        """The cells of the day itself that lie on the grid of starts."""
        minutes = self.facts.rules.grid_minutes
        return grid(self.date, self.facts.zone, minutes) << DAY_CELLS

    def instant(self, cell: int) -> dt.datetime:
        """Return the instant, in UTC, at which `cell` begins."""
        return instant(self.window.origin + cell * CELL_SECONDS)

    def from_instant(self, moment: dt.datetime) -> int:
        """Return the cells that begin at `moment` (aware) or later."""
        seconds = moment.timestamp() - self.window.origin
        return self.window.run(-int(-seconds // CELL_SECONDS), self.window.length)

    def on_dates(self, first: dt.date | None, last: dt.date | None, zone: ZoneInfo) -> int:
        """Return the cells of the dates from `first` to `last` in `zone`; None is no limit."""
        mask = self.window.full
        if first is not None:
            mask &= self.from_instant(local_day(first, zone).start)
        if last is not None:
            mask &= ~self.from_instant(local_day(last, zone).end)
        return mask

    def available(self, place: Key) -> int:
        """Return the cells of working hours and open time at `place`."""
        if place not in self._available:
            spans = free_spans(self._opened(place))
            self._available[place] = self.window.free_cells(spans)
        return self._available[place]

    def time_off(self) -> int:
        """Return the cells of time off."""
        return self.window.busy_cells(spread(self.facts).time_off)

    def busy(self) -> int:
        """Return the cells that feeds say are taken."""
        return self.window.busy_cells(spread(self.facts).busy)

    def claimed(self) -> int:
        """Return the cells that holds and bookings of the therapist occupy."""
        return self.window.busy_cells(spread(self.facts).claimed)

    def travelling(self, place: Key) -> int:
        """Return the cells too near to sessions elsewhere for a journey from or to `place`."""
        return self.window.busy_cells(
            busy_spans(_with_journey(self.facts, claim, place) for claim in self.facts.claims)
        )

    def room_taken(self, room: RoomFacts) -> int:
        """Return the cells in which `room` is taken."""
        return self.window.busy_cells(busy_spans(claim.interval for claim in room.claims))

    def sessions_on_day(self) -> int:
        """Return how many sessions the therapist has on the local day."""
        starts = (claim.session_start for claim in self.facts.claims)
        zone = self.facts.zone
        return sum(start.astimezone(zone).date() == self.date for start in starts if start)

    def _opened(self, place: Key) -> Iterator[Interval]:
        for offset in (-1, 0, 1):
            yield from _hours_of(self.facts, self.date + offset * ONE_DAY, place)
        yield from (each.interval for each in self.facts.open_time if place in each.places)


class Spread:
    """The lists of one therapist's facts that are the same for every day and place."""

    def __init__(self, facts: Facts) -> None:
        self.time_off: tuple[Span, ...] = busy_spans(facts.time_off)
        self.busy: tuple[Span, ...] = busy_spans(facts.busy)
        self.claimed: tuple[Span, ...] = busy_spans(claim.interval for claim in facts.claims)


@lru_cache(maxsize=16)
def spread(facts: Facts) -> Spread:
    """Return the merged lists of `facts`, kept while the same object is asked about."""
    return Spread(facts)


@lru_cache(maxsize=1024)
def grid(date: dt.date, zone: ZoneInfo, minutes: int) -> int:
    """Return the cells of a local day whose wall-clock time is a multiple of `minutes`.

    Counted from local midnight on the clock: an hour that is skipped has no starts, and one that
    comes twice has its starts twice.
    """
    day = local_day(date, zone)
    mask = 0
    for cell in range(cells_for(int(day.length.total_seconds()))):
        wall = (day.start + dt.timedelta(seconds=cell * CELL_SECONDS)).astimezone(zone)
        if (wall.hour * 60 + wall.minute) % minutes == 0:
            mask |= 1 << cell
    return mask


def _hours_of(facts: Facts, date: dt.date, place: Key) -> Iterator[Interval]:
    """Give the working hours of one date at `place`: its exceptions, else its weekly hours."""
    exceptions = [each for each in facts.exceptions if each.date == date]
    weekly = [each for each in facts.hours if each.applies_on(date)]
    for rule in exceptions or weekly:
        if rule.starts is None or rule.ends is None or place not in rule.places:
            continue
        last = date + ONE_DAY if rule.ends == MIDNIGHT else date
        start = at_local(date, rule.starts, facts.zone)
        end = at_local(last, rule.ends, facts.zone)
        if start < end:
            yield Interval(start, end)


def _with_journey(facts: Facts, claim: Claim, place: Key) -> Interval:
    """Return the claim's time with the journeys to and from `place` around it."""
    there = (place, claim.place)
    back = (claim.place, place)
    before = facts.travel.get(there, facts.travel.get(back, dt.timedelta()))
    after = facts.travel.get(back, facts.travel.get(there, dt.timedelta()))
    return Interval(claim.interval.start - before, claim.interval.end + after)
