"""How long an event lasts (RFC 5545, sections 3.6.1 and 3.3.6)."""

from typing import NamedTuple

from .calendars import Moment
from .context import Context
from .properties import Property
from .values import DAY, parse_duration

__all__ = ["Length", "read_length", "rest_of_day"]


class Length(NamedTuple):
    """How long something lasts: nominal days, then exact seconds."""

    days: int
    seconds: int

    def end(self, start: Moment) -> int:
        """Return, in UTC seconds, when something that begins at `start` ends."""
        if not self.days:
            return start.utc + self.seconds
        return start.zone.to_utc(start.local + self.days * DAY) + self.seconds

    @property
    def reach(self) -> int:
        """The most seconds it can last."""
        return self.days * DAY + self.seconds + 2 * 3600


def read_length(single: dict[str, Property], start: Moment, context: Context) -> Length | None:
    """Return how long an event lasts (RFC 5545, section 3.6.1), 0 where that is no time at all.

    `None` where it has an end that cannot be read.
    """
    names = [name for name in ("DTEND", "DURATION") if name in single]
    for name in names:
        try:
            length = _LENGTH[name](single[name], start, context)
        except ValueError:
            continue
        if length.days * DAY + length.seconds < 0:
            context.doubt("end_before_start", "An event ends before it starts.", name)
            return Length(0, 0)
        return length
    if names:
        message = "The end of an event could not be read; the rest of its day counts as taken."
        context.doubt("bad_event", message, names[0])
        return None
    return Length(1, 0) if start.is_date else Length(0, 0)


def rest_of_day(start: Moment) -> Length:
    """Return the time from `start` to the next local midnight."""
    if start.is_date:
        return Length(1, 0)
    midnight = start.local - start.local % DAY + DAY
    return Length(0, start.zone.to_utc(midnight) - start.utc)


def _until_end(each: Property, start: Moment, context: Context) -> Length:
    end = context.calendar.moment(each, beside=None if start.is_date else start.zone)
    if start.is_date and end.is_date:
        days = (end.local - start.local) // DAY
        if days == 0:
            context.doubt(
                "zero_length", "A day ends when it begins; it counts as one day.", "DTEND"
            )
        return Length(days or 1, 0)
    if end.is_date and end.local // DAY == start.local // DAY:
        return rest_of_day(start)
    if start.is_date and end.utc == start.utc:
        return Length(1, 0)
    return Length(0, end.utc - start.utc)


def _for_duration(each: Property, start: Moment, _context: Context) -> Length:
    duration = parse_duration(each.value)
    if start.is_date and not duration.is_negative:
        return Length(max(1, duration.days - -duration.seconds // DAY), 0)
    return Length(duration.days, duration.seconds)


_LENGTH = {"DTEND": _until_end, "DURATION": _for_duration}
