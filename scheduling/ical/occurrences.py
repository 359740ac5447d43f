"""When one component occurs: its start, its rules, its lists of dates, without what is left out."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from .budget import Budget
from .calendars import Calendar, Doubt, Moment
from .events import Event
from .lengths import Length, rest_of_day
from .properties import Property
from .recurrence import occurrences
from .rule import Rule
from .span import Window
from .values import DAY, day_of, parse_duration

__all__ = ["Expansion", "Named", "Occurrence", "occurrences_of"]

_HOUR = 3600
# No two zones are further apart, and days may be as far from UTC.
_SLACK = 2 * DAY
# Reading a written date takes as long as some steps of a rule do.
_STEPS_OF_A_DATE = 5


class Occurrence(NamedTuple):
    """One occurrence: when it begins, and when it ends in UTC seconds."""

    start: Moment
    end: int


@dataclass
class Named:
    """Occurrences that EXDATE or RECURRENCE-ID name: by their instant, or by their day."""

    instants: set[int] = field(default_factory=set)
    days: set[int] = field(default_factory=set)
    days_of_times: set[int] = field(default_factory=set)

    def add(self, moment: Moment) -> None:
        """Add the occurrence that begins at a moment."""
        self.instants.add(moment.utc)
        if moment.is_date:
            self.days.add(moment.local // DAY)
        else:
            self.days_of_times.add(moment.local // DAY)

    def __bool__(self) -> bool:
        return bool(self.instants)

    def __contains__(self, start: Moment) -> bool:
        if start.utc in self.instants:
            return True
        day = start.local // DAY
        # A date names whatever begins that day; a time names a whole day only where one is meant.
        return day in self.days or (start.is_date and day in self.days_of_times)


@dataclass(frozen=True)
class Expansion:
    """What laying out a series needs to know."""

    window: Window
    calendar: Calendar
    budget: Budget
    doubt: Doubt
    takes: Callable[[Event], bool]
    is_open: bool = False


def occurrences_of(event: Event, slack: int, expansion: Expansion) -> Iterator[Occurrence]:
    """Give the occurrences of an event that may touch the window, without what EXDATE names."""
    if not event.repeats and not event.fewer:
        yield Occurrence(event.start, event.length.end(event.start))
        return
    excluded = Named()
    near = Window(
        expansion.window.start - event.length.reach - slack - _SLACK,
        expansion.window.end + event.travel + slack + _SLACK,
    )
    for left_out in _listed(event.fewer, event, near, expansion):
        excluded.add(left_out.start)
    seen: set[int] = set()
    for occurrence in _all_of(event, near, expansion):
        start = occurrence.start
        if not (excluded and start in excluded) and (
            start.utc not in seen or occurrence.end > start.utc
        ):
            seen.add(start.utc)
            yield occurrence


def _all_of(event: Event, near: Window, expansion: Expansion) -> Iterator[Occurrence]:
    yield Occurrence(event.start, event.length.end(event.start))
    yield from _listed(event.more, event, near, expansion)
    for rule in event.rules:
        for start in _by_rule(rule, event, near, expansion):
            yield Occurrence(start, event.length.end(start))


def _by_rule(rule: Rule, event: Event, near: Window, expansion: Expansion) -> Iterator[Moment]:
    zone, is_date = event.start.zone, event.start.is_date
    if is_date:
        rule = rule.for_days()
    stop, until = _limit(rule, event.start, near.end)
    for local in occurrences(rule, event.start.local, near.start, stop, expansion.budget):
        start = Moment(local, zone, is_date=is_date)
        if until is None or start.utc <= until:
            yield start


def _limit(rule: Rule, start: Moment, stop: int) -> tuple[int, int | None]:
    """Return the local end of a rule, and the last instant where UNTIL is one (3.3.10).

    A date includes that local day, and a time without a zone is one of the start's.
    """
    until = rule.until
    if until is None:
        return stop, None
    if until.is_date or start.is_date:
        return min(stop, until.local - until.local % DAY + DAY), None
    if until.offset is None:
        return min(stop, until.local + 1), None
    last = until.local - until.offset
    return min(stop, start.zone.to_local(last) + _HOUR), last


def _listed(
    found: Iterable[Property], event: Event, near: Window, expansion: Expansion
) -> Iterator[Occurrence]:
    """Give the moments of RDATE or EXDATE, those near the window, with the end of a period."""
    lowest, highest = (_as_text(second) for second in near)
    for each in found:
        kind = each.parameters.get("VALUE", "").upper()
        is_period = kind == "PERIOD" or "/" in each.value
        for text in _values(each.value):
            day = text[:8]
            if day.isdigit() and (day > highest or (day < lowest and not is_period)):
                continue
            expansion.budget.spend(_STEPS_OF_A_DATE)
            code = f"bad_{each.name.lower()}"
            try:
                yield _one_listed(text, each, event, expansion.calendar)
            except ValueError:
                expansion.doubt(code, f"A date of {each.name} could not be read.", each.name)
            else:
                if len(text) == len("20240601Z"):
                    expansion.doubt(code, f"A day of {each.name} has a zone.", each.name)


def _values(text: str) -> Iterator[str]:
    """Give the values of a list, one at a time: it may have a million."""
    position = 0
    while position <= len(text):
        comma = text.find(",", position)
        comma = len(text) if comma < 0 else comma
        value = text[position:comma].strip()
        if value:
            yield value
        position = comma + 1


def _one_listed(text: str, each: Property, event: Event, calendar: Calendar) -> Occurrence:
    """Read one value: a moment, which lasts as long as the event does, or a period.

    A day in the list of a timed event is that whole day, and a time in the list of whole days the
    day it is written for.
    """
    text, _, rest = text.partition("/")
    start = calendar.moment(each, text, beside=None if event.start.is_date else event.start.zone)
    if rest[:1] in ("P", "p", "+", "-"):
        return Occurrence(start, Length(*parse_duration(rest)).end(start))
    if rest:
        return Occurrence(start, calendar.moment(each, rest, beside=start.zone).utc)
    if event.start.is_date and not start.is_date and each.name == "RDATE":
        start = Moment(start.local - start.local % DAY, event.start.zone, is_date=True)
    if start.is_date and not event.start.is_date:
        return Occurrence(start, max(event.length.end(start), rest_of_day(start).end(start)))
    return Occurrence(start, event.length.end(start))


def _as_text(local: int) -> str:
    return day_of(min(max(local // DAY, -700_000), 2_900_000)).strftime("%Y%m%d").zfill(8)
