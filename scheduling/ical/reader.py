"""Reading a calendar: from the bytes of a body to merged intervals in UTC.

What a calendar means is decided by RFC 5545, and where that is silent by the reading that frees no
time. Every component stands alone: one that cannot be understood costs no other.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from zoneinfo import ZoneInfo

from scheduling.domain.cells import seconds_down, seconds_up
from scheduling.domain.intervals import as_utc

from .body import Options
from .changes import read_changes, read_whole
from .errors import ReadingWarning
from .packing import LONGEST
from .span import Window
from .summary import Interval, Summary, intervals
from .zones import iana

__all__ = ["Reading", "read_calendar"]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a calendar says about a window.

    `intervals` are pairs of aware UTC datetimes, half-open, merged and sorted. `places` are the
    same for each place that an open calendar names, "" where it names none. `free_days` are whole
    days that the calendar marks as free. `refresh` is how often its producer wants it read at
    most. `state` is what to hand to the next reading, where this one was given one.
    """

    intervals: tuple[Interval, ...]
    warnings: tuple[ReadingWarning, ...]
    places: dict[str, tuple[Interval, ...]]
    free_days: tuple[Interval, ...]
    refresh: dt.timedelta | None
    state: bytes = b""


def read_calendar(  # noqa: PLR0913 - all that a feed has to say about its reading
    data: bytes,
    *,
    start: dt.datetime,
    end: dt.datetime,
    zone: ZoneInfo | str,
    role: Literal["busy", "open"] = "busy",
    owner: str = "",
    free_days_are_busy: bool = False,
    places: Sequence[str] = (),
    own_uids: str = "",
    usual_owner: str = "",
    state: bytes | None = None,
) -> Reading:
    """Read the time that a calendar takes (or, with the role `open`, opens) from `start` to `end`.

    `start` and `end` are aware, `zone` is the feed's default zone. Invitations that `owner` (an
    e-mail address, or several with commas between them) declined are free; without one the owner is
    the address that the calendar has for its name, or else `usual_owner`. Whole days marked as free
    are taken where `free_days_are_busy` says so. `places` are names to look for in an open
    calendar.
    `own_uids` is a regular expression for the UIDs of events that are kept elsewhere already, which
    then take and open no time here.

    With a `state`, empty or from the last reading, only what changed since then is read. It holds
    times and digests, no titles; one that does not fit any more is not used.

    Raises `CalendarError` with one of its codes `not_a_calendar`, `truncated` and `too_large`
    where the body cannot be used as a whole, and `ValueError` for a window that is naive, empty or
    longer than 136 years.
    """
    start, end = as_utc(start), as_utc(end)
    if start >= end:
        raise ValueError("the window ends before it starts")
    if end - start > dt.timedelta(seconds=LONGEST):
        raise ValueError("the window is longer than a lifetime")
    name = zone if isinstance(zone, str) else zone.key
    options = Options(
        zone=iana(name),
        zone_name=name,
        is_open=role == "open",
        owner=owner,
        free_days_are_busy=free_days_are_busy,
        places=tuple(places),
        own_uids=own_uids,
        usual_owner=usual_owner,
    )
    window = Window(seconds_down(start), seconds_up(end))
    if state is None:
        return _reading(read_whole(data, options, window), b"", start, end)
    summary, remembered = read_changes(data, state, options, window)
    return _reading(summary, remembered, start, end)


def _reading(summary: Summary, state: bytes, start: dt.datetime, end: dt.datetime) -> Reading:
    return Reading(
        intervals=intervals(summary.times, start, end),
        warnings=summary.warnings,
        places={name: intervals(spans, start, end) for name, spans in summary.places.items()},
        free_days=intervals(summary.free_days, start, end),
        refresh=None if summary.refresh is None else dt.timedelta(seconds=summary.refresh),
        state=state,
    )
