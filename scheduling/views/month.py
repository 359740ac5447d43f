"""The days of a month, with how many times each has free."""

import calendar
import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from scheduling import domain
from scheduling.selectors.search import Day

_WEEKS = calendar.Calendar(firstweekday=calendar.SUNDAY)


class Cell(NamedTuple):
    """A day of the month; None for those of its neighbours in the first and last week."""

    date: dt.date | None
    openings: int = 0
    to_ask: int = 0


class Month(NamedTuple):
    """A month as weeks from Sunday to Saturday, and the nearest free days before and after it.

    `some_to_ask` is whether it has a day all of whose times can only be asked for.
    """

    title: str
    weeks: list[list[Cell]]
    before: Day | None
    after: Day | None
    some_to_ask: bool


def month_of(day: dt.date, days: Sequence[Day]) -> Month:
    """Return the month of `day`; `days` are all that have openings, in order."""
    openings = {each.date: (each.openings, each.to_ask) for each in days}
    weeks = [
        [
            Cell(date, *openings.get(date, (0, 0))) if date.month == day.month else Cell(None)
            for date in week
        ]
        for week in _WEEKS.monthdatescalendar(day.year, day.month)
    ]
    before = [each for each in days if _month(each) < (day.year, day.month)]
    after = [each for each in days if _month(each) > (day.year, day.month)]
    earlier = next((each for each in before if _month(each) == _month(before[-1])), None)
    later = after[0] if after else None
    some_to_ask = any(
        cell.openings and cell.openings == cell.to_ask for week in weeks for cell in week
    )
    return Month(domain.month_words(day), weeks, earlier, later, some_to_ask)


def _month(day: Day) -> tuple[int, int]:
    return day.date.year, day.date.month
