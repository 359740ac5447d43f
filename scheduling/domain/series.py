"""The dates of a weekly or fortnightly series."""

import datetime as dt
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from .intervals import at_local


def series_starts(
    first: dt.datetime, *, weeks: int, count: int, zone: ZoneInfo
) -> tuple[dt.datetime, ...]:
    """Return `count` starts (UTC), the first one `first` (aware), every `weeks` weeks.

    They are at the same time of day by the clock of `zone`, also after it changes; where a change
    skips that time, as far after it (RFC 5545, section 3.3.5).
    """
    wall = first.astimezone(zone)
    step = dt.timedelta(weeks=weeks)
    return tuple(
        at_local(wall.date() + number * step, wall.time(), zone) if number else first
        for number in range(count)
    )


def one_a_day(starts: Iterable[dt.datetime], zone: ZoneInfo) -> tuple[dt.datetime, ...]:
    """Return `starts` in order, of each local day in `zone` only the first one given.

    So the sessions of a series never stand in each other's way, whatever was asked for.
    """
    by_day: dict[dt.date, dt.datetime] = {}
    for start in starts:
        by_day.setdefault(start.astimezone(zone).date(), start)
    return tuple(sorted(by_day.values()))
