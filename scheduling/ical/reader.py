"""Reading a calendar: from the bytes of a body to merged intervals in UTC.

What a calendar means is decided by RFC 5545, and where that is silent by the reading that frees no
time. Every component stands alone: one that cannot be understood costs no other.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal
from zoneinfo import ZoneInfo

from scheduling.domain.cells import instant, merge_spans, seconds_down, seconds_up
from scheduling.domain.intervals import as_utc

from .blocks import lay_out
from .body import Body, Options
from .errors import ReadingWarning
from .groups import group_by_uid
from .outcome import of_group, warnings_from
from .series import Window
from .zones import Iana, iana

__all__ = ["Reading", "read_calendar"]

Interval = tuple[dt.datetime, dt.datetime]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a calendar says about a window.

    `intervals` are pairs of aware UTC datetimes, half-open, merged and sorted. `places` are the
    same for each place that an open calendar names. `free_days` are whole days that the calendar
    marks as free. `refresh` is how often its producer wants it read at most.
    """

    intervals: tuple[Interval, ...]
    warnings: tuple[ReadingWarning, ...]
    places: dict[str, tuple[Interval, ...]]
    free_days: tuple[Interval, ...]
    refresh: dt.timedelta | None


def read_calendar(
    data: bytes,
    *,
    start: dt.datetime,
    end: dt.datetime,
    zone: ZoneInfo | str,
    role: Literal["busy", "open"] = "busy",
    owner: str = "",
    free_days_are_busy: bool = False,
    places: Sequence[str] = (),
) -> Reading:
    """Read the time that a calendar takes (or, with the role `open`, opens) from `start` to `end`.

    `start` and `end` are aware, `zone` is the feed's default zone. Invitations that `owner` (an
    e-mail address) declined are free; whole days marked as free are taken where
    `free_days_are_busy` says so. `places` are names to look for in an open calendar.

    Raises `CalendarError` with one of its codes `not_a_calendar`, `truncated` and `too_large`
    where the body cannot be used as a whole, and `ValueError` for a naive or empty window.
    """
    window = Window(seconds_down(as_utc(start)), seconds_up(as_utc(end)))
    if window.start >= window.end:
        raise ValueError("the window ends before it starts")
    options = Options(
        zone=iana(zone) if isinstance(zone, str) else Iana(zone),
        is_open=role == "open",
        owner=owner,
        free_days_are_busy=free_days_are_busy,
        places=tuple(places),
    )
    layout = lay_out(data)
    groups = group_by_uid(layout)
    body = Body(layout, options, window, len(groups))
    outcomes = [body.read_group(group) for group in groups]
    more, doubts = body.read_the_rest()
    doubts += body.general
    for group, outcome in zip(groups, outcomes, strict=True):
        doubts += of_group(group, outcome.remarks)
    spans = [span for outcome in outcomes for span in outcome.spans]
    clip = (as_utc(start), as_utc(end))
    return Reading(
        intervals=_intervals([*((span.start, span.end) for span in spans), *more], clip),
        warnings=warnings_from(doubts, layout.body),
        places={
            place: _intervals([(s.start, s.end) for s in spans if (s.place or "") == place], clip)
            for place in sorted({span.place or "" for span in spans})
        },
        free_days=_intervals(
            [(day.start, day.end) for outcome in outcomes for day in outcome.free_days], clip
        ),
        refresh=body.refresh,
    )


def _intervals(
    spans: Iterable[tuple[int, int]], clip: tuple[dt.datetime, dt.datetime]
) -> tuple[Interval, ...]:
    """Return spans of UTC seconds as merged intervals inside the window."""
    return tuple(
        (max(instant(start), clip[0]), min(instant(end), clip[1]))
        for start, end in merge_spans(spans)
    )
