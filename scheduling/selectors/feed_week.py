"""The coming days as a calendar gives them, beside what clients find free."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from scheduling import domain
from scheduling.models import CalendarFeed

DAYS = 7


class DayPicture(NamedTuple):
    """A local day of the therapist: what the calendar takes (or opens), what can be booked."""

    day: str
    given: list[str]
    free: list[str]


def week_of(feed: CalendarFeed, *, now: dt.datetime) -> list[DayPicture]:
    """Return the seven days from the therapist's today on, in words.

    What is free is what search offers, by all of the therapist's calendars, hours and bookings
    together. Times touching each other are one.
    """
    zone = feed.therapist.zone
    today = now.astimezone(zone).date()
    days = [today + dt.timedelta(days=offset) for offset in range(DAYS)]
    week = domain.Interval(
        domain.local_day(days[0], zone).start, domain.local_day(days[-1], zone).end
    )
    times = feed.open_times if feed.role == CalendarFeed.Role.OPEN else feed.busy_times
    given, free = _merged(times, week), _merged(feed.therapist.openings, week)
    return [
        DayPicture(domain.short_day_words(day), _on(day, given, zone), _on(day, free, zone))
        for day in days
    ]


def _merged(rows: Any, week: domain.Interval) -> tuple[domain.Interval, ...]:
    spans = rows.filter(starts_at__lt=week.end, ends_at__gt=week.start)
    return domain.merge(
        domain.Interval(start, end) for start, end in spans.values_list("starts_at", "ends_at")
    )


def _on(day: dt.date, intervals: Iterable[domain.Interval], zone: ZoneInfo) -> list[str]:
    whole = domain.local_day(day, zone)
    return [
        "all day"
        if part == whole
        else f"{domain.clock_words(part.start, zone)} to {domain.clock_words(part.end, zone)}"
        for part in domain.clip(intervals, whole)
    ]
