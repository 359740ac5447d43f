"""The facts of one therapist laid out as sets of cells around some local days."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cached_property, lru_cache
from zoneinfo import ZoneInfo

from .cells import (
    CELL_SECONDS,
    Span,
    Window,
    busy_spans,
    cells_for,
    instant,
    merge_spans,
    seconds_down,
    seconds_up,
)
from .facts import MIDNIGHT, Claim, Facts, HoursException, Key, RoomFacts
from .intervals import Interval, at_local, local_day

DAY_CELLS = 24 * 3600 // CELL_SECONDS
ONE_DAY = dt.timedelta(days=1)


class Layout:
    """What `facts` say about the local days from `first` to `last`, as sets of cells.

    Bit 0 is the cell a day before the first day's first one, so that buffers and journeys from the
    day before are seen; sessions that begin before the last midnight are seen to their end. The
    clocks of the zone are taken to change by whole cells within the days.
    """

    def __init__(self, facts: Facts, first: dt.date, last: dt.date) -> None:
        start = local_day(first, facts.zone).start
        length = local_day(last, facts.zone).end - start
        self.facts = facts
        self.dates = tuple(first + offset * ONE_DAY for offset in range((last - first).days + 1))
        origin = seconds_down(start) - DAY_CELLS * CELL_SECONDS
        self.window = Window(origin, 3 * DAY_CELLS + cells_for(int(length.total_seconds())))
        self._clear: dict[Key, int] = {}

    @cached_property
    def starts(self) -> int:
        """The cells of the days themselves that lie on the grid of starts."""
        facts, mask = self.facts, 0
        for date in self.dates:
            offset = (seconds_of_midnight(date, facts.zone) - self.window.origin) // CELL_SECONDS
            mask |= grid(date, facts.zone, facts.rules.grid_minutes) << offset
        return mask

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
        return self._available.get(place, 0)

    @cached_property
    def time_off(self) -> int:
        """The cells of time off."""
        return self.window.busy_cells(spread(self.facts).time_off)

    @cached_property
    def busy(self) -> int:
        """The cells that feeds say are taken."""
        return self.window.busy_cells(spread(self.facts).busy)

    @cached_property
    def claimed(self) -> int:
        """The cells that holds and bookings of the therapist occupy."""
        return self.window.busy_cells(spread(self.facts).claimed)

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
        if name not in self._clear:
            self._clear[name] = work()
        return self._clear[name]

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

    @cached_property
    def _available(self) -> dict[Key, int]:
        spans: dict[Key, list[Span]] = {place: [] for place in self.facts.places}
        for places, interval in self._opened():
            span = (seconds_up(interval.start), seconds_down(interval.end))
            for place in places & spans.keys():
                spans[place].append(span)
        return {place: self.window.free_cells(merge_spans(of)) for place, of in spans.items()}

    def _opened(self) -> Iterator[tuple[frozenset[Key], Interval]]:
        """Give working hours and open time: the exceptions of a date, else its weekly hours."""
        facts = self.facts
        exceptions: dict[dt.date, list[HoursException]] = {}
        for each in facts.exceptions:
            exceptions.setdefault(each.date, []).append(each)
        for date in (self.dates[0] - ONE_DAY, *self.dates, self.dates[-1] + ONE_DAY):
            weekly = (each for each in facts.hours if each.applies_on(date))
            for rule in exceptions.get(date) or weekly:
                if rule.starts is None or rule.ends is None:
                    continue
                if hours := hours_on(date, rule.starts, rule.ends, facts.zone):
                    yield rule.places, hours
        yield from ((each.places, each.interval) for each in facts.open_time)


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


@lru_cache(maxsize=4096)
def hours_on(date: dt.date, starts: dt.time, ends: dt.time, zone: ZoneInfo) -> Interval | None:
    """Return the hours of one date; None where the clocks leave nothing of them."""
    last = date + ONE_DAY if ends == MIDNIGHT else date
    start, end = at_local(date, starts, zone), at_local(last, ends, zone)
    return Interval(start, end) if start < end else None


@lru_cache(maxsize=1024)
def seconds_of_midnight(date: dt.date, zone: ZoneInfo) -> int:
    """Return when the local day begins, in seconds since 1970 (UTC)."""
    return seconds_down(local_day(date, zone).start)


def _with_journey(facts: Facts, claim: Claim, place: Key) -> Interval:
    """Return the claim's time with the journeys to and from `place` around it."""
    there = (place, claim.place)
    back = (claim.place, place)
    before = facts.travel.get(there, facts.travel.get(back, dt.timedelta()))
    after = facts.travel.get(back, facts.travel.get(there, dt.timedelta()))
    return Interval(claim.interval.start - before, claim.interval.end + after)
