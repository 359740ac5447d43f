"""Recurrence rules (RFC 5545, section 3.3.10) laid out in local seconds.

A rule is laid out period by period (year, month, week, day), and each period is reached by
arithmetic: without a COUNT nothing before the window is ever computed, so that a daily series of
1970 costs no more than one of last week. Rules finer than a day are laid out day by day. Every
step is taken from a budget; no rule, however it is written, runs longer than that.
"""

from collections.abc import Iterator
from itertools import product

from .budget import Budget
from .days import admits, days_of_month, days_of_year, week_of, weekday_of
from .rule import STEP, Frequency, Rule
from .values import DAY, FIRST_DAY, LAST_DAY, day_of

__all__ = ["occurrences"]


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
        yield from _granted(range(start + skipped * step, stop, step), budget)
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


def _granted(times: range, budget: Budget) -> Iterator[int]:
    """Give `times` as far as the budget goes, which is spent at once: each alone costs too much."""
    granted = times[: max(budget.steps, 0)]
    budget.spend(len(granted))
    yield from granted
    if len(granted) < len(times):
        budget.spend()


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
        yield {day for day in days_of_year(rule, year, origin) if FIRST_DAY <= day <= LAST_DAY}


def _months(rule: Rule, start: int, begin: int, stop: int) -> Iterator[set[int]]:
    origin, near, end = day_of(start), day_of(begin), day_of(stop)
    number = origin.year * 12 + origin.month - 1
    skipped = max(0, (near.year * 12 + near.month - 1 - number) // rule.interval)
    last = end.year * 12 + end.month - 1
    for month in range(number + skipped * rule.interval, last + 1, rule.interval):
        yield days_of_month(rule, month // 12, month % 12 + 1, origin)


def _weeks(rule: Rule, start: int, begin: int, stop: int) -> Iterator[set[int]]:
    monday = week_of(start, rule.week_start)
    step = 7 * rule.interval
    skipped = max(0, (begin - monday) // step)
    wanted = rule.weekdays or {weekday_of(start)}
    offsets = [(weekday - rule.week_start) % 7 for weekday in wanted]
    for week in range(monday + skipped * step, stop + 1, step):
        days = (week + offset for offset in offsets)
        yield {day for day in days if FIRST_DAY <= day <= LAST_DAY and admits(rule, day)}


def _days(rule: Rule, start: int, begin: int, stop: int) -> Iterator[set[int]]:
    skipped = max(0, (begin - start) // rule.interval)
    for day in range(start + skipped * rule.interval, stop + 1, rule.interval):
        fits = admits(rule, day) and (not rule.byday or weekday_of(day) in rule.weekdays)
        yield {day} if fits else set()


def _within_days(rule: Rule, start: int, begin: int, stop: int, budget: Budget) -> Iterator[int]:
    """Give the times of an hourly, minutely or secondly rule that has BY parts."""
    step = rule.interval * STEP[rule.frequency]
    for day in range(begin // DAY, min(stop // DAY, LAST_DAY) + 1):
        budget.spend()
        fits = admits(rule, day) and (not rule.byday or weekday_of(day) in rule.weekdays)
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
