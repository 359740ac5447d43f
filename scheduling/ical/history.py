"""Telling, without reading it, that a component is over and done with.

A calendar that is years old is mostly history. A component is left aside where its lines prove
that it ended before the window: anything unusual in them and it is read like all others.
"""

import re

from .properties import unfold
from .span import Window
from .values import DAY, day_of, local_seconds, parse_duration

__all__ = ["is_over", "last_day_before"]

_LINES = re.compile(rb"\n(DTSTART|DTEND|DURATION|RRULE|RDATE)\b([^\n]*)", re.IGNORECASE)
_DAY = re.compile(rb"[^\n]*?:(\d{8})(?:T\d{6}Z?)?[ \t]*", re.ASCII)
_UNTIL = re.compile(rb"[^\n]*?[:;]UNTIL=(\d{8})(?:T\d{6}Z?)?(?:;[^\n]*)?", re.ASCII)
# Zones differ by a day at most, and a day that is cut off has another one's length to go.
_MARGIN = 3 * DAY


def last_day_before(window: Window) -> bytes:
    """Return the day, as calendars write it, before which everything is over for the window."""
    return day_of((window.start - _MARGIN) // DAY).strftime("%Y%m%d").zfill(8).encode()


def is_over(raw: bytes, before: bytes) -> bool:
    """Say whether a component's lines prove that all its time lies before the day `before`."""
    found: dict[bytes, bytes] = {}
    for name, rest in _LINES.findall(unfold(raw)):
        if name.upper() in found:
            return False
        found[name.upper()] = rest
    if b"DTSTART" not in found or b"RDATE" in found:
        return False
    start = _day(found[b"DTSTART"])
    end = _day(found[b"DTEND"]) if b"DTEND" in found else start
    if start is None or end is None or max(start, end) >= before:
        return False
    if b"RRULE" not in found and b"DURATION" not in found:
        return True
    return _last_day(found, start, end) < before


def _day(rest: bytes) -> bytes | None:
    day = _DAY.fullmatch(rest)
    return day[1] if day else None


def _last_day(found: dict[bytes, bytes], start: bytes, end: bytes) -> bytes:
    """Return the last day that a component can touch; one after all others where that is open."""
    never = b"99999999"
    until = _UNTIL.fullmatch(found[b"RRULE"]) if b"RRULE" in found else None
    if b"RRULE" in found and until is None:
        return never
    try:
        first, last = _seconds(start), _seconds(max(start, end))
        length = max(0, last - first) + _length(found.get(b"DURATION"))
        latest = max(first, _seconds(until[1]) if until else first) + length
        return day_of(latest // DAY).strftime("%Y%m%d").zfill(8).encode()
    except (ValueError, OverflowError):
        return never


def _seconds(day: bytes) -> int:
    return local_seconds(int(day[:4]), int(day[4:6]), int(day[6:]))


def _length(rest: bytes | None) -> int:
    if rest is None:
        return 0
    days, seconds = parse_duration(rest.rpartition(b":")[2].decode())
    return max(0, days * DAY + seconds) + DAY
