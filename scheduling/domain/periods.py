"""Stretches of days that people name: today, next week."""

import datetime as dt
from typing import NamedTuple

from .week import DAYS, first_of_week


class Period(NamedTuple):
    """Local days from `first` to `last`, the last one included, and what they are called."""

    name: str
    first: dt.date
    last: dt.date


def periods_from(today: dt.date) -> tuple[Period, ...]:
    """Return the periods that begin on `today` or soon after. Weeks begin on Monday."""
    tomorrow = today + dt.timedelta(days=1)
    monday = first_of_week(today) + dt.timedelta(days=DAYS)
    return (
        Period("today", today, today),
        Period("tomorrow", tomorrow, tomorrow),
        Period("the rest of this week", today, monday - dt.timedelta(days=1)),
        Period("next week", monday, monday + dt.timedelta(days=DAYS - 1)),
    )
