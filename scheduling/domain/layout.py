"""The facts of one therapist laid out as sets of cells around some local days."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from .cells import (
    CELL_SECONDS,
    Span,
    Window,
    busy_spans,
    cells,
    cells_for,
    instant,
    merge_spans,
    seconds_down,
    seconds_up,
)
from .facts import MIDNIGHT, Claim, Facts, HoursException, Key, RoomFacts, WorkingHours
from .intervals import Interval, at_local, local_day

DAY_CELLS = 24 * 3600 // CELL_SECONDS
CELL = dt.timedelta(seconds=CELL_SECONDS)
ONE_DAY = dt.timedelta(days=1)


class Days(NamedTuple):
    """Local days, and the cells around them."""

    dates: tuple[dt.date, ...]
    window: Window


class Layout:
    """What `facts` say about the local days from `first` to `last`, as sets of cells.

    Bit 0 is the cell a day before the first day's first one, so that buffers and journeys from the
    day before are seen; sessions that begin before the last midnight are seen to their end. The
    clocks of the zone are taken to change by whole cells within the days.
    """

    def __init__(self, facts: Facts, first: dt.date, last: dt.date) -> None:
        self.facts = facts
        self.dates, self.window = days_between(first, last, facts.zone)
        self._kept: dict[Key, int] = {}

    @cached_property
    def starts(self) -> int:
        """The cells of the days themselves that lie on the grid of starts."""
        facts = self.facts
        return grid_of_days(self.dates[0], self.dates[-1], facts.zone, facts.rules.grid_minutes)

    def instants(self, mask: int) -> Iterator[dt.datetime]:
        """Give the instants, in UTC, at which the cells of `mask` begin."""
        origin = instant(self.window.origin)
        return (origin + cell * CELL for cell in cells(mask))

    def from_instant(self, moment: dt.datetime) -> int:
        """Return the cells that begin at `moment` (aware) or later."""
        return self._from_second(seconds_up(moment))

    def on_dates(self, first: dt.date | None, last: dt.date | None, zone: ZoneInfo) -> int:
        """Return the cells of the dates from `first` to `last` in `zone`; None is no limit."""
        mask = self.window.full
        if first is not None:
            mask &= self._from_second(bounds(first, zone)[0])
        if last is not None:
            mask &= ~self._from_second(bounds(last, zone)[1])
        return mask

    def available(self, place: Key) -> int:
        """Return the cells of working hours and open time at `place`."""
        return self._available.get(place, 0)

    @cached_property
    def time_off(self) -> int:
        """The cells of time off."""
        return self.window.busy_cells(self.facts.time_off)

    @cached_property
    def busy(self) -> int:
        """The cells that feeds say are taken."""
        return self.window.busy_cells(self.facts.busy)

    @cached_property
    def claimed(self) -> int:
        """The cells that holds and bookings of the therapist occupy."""
        return self.window.busy_cells(busy_spans(each.interval for each in self.facts.claims))

    def travelling(self, place: Key) -> int:
        """Return the cells too near to sessions elsewhere for a journey from or to `place`."""
        return self.window.busy_cells(
            busy_spans(_with_journey(self.facts, claim, place) for claim in self.facts.claims)
        )

    def room_taken(self, room: RoomFacts) -> int:
        """Return the cells in which `room` is taken."""
        return self.window.busy_cells(busy_spans(claim.interval for claim in room.claims))

    def kept(self, name: Key, work: Callable[[], int]) -> int:
        """Return what `work` gives, done once for each `name`."""
        if name not in self._kept:
            self._kept[name] = work()
        return self._kept[name]

    def below_daily_limit(self) -> int:
        """Return the cells of days that have fewer sessions than the rules allow."""
        facts, limit = self.facts, self.facts.rules.daily_limit
        if limit is None:
            return self.window.full
        starts = (claim.session_start for claim in facts.claims)
        sessions = Counter(start.astimezone(facts.zone).date() for start in starts if start)
        mask = 0
        for date in self.dates:
            if sessions[date] < limit:
                mask |= self.on_dates(date, date, facts.zone)
        return mask

    def _from_second(self, second: int) -> int:
        first = -((self.window.origin - second) // CELL_SECONDS)
        return self.window.run(first, self.window.length)

    @cached_property
    def _available(self) -> dict[Key, int]:
        """The cells by place. Places that the same hours name have the same, laid out once."""
        spans: defaultdict[frozenset[Key], list[Span]] = defaultdict(list)
        around = (self.dates[0] - ONE_DAY, *self.dates, self.dates[-1] + ONE_DAY)
        for places, span in opened_on(self.facts, around):
            spans[places].append(span)
        known: dict[tuple[frozenset[Key], ...], int] = {}
        available = {}
        for place in self.facts.places:
            naming = tuple(places for places in spans if place in places)
            if naming not in known:
                known[naming] = self._free(naming, spans)
            available[place] = known[naming]
        return available

    def _free(
        self, naming: tuple[frozenset[Key], ...], spans: dict[frozenset[Key], list[Span]]
    ) -> int:
        together = [span for places in naming for span in spans[places]]
        return self.window.free_cells(merge_spans(together)) if together else 0


def opened_on(facts: Facts, dates: Iterable[dt.date]) -> Iterator[tuple[frozenset[Key], Span]]:
    """Give the hours of each local date, which are its exceptions or else its weekly hours.

    All open time of feeds follows. Each is in seconds since 1970 (UTC), with the places it is at.
    """
    exceptions: defaultdict[dt.date, list[HoursException]] = defaultdict(list)
    for each in facts.exceptions:
        exceptions[each.date].append(each)
    weekly: defaultdict[int, list[WorkingHours]] = defaultdict(list)
    for hours in facts.hours:
        weekly[hours.weekday].append(hours)
    for date in dates:
        usual = (each for each in weekly[date.weekday()] if each.applies_on(date))
        for rule in exceptions.get(date) or usual:
            if rule.starts is None or rule.ends is None:
                continue
            if span := hours_on(date, rule.starts, rule.ends, facts.zone):
                yield rule.places, span
    for opened in facts.open_time:
        interval = opened.interval
        yield opened.places, (seconds_up(interval.start), seconds_down(interval.end))


@lru_cache(maxsize=256)
def days_between(first: dt.date, last: dt.date, zone: ZoneInfo) -> Days:
    """Return the local days from `first` to `last`, and the cells from a day before them on."""
    start, end = bounds(first, zone)[0], bounds(last, zone)[1]
    dates = tuple(first + offset * ONE_DAY for offset in range((last - first).days + 1))
    origin = start - DAY_CELLS * CELL_SECONDS
    return Days(dates, Window(origin, 3 * DAY_CELLS + cells_for(end - start)))


@lru_cache(maxsize=256)
def grid_of_days(first: dt.date, last: dt.date, zone: ZoneInfo, minutes: int) -> int:
    """Return the cells of the days' window that lie on the grid of starts of one of the days."""
    dates, window = days_between(first, last, zone)
    mask = 0
    for date in dates:
        offset = (bounds(date, zone)[0] - window.origin) // CELL_SECONDS
        mask |= grid(date, zone, minutes) << offset
    return mask


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


@lru_cache(maxsize=4096)
def hours_on(date: dt.date, starts: dt.time, ends: dt.time, zone: ZoneInfo) -> Span | None:
    """Return the hours of one date; None where the clocks leave nothing of them."""
    last = date + ONE_DAY if ends == MIDNIGHT else date
    span = seconds_up(at_local(date, starts, zone)), seconds_down(at_local(last, ends, zone))
    return span if span[0] < span[1] else None


@lru_cache(maxsize=1024)
def bounds(date: dt.date, zone: ZoneInfo) -> Span:
    """Return when the local day begins and ends, in seconds since 1970 (UTC)."""
    day = local_day(date, zone)
    return seconds_down(day.start), seconds_down(day.end)


def _with_journey(facts: Facts, claim: Claim, place: Key) -> Interval:
    """Return the claim's time with the journeys to and from `place` around it."""
    there = (place, claim.place)
    back = (claim.place, place)
    before = facts.travel.get(there, facts.travel.get(back, dt.timedelta()))
    after = facts.travel.get(back, facts.travel.get(there, dt.timedelta()))
    return Interval(claim.interval.start - before, claim.interval.end + after)
