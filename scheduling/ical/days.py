"""Which days of a month, a year or a week the BY parts of a rule name.

Days are counted from 1970-01-01, weekdays from Monday, 0.
"""

import datetime as dt
from functools import lru_cache

from .rule import Rule
from .values import EPOCH, LAST_DAY, day_of

__all__ = ["admits", "days_of_month", "days_of_year", "week_of", "weekday_of"]


def weekday_of(day: int) -> int:
    """Return the weekday of a day."""
    return (day + 3) % 7


def week_of(day: int, week_start: int) -> int:
    """Return the first day of the week that a day belongs to."""
    return day - (weekday_of(day) - week_start) % 7


def _first(year: int, month: int = 1) -> int:
    """Return a month's first day; that of the year 10000 too, which `datetime` does not know."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return dt.date(year, month, 1).toordinal() - EPOCH if year < 10_000 else LAST_DAY + 1


def admits(rule: Rule, day: int) -> bool:
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


def days_of_month(rule: Rule, year: int, month: int, origin: dt.date) -> set[int]:
    """Return the days that a monthly rule, or a yearly one with months, names in a month.

    `origin` is the day of the rule's start, which is meant where the rule names none.
    """
    if rule.bymonth and month not in rule.bymonth:
        return set()
    if rule.bymonthday:
        days = _by_month_day(rule, year, month)
        return days & _by_day(rule, _first(year, month), _first(year, month + 1))
    if rule.byday:
        return _by_day(rule, _first(year, month), _first(year, month + 1))
    return _numbered(_first(year, month), _first(year, month + 1), (origin.day,), rule.skip)


def days_of_year(rule: Rule, year: int, origin: dt.date) -> set[int]:
    """Return the days that a yearly rule names in a year; `origin` as for a month."""
    first, end = _first(year), _first(year + 1)
    if rule.byyearday or rule.byweekno:
        days = {day for day in range(first, end) if admits(rule, day)}
        weekdays = rule.weekdays
        if rule.byweekno and not (weekdays or rule.byyearday or rule.bymonthday):
            weekdays = frozenset({origin.weekday()})
        return {day for day in days if not weekdays or weekday_of(day) in weekdays}
    if rule.bymonth or rule.bymonthday:
        if rule.bymonth:
            return set().union(*(days_of_month(rule, year, m, origin) for m in rule.bymonth))
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
        days = range(first + (weekday - weekday_of(first)) % 7, end, 7)
        if not ordinal:
            found.update(days)
        elif abs(ordinal) <= len(days):
            found.add(days[ordinal - 1 if ordinal > 0 else ordinal])
    return found


def _in_weeks(rule: Rule, day: int) -> bool:
    """Say whether a day lies in the weeks of BYWEEKNO, as ISO 8601 counts from `week_start`."""
    week = week_of(day, rule.week_start)
    year = day_of(min(week + 3, LAST_DAY)).year
    first = _first_week(year, rule.week_start)
    number = (week - first) // 7 + 1
    weeks = (_first_week(year + 1, rule.week_start) - first) // 7
    return number in rule.byweekno or number - weeks - 1 in rule.byweekno


@lru_cache(maxsize=512)
def _first_week(year: int, week_start: int) -> int:
    """Return the first day of a year's week 1: the first with four days in the year."""
    return week_of(_first(year) + 3, week_start)
