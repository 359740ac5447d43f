"""VFREEBUSY (RFC 5545, section 3.6.4): time that a calendar gives as taken, without events."""

from collections.abc import Iterable, Iterator

from .calendars import Calendar, Doubt
from .lengths import Length
from .properties import Property
from .span import Span, Window
from .values import parse_duration

__all__ = ["periods_of"]

_MOST_PERIODS = 50_000


def periods_of(
    properties: Iterable[Property], calendar: Calendar, window: Window, doubt: Doubt
) -> Iterator[Span]:
    """Give the taken time in the window. All kinds but FREE are taken, unknown ones too."""
    seen = 0
    for each in properties:
        if each.name != "FREEBUSY" or each.parameters.get("FBTYPE", "").upper() == "FREE":
            continue
        for text in each.value.split(",", _MOST_PERIODS):
            seen += 1
            if seen > _MOST_PERIODS:
                doubt("recurrence_capped", "A list of taken times is too long to follow.", "")
                yield Span(*window)
                return
            try:
                start, end = _period(text, each, calendar)
            except ValueError:
                doubt("bad_freebusy", "A time that is taken could not be read.", each.name)
                continue
            start, end = max(start, window.start), min(end, window.end)
            if start < end:
                yield Span(start, end)


def _period(text: str, each: Property, calendar: Calendar) -> tuple[int, int]:
    first, slash, rest = text.strip().partition("/")
    if not slash:
        raise ValueError("not a period")
    start = calendar.moment(each, first)
    if rest[:1].upper() in ("P", "+", "-"):
        return start.utc, Length(*parse_duration(rest)).end(start)
    return start.utc, calendar.moment(each, rest, beside=start.zone).utc
