"""A practice of any size to measure with: the same records for the same numbers, none of them real.

What therapists do stands here in plain values, so that another program can be given the same.
"""

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

__all__ = ["DAYS", "NOW", "OFFICES", "TOPICS", "ZONE", "Week", "busy_times", "week_of"]

ZONE = ZoneInfo("America/Chicago")
# Sixty days from here include March 14, 2027, when the clocks go forward.
NOW = dt.datetime(2027, 2, 10, 18, 0, tzinfo=dt.UTC)
DAYS = 60
TOPICS = 8
OFFICES = 10


@dataclass(frozen=True)
class Week:
    """When and where a therapist works, and what with."""

    weekdays: tuple[int, ...]
    starts: dt.time
    ends: dt.time
    office: int
    topics: tuple[int, ...]
    is_licensed_elsewhere: bool


def week_of(number: int) -> Week:
    """Return the week of therapist `number`: four days of eight hours, some into the evening."""
    rng = random.Random(number)
    starts = rng.choice([8, 9, 10, 12, 13])
    return Week(
        weekdays=tuple(sorted(rng.sample(range(5), 4))),
        starts=dt.time(starts),
        ends=dt.time(starts + 8),
        office=number % OFFICES,
        topics=tuple(rng.sample(range(TOPICS), 2)),
        is_licensed_elsewhere=number % 3 == 0,
    )


def busy_times(number: int) -> Iterator[tuple[dt.date, dt.time, dt.time]]:
    """Give the hours that the calendar of therapist `number` takes: about two thirds of them."""
    rng = random.Random(number + 1_000_000)
    week = week_of(number)
    today = NOW.astimezone(ZONE).date()
    for date in (today + dt.timedelta(days=offset) for offset in range(DAYS + 2)):
        if date.weekday() in week.weekdays:
            for hour in range(week.starts.hour, week.ends.hour):
                if rng.random() < 0.65:
                    yield date, dt.time(hour), dt.time(hour, rng.choice([45, 50, 59]))
