"""Recurrence rules (RFC 5545, section 3.3.10), counted in local seconds.

A rule is laid out period by period (year, month, week, day), and each period is reached by
arithmetic: without a COUNT nothing before the window is ever computed, so that a daily series of
1970 costs no more than one of last week. Rules finer than a day are laid out day by day. Every
step is taken from a budget; no rule, however it is written, runs longer than that.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import lru_cache
from itertools import product

from .values import DAY, EPOCH, FIRST_DAY, LAST_DAY, Stamp, day_of

__all__ = ["Budget", "BudgetSpentError", "Frequency", "Rule", "occurrences"]


class Frequency(IntEnum):
    """How often a rule repeats, from the coarsest on."""

    YEARLY = 0
    MONTHLY = 1
    WEEKLY = 2
    DAILY = 3
    HOURLY = 4
    MINUTELY = 5
    SECONDLY = 6


STEP = {
    Frequency.WEEKLY: 7 * DAY,
    Frequency.DAILY: DAY,
    Frequency.HOURLY: 3600,
    Frequency.MINUTELY: 60,
    Frequency.SECONDLY: 1,
}


@dataclass(frozen=True, slots=True)
class Rule:
    """One recurrence rule. Weekdays count from Monday, 0; `byday` pairs an ordinal (0: every)."""

    frequency: Frequency
    interval: int = 1
    count: int | None = None
    until: Stamp | None = None
    week_start: int = 0
    bymonth: tuple[int, ...] = ()
    byweekno: tuple[int, ...] = ()
    byyearday: tuple[int, ...] = ()
    bymonthday: tuple[int, ...] = ()
    byday: tuple[tuple[int, int], ...] = ()
    byhour: tuple[int, ...] = ()
    byminute: tuple[int, ...] = ()
    bysecond: tuple[int, ...] = ()
    bysetpos: tuple[int, ...] = ()
    skip: str = ""  # RFC 7529: where a month is too short, FORWARD or BACKWARD; else left out

    @property
    def weekdays(self) -> frozenset[int]:
        """The weekdays of `byday`, ordinals aside."""
        return frozenset(weekday for _, weekday in self.byday)

    @property
    def is_plain(self) -> bool:
        """Say whether nothing but frequency and interval decide: a sum away from any time."""
        return self.frequency >= Frequency.WEEKLY and not (
            self.bymonth
            or self.byweekno
            or self.byyearday
            or self.bymonthday
            or self.byday
            or self.byhour
            or self.byminute
            or self.bysecond
            or self.bysetpos
        )

    def for_days(self) -> "Rule":
        """Return the rule as it is for whole days, which have no hours, minutes and seconds."""
        if self.frequency <= Frequency.DAILY and not (
            self.byhour or self.byminute or self.bysecond
        ):
            return self
        frequency = min(self.frequency, Frequency.DAILY)
        return replace(self, frequency=frequency, byhour=(), byminute=(), bysecond=())


class BudgetSpentError(Exception):
    """A rule asked for more steps than reading a calendar may cost."""


class Budget:
    """Steps that may still be taken."""

    def __init__(self, steps: int) -> None:
        self.steps = steps

    def spend(self, steps: int = 1) -> None:
        """Take steps away; raise `BudgetSpentError` where there are not enough of them."""
        self.steps -= steps
        if self.steps < 0:
            raise BudgetSpentError


def occurrences(rule: Rule, start: int, first: int, stop: int, budget: Budget) -> Iterator[int]:
    """Give the times of `rule` in `[first, stop)`, rising, none before `start`; UNTIL aside.

    All are local seconds; `start` is what DTSTART says. Only what the rule itself gives counts
    against its COUNT, as with Google's calendar. Raises `BudgetSpentError`.
    """
    stop = min(stop, (LAST_DAY + 1) * DAY)
    if rule.is_plain:
        step = rule.interval * STEP[rule.frequency]
        if rule.count is not None:
            stop = min(stop, start + rule.count * step)
        skipped = max(0, -((start - first) // step))
        yield from _spending(range(start + skipped * step, stop, step), budget)
        return
    begin = max(start, first) if rule.count is None else start
    left = rule.count
    for time in _laid_out(rule, start, begin, stop, budget):
        if time < start:
            continue
        if time >= stop or left == 0:
            return
        if left is not None:
            left -= 1
        if time >= first:
            yield time


def _spending(times: Iterable[int], budget: Budget) -> Iterator[int]:
    for time in times:
        budget.spend()
        yield time


def _laid_out(rule: Rule, start: int, begin: int, stop: int, budget: Budget) -> Iterator[int]:
    """Give the rule's times from the period that holds `begin` on; some may lie before it."""
    if rule.frequency > Frequency.DAILY:
        yield from _within_days(rule, start, begin, stop, budget)
        return
    layout = {
        Frequency.YEARLY: _years,
        Frequency.MONTHLY: _months,
        Frequency.WEEKLY: _weeks,
        Frequency.DAILY: _days,
    }[rule.frequency]
    clocks = _clocks(rule, start % DAY)
    cost = _cost_of_a_period(rule)
    for days in layout(rule, start // DAY, begin // DAY, min(stop // DAY, LAST_DAY)):
        budget.spend(cost + len(days) * len(clocks))
        times = [day * DAY + clock for day in sorted(days) for clock in clocks]
        yield from _at_positions(times, rule.bysetpos)


def _cost_of_a_period(rule: Rule) -> int:
    if rule.frequency is Frequency.YEARLY:
        return 366 if rule.byyearday or rule.byweekno else 12
    return 4 if rule.frequency is Frequency.MONTHLY else 1


def _at_positions(times: list[int], positions: tuple[int, ...]) -> list[int]:
    """Pick the set positions of BYSETPOS, counted from either end."""
    if not positions:
        return times
    size = len(times)
    picked = {at - 1 if at > 0 else size + at for at in positions}
    return [times[at] for at in sorted(picked) if 0 <= at < size]


def _clocks(rule: Rule, clock: int) -> list[int]:
    """Return the seconds of the day at which a rule of days or more falls."""
    hours = rule.byhour or (clock // 3600,)
    minutes = rule.byminute or (clock // 60 % 60,)
    seconds = rule.bysecond or (clock % 60,)
    return sorted({h * 3600 + m * 60 + s for h, m, s in product(hours, minutes, seconds)})


# Periods: each gives, one after the other, the days that a period holds.


def _years(rule: Rule, start: int, begin: int, stop: int) -> Iterator[set[int]]:
    origin = day_of(start)
    skipped = max(0, (day_of(begin).year - origin.year) // rule.interval)
    last = day_of(stop).year
    for year in range(origin.year + skipped * rule.interval, last + 1, rule.interval):
        yield {day for day in _days_of_year(rule, year, origin) if FIRST_DAY <= day <= LAST_DAY}


def _months(rule: Rule, start: int, begin: int, stop: int) -> Iterator[set[int]]:
    origin, near, end = day_of(start), day_of(begin), day_of(stop)
    number = origin.year * 12 + origin.month - 1
    skipped = max(0, (near.year * 12 + near.month - 1 - number) // rule.interval)
    last = end.year * 12 + end.month - 1
    for month in range(number + skipped * rule.interval, last + 1, rule.interval):
        yield _days_of_month(rule, month // 12, month % 12 + 1, origin)


def _weeks(rule: Rule, start: int, begin: int, stop: int) -> Iterator[set[int]]:
    monday = _week_of(start, rule.week_start)
    step = 7 * rule.interval
    skipped = max(0, (begin - monday) // step)
    wanted = rule.weekdays or {_weekday(start)}
    offsets = [(weekday - rule.week_start) % 7 for weekday in wanted]
    for week in range(monday + skipped * step, stop + 1, step):
        days = (week + offset for offset in offsets)
        yield {day for day in days if FIRST_DAY <= day <= LAST_DAY and _admits(rule, day)}


def _days(rule: Rule, start: int, begin: int, stop: int) -> Iterator[set[int]]:
    skipped = max(0, (begin - start) // rule.interval)
    for day in range(start + skipped * rule.interval, stop + 1, rule.interval):
        fits = _admits(rule, day) and (not rule.byday or _weekday(day) in rule.weekdays)
        yield {day} if fits else set()


def _within_days(rule: Rule, start: int, begin: int, stop: int, budget: Budget) -> Iterator[int]:
    """Give the times of an hourly, minutely or secondly rule that has BY parts."""
    step = rule.interval * STEP[rule.frequency]
    for day in range(begin // DAY, min(stop // DAY, LAST_DAY) + 1):
        budget.spend()
        fits = _admits(rule, day) and (not rule.byday or _weekday(day) in rule.weekdays)
        if fits:
            yield from _within_day(rule, start, day * DAY, step, budget)


def _within_day(rule: Rule, start: int, midnight: int, step: int, budget: Budget) -> Iterator[int]:
    unit = STEP[rule.frequency]
    origin = start - start % unit
    minutes = rule.byminute or (range(60) if unit < 3600 else (start // 60 % 60,))
    seconds = rule.bysecond or (range(60) if unit < 60 else (start % 60,))
    period: list[int] = []
    current = None
    for hour in rule.byhour or range(24):
        budget.spend(1 + len(minutes) * len(seconds) // 8)
        for minute, second in product(minutes, seconds):
            time = midnight + hour * 3600 + minute * 60 + second
            mark = time - time % unit
            if (mark - origin) % step:
                continue
            budget.spend()
            if mark != current:
                yield from _at_positions(period, rule.bysetpos)
                period, current = [], mark
            period.append(time)
    yield from _at_positions(period, rule.bysetpos)


# Days


def _weekday(day: int) -> int:
    return (day + 3) % 7


def _week_of(day: int, week_start: int) -> int:
    return day - (_weekday(day) - week_start) % 7


def _first(year: int, month: int = 1) -> int:
    """Return a month's first day; that of the year 10000 too, which `datetime` does not know."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return dt.date(year, month, 1).toordinal() - EPOCH if year < 10_000 else LAST_DAY + 1


def _admits(rule: Rule, day: int) -> bool:
    """Say whether the parts that only limit let a day through."""
    if not (rule.bymonth or rule.bymonthday or rule.byyearday or rule.byweekno):
        return True
    date = day_of(day)
    return (
        (not rule.bymonth or date.month in rule.bymonth)
        and (not rule.bymonthday or day in _by_month_day(rule, date.year, date.month))
        and (not rule.byyearday or day in _by_year_day(rule, date.year))
        and (not rule.byweekno or _in_weeks(rule, day))
    )


def _days_of_month(rule: Rule, year: int, month: int, origin: dt.date) -> set[int]:
    if rule.bymonth and month not in rule.bymonth:
        return set()
    if rule.bymonthday:
        days = _by_month_day(rule, year, month)
        return days & _by_day(rule, _first(year, month), _first(year, month + 1))
    if rule.byday:
        return _by_day(rule, _first(year, month), _first(year, month + 1))
    return _numbered(_first(year, month), _first(year, month + 1), (origin.day,), rule.skip)


def _days_of_year(rule: Rule, year: int, origin: dt.date) -> set[int]:
    first, end = _first(year), _first(year + 1)
    if rule.byyearday or rule.byweekno:
        days = {day for day in range(first, end) if _admits(rule, day)}
        weekdays = rule.weekdays
        if rule.byweekno and not (weekdays or rule.byyearday or rule.bymonthday):
            weekdays = frozenset({origin.weekday()})
        return {day for day in days if not weekdays or _weekday(day) in weekdays}
    if rule.bymonth or rule.bymonthday:
        if rule.bymonth:
            return set().union(*(_days_of_month(rule, year, m, origin) for m in rule.bymonth))
        # Without a month, an ordinal of BYDAY counts within the year.
        numbered = (_by_month_day(rule, year, month) for month in range(1, 13))
        return set().union(*numbered) & _by_day(rule, first, end)
    if rule.byday:
        return _by_day(rule, first, end)
    month = origin.month
    return _numbered(_first(year, month), _first(year, month + 1), (origin.day,), rule.skip)


def _numbered(first: int, end: int, numbers: tuple[int, ...], skip: str = "") -> set[int]:
    """Return the days of a month or year with these numbers, negative ones from its end."""
    days = {first + number - 1 if number > 0 else end + number for number in numbers}
    found = {day for day in days if first <= day < end}
    if skip and len(found) < len(days):
        found.add(end if skip == "FORWARD" else end - 1)
    return found


def _by_month_day(rule: Rule, year: int, month: int) -> set[int]:
    return _numbered(_first(year, month), _first(year, month + 1), rule.bymonthday, rule.skip)


def _by_year_day(rule: Rule, year: int) -> set[int]:
    return _numbered(_first(year), _first(year + 1), rule.byyearday)


def _by_day(rule: Rule, first: int, end: int) -> set[int]:
    """Return the days of BYDAY in a month or year: every such weekday, or the numbered one."""
    if not rule.byday:
        return set(range(first, end))
    found: set[int] = set()
    for ordinal, weekday in rule.byday:
        days = range(first + (weekday - _weekday(first)) % 7, end, 7)
        if not ordinal:
            found.update(days)
        elif abs(ordinal) <= len(days):
            found.add(days[ordinal - 1 if ordinal > 0 else ordinal])
    return found


def _in_weeks(rule: Rule, day: int) -> bool:
    """Say whether a day lies in the weeks of BYWEEKNO, as ISO 8601 counts from `week_start`."""
    week = _week_of(day, rule.week_start)
    year = day_of(min(week + 3, LAST_DAY)).year
    first = _first_week(year, rule.week_start)
    number = (week - first) // 7 + 1
    weeks = (_first_week(year + 1, rule.week_start) - first) // 7
    return number in rule.byweekno or number - weeks - 1 in rule.byweekno


@lru_cache(maxsize=512)
def _first_week(year: int, week_start: int) -> int:
    """Return the first day of a year's week 1: the first with four days in the year."""
    return _week_of(_first(year) + 3, week_start)
