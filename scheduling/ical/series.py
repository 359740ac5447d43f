"""All components of one UID together: which occurrences there are, and which are replaced."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from .calendars import Calendar, Doubt, Moment
from .events import Event, Length
from .properties import Property
from .recurrence import Budget, BudgetSpentError, Rule, occurrences
from .values import DAY, day_of, parse_duration
from .zones import Zone

__all__ = ["Expansion", "Span", "Window", "has_versions", "spans_of"]

_HOUR = 3600
# No two zones are further apart, and days may be as far from UTC.
_SLACK = 2 * DAY
_CAPPED = "An event repeats too often to be followed; from there on all time counts as taken."


class Span(NamedTuple):
    """Time from `start` to `end`, in UTC seconds, at a place where one is asked for."""

    start: int
    end: int
    place: str | None = None


class Window(NamedTuple):
    """The UTC seconds that are asked for."""

    start: int
    end: int


class Occurrence(NamedTuple):
    """One occurrence: when it begins, and when it ends in UTC seconds."""

    start: Moment
    end: int


@dataclass
class _Named:
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


def spans_of(events: Iterable[Event], expansion: Expansion) -> Iterator[Span]:
    """Give the time that the components of one UID take, or open, in the window; not merged.

    An override replaces the occurrence it names (section 3.8.4.4), in whatever zone it names it;
    one that names none stands for itself. Where a series costs more than its budget, the rest of
    the window is taken, and nothing more is opened.
    """
    masters, overrides = _arranged(events)
    replaced = _Named()
    for override in overrides:
        if not override.and_future:
            replaced.add(_named_by(override))
    futures = sorted(
        (each for each in overrides if each.and_future), key=lambda each: _named_by(each).utc
    )
    for master in masters:
        yield from _of_master(master, replaced, futures, expansion)
    for override in overrides:
        alone = not masters or (override.and_future and override.repeats)
        yield from _of_override(override, expansion, with_series=alone)


def _named_by(override: Event) -> Moment:
    return override.recurrence_id or override.start


def has_versions(events: list[Event]) -> bool:
    """Say whether several components tell of the same, so that DTSTAMP may decide between them."""
    return len({_key(event) for event in events}) < len(events)


def _key(event: Event) -> tuple[int, bool]:
    named = event.recurrence_id
    return (named.utc, event.and_future) if named is not None else (0, False)


def _arranged(events: Iterable[Event]) -> tuple[list[Event], list[Event]]:
    """Part masters from overrides, and leave out the versions that others have outdated."""
    masters: list[Event] = []
    overrides: dict[tuple[int, bool], list[Event]] = {}
    for event in events:
        if event.recurrence_id is None:
            masters.append(event)
        else:
            overrides.setdefault(_key(event), []).append(event)
    if any(master.sequence is not None for master in masters):
        masters = _newest(masters)
    return masters, [event for versions in overrides.values() for event in _newest(versions)]


def _newest(versions: list[Event]) -> list[Event]:
    if len(versions) == 1:
        return versions
    best = max(_version(event) for event in versions)
    return [event for event in versions if _version(event) == best]


def _version(event: Event) -> tuple[int, tuple[int, ...]]:
    return (event.sequence or 0, event.stamps)


def _of_override(event: Event, expansion: Expansion, *, with_series: bool) -> Iterator[Span]:
    if not expansion.takes(event):
        return
    if with_series:
        yield from _of_master(event, _Named(), [], expansion)
    else:
        yield from _span(event, Occurrence(event.start, event.length.end(event.start)), expansion)


def _span(event: Event, occurrence: Occurrence, expansion: Expansion) -> Iterator[Span]:
    start = occurrence.start.utc
    if occurrence.end <= start:
        return
    start -= event.travel
    window = expansion.window
    if start < window.end and occurrence.end > window.start:
        yield Span(max(start, window.start), min(occurrence.end, window.end), event.place)


def _of_master(
    master: Event, replaced: _Named, futures: list[Event], expansion: Expansion
) -> Iterator[Span]:
    """Give the spans of a series, from each RANGE=THISANDFUTURE on with that one's changes."""
    if not expansion.takes(master) and not any(expansion.takes(each) for each in futures):
        return
    latest = expansion.window.start
    try:
        for occurrence in _occurrences(master, _shifts(futures), expansion):
            latest = max(latest, occurrence.start.utc)
            if occurrence.start in replaced:
                continue
            future = _last_before(futures, occurrence.start.utc)
            if future is None:
                if expansion.takes(master):
                    yield from _span(master, occurrence, expansion)
            elif _may_follow(future, occurrence, expansion):
                yield from _span(future, _shifted(occurrence, future), expansion)
        is_cut = master.is_cut
    except BudgetSpentError:
        is_cut = True
    if is_cut:
        expansion.doubt("recurrence_capped", _CAPPED, "RRULE")
        start = max(latest, master.start.utc)
        if start < expansion.window.end and not expansion.is_open:
            yield Span(start, expansion.window.end)


def _may_follow(future: Event, occurrence: Occurrence, expansion: Expansion) -> bool:
    """Say whether an occurrence is laid out as RANGE=THISANDFUTURE has it.

    The one it names is the override itself; with a rule of its own it lays out the rest as well.
    """
    is_itself = occurrence.start.utc == _named_by(future).utc
    return not is_itself and not future.repeats and expansion.takes(future)


def _shifts(futures: list[Event]) -> int:
    return max((abs(each.start.utc - _named_by(each).utc) + DAY for each in futures), default=0)


def _last_before(futures: list[Event], utc: int) -> Event | None:
    at = bisect_right(futures, utc, key=lambda each: _named_by(each).utc)
    return futures[at - 1] if at else None


def _shifted(occurrence: Occurrence, future: Event) -> Occurrence:
    """Move an occurrence as far, on the clock, as the override moved the one it names."""
    zone = future.start.zone
    distance = future.start.local - zone.to_local(_named_by(future).utc)
    local = zone.to_local(occurrence.start.utc) + distance
    start = Moment(local, zone, is_date=future.start.is_date)
    return Occurrence(start, future.length.end(start))


def _occurrences(event: Event, slack: int, expansion: Expansion) -> Iterator[Occurrence]:
    """Give the occurrences of an event that may touch the window, EXDATE and EXRULE respected."""
    if not event.repeats:
        yield Occurrence(event.start, event.length.end(event.start))
        return
    excluded = _Named()
    near = Window(
        expansion.window.start - event.length.reach - slack - _SLACK,
        expansion.window.end + event.travel + slack + _SLACK,
    )
    for moment in _listed(event.fewer, event, near, expansion):
        excluded.add(moment.start)
    for rule in event.exception_rules:
        for start in _by_rule(rule, event, near, expansion):
            excluded.add(start)
    seen: set[int] = set()
    for occurrence in _all_of(event, near, expansion):
        start = occurrence.start
        if start not in excluded and (start.utc not in seen or occurrence.end > start.utc):
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
            expansion.budget.spend()
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
    zone: Zone | None = None if event.start.is_date else event.start.zone
    text, _, rest = text.partition("/")
    start = calendar.moment(each, text, beside=zone)
    if not rest:
        return Occurrence(start, event.length.end(start))
    if rest[:1] in "Pp+-":
        return Occurrence(start, Length(*parse_duration(rest)).end(start))
    return Occurrence(start, calendar.moment(each, rest, beside=start.zone).utc)


def _as_text(local: int) -> str:
    return day_of(min(max(local // DAY, -700_000), 2_900_000)).strftime("%Y%m%d").zfill(8)
