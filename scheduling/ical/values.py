"""The value types of RFC 5545 that carry time: dates, date-times, durations, UTC offsets.

Times are whole seconds: **local** seconds count wall time since 1970-01-01T00:00 as if every day
had 86,400 of them, **UTC** seconds are instants. Both reach from the year 1 to 9999 and beyond
without overflow, which `datetime` does not.
"""

import datetime as dt
import re
from functools import lru_cache
from typing import NamedTuple

__all__ = [
    "DAY",
    "FIRST_DAY",
    "LAST_DAY",
    "Duration",
    "Stamp",
    "day_of",
    "local_seconds",
    "parse_duration",
    "parse_offset",
    "parse_stamp",
]

DAY = 86_400
EPOCH = dt.date(1970, 1, 1).toordinal()
FIRST_DAY, LAST_DAY = 1 - EPOCH, dt.date.max.toordinal() - EPOCH

_STAMP = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)"
    r"(?:[T ](\d\d):?(\d\d)(?::?(\d\d)(?:[.,]\d+)?)?\s*(Z|[+-]\d\d:?\d\d)?)?(Z?)",
    re.ASCII | re.IGNORECASE,
)
_USUAL_LENGTH = 32
_DURATION = re.compile(r"([+-]?)P((?:T?\d+[WDHMS])+)", re.ASCII)
_PART = re.compile(r"(\d+)([WDHMS])", re.ASCII)
_OFFSET = re.compile(r"([+-]?)(\d{1,2}):?(\d\d)?(?::?(\d\d))?", re.ASCII)
_UNITS = {"W": 7, "D": 1, "H": 3600, "M": 60, "S": 1}
_MOST_DIGITS = 9


class Stamp(NamedTuple):
    """A date, or a date-time, as it is written: `local` seconds and, where given, an offset.

    `offset` is the distance from UTC in seconds (0 for a trailing Z), `None` where the value
    leaves its zone to a parameter. `odd` marks a form that RFC 5545 does not know.
    """

    local: int
    is_date: bool
    offset: int | None = None
    odd: bool = False


class Duration(NamedTuple):
    """A length in two parts: nominal days, then exact seconds (RFC 5545, section 3.3.6)."""

    days: int
    seconds: int

    @property
    def is_negative(self) -> bool:
        """Say whether the whole points into the past."""
        return self.days * DAY + self.seconds < 0


def local_seconds(year: int, month: int, day: int) -> int:
    """Return the local seconds of a day's midnight; raise `ValueError` for no such date."""
    return (dt.date(year, month, day).toordinal() - EPOCH) * DAY


def day_of(days: int) -> dt.date:
    """Return the date that is so many days after 1970-01-01."""
    return dt.date.fromordinal(days + EPOCH)


def parse_stamp(text: str) -> Stamp:
    """Read a DATE or DATE-TIME, also in the extended forms of ISO 8601 that some producers write.

    Raises `ValueError` where it names no day and time. Leap seconds become the second before
    (section 3.3.12); a 24:00 is the next midnight.
    """
    text = text.strip()
    return _remembered_stamp(text) if len(text) <= _USUAL_LENGTH else _stamp_of(text)


def _stamp_of(text: str) -> Stamp:
    found = _STAMP.fullmatch(text)
    if found is None:
        raise ValueError("not a date or a time")
    year, month, day, hour, minute, second, offset, stray_z = found.groups()
    midnight = local_seconds(int(year), int(month), int(day))
    if hour is None:
        return Stamp(midnight, is_date=True, odd=bool(stray_z))
    clock = int(hour) * 3600 + int(minute) * 60 + min(int(second or 0), 59)
    if clock > DAY or int(minute) > 59 or int(second or 0) > 60:
        raise ValueError("no such time of day")
    odd = second is None or len(text) > 16
    return Stamp(midnight + clock, is_date=False, offset=_offset_of(offset), odd=odd)


# Lists of dates repeat one another, and a hostile one repeats a single date.
_remembered_stamp = lru_cache(maxsize=4096)(_stamp_of)


def _offset_of(text: str | None) -> int | None:
    if text is None:
        return None
    return 0 if text in "Zz" else parse_offset(text)


def parse_duration(text: str) -> Duration:
    """Read a DURATION; raise `ValueError` where it is none. A sign holds for the whole."""
    found = _DURATION.fullmatch("".join(text.split()).upper())
    if found is None:
        raise ValueError("not a duration")
    sum_of = {True: 0, False: 0}
    for number, unit in _PART.findall(found[2]):
        # More digits than that are longer than any calendar, and cost time to read.
        most = 10**_MOST_DIGITS
        sum_of[unit in "WD"] += _UNITS[unit] * (min(int(number[:20]), most))
    sign = -1 if found[1] == "-" else 1
    return Duration(sign * sum_of[True], sign * sum_of[False])


def parse_offset(text: str) -> int:
    """Read a UTC-OFFSET as seconds east of Greenwich; raise `ValueError` for a day or more."""
    found = _OFFSET.fullmatch(text.strip())
    if found is None:
        raise ValueError("not an offset from UTC")
    hours, minutes, seconds = (int(part or 0) for part in found.groups()[1:])
    total = hours * 3600 + minutes * 60 + seconds
    if total >= DAY or minutes > 59 or seconds > 59:
        raise ValueError("an offset of a day or more")
    return -total if found[1] == "-" else total
