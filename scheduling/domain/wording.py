"""Instants and days as people read them: "Tuesday, January 5", "9:00 AM", "Central Time"."""

import datetime as dt
from zoneinfo import ZoneInfo

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip

# How the zones of the United States are called when nothing hangs on summer or winter.
_ZONE_NAMES = {
    "America/New_York": "Eastern Time",
    "America/Detroit": "Eastern Time",
    "America/Indiana/Indianapolis": "Eastern Time",
    "America/Chicago": "Central Time",
    "America/Denver": "Mountain Time",
    "America/Phoenix": "Mountain Time",
    "America/Los_Angeles": "Pacific Time",
    "America/Anchorage": "Alaska Time",
    "Pacific/Honolulu": "Hawaii Time",
}


def day_words(date: dt.date) -> str:
    """Return `date` as "Tuesday, January 5"."""
    return f"{_WEEKDAYS[date.weekday()]}, {_MONTHS[date.month - 1]} {date.day}"


def short_day_words(date: dt.date) -> str:
    """Return `date` as "Tue, Jan 5"."""
    return f"{_WEEKDAYS[date.weekday()][:3]}, {_MONTHS[date.month - 1][:3]} {date.day}"


def month_words(date: dt.date) -> str:
    """Return the month of `date` as "January 2027"."""
    return f"{_MONTHS[date.month - 1]} {date.year}"


def clock_words(moment: dt.datetime, zone: ZoneInfo) -> str:
    """Return what the clock in `zone` shows at `moment` (aware): "9:00 AM"."""
    wall = moment.astimezone(zone)
    return f"{wall.hour % 12 or 12}:{wall.minute:02} {'AM' if wall.hour < 12 else 'PM'}"


def zone_words(zone: ZoneInfo, moment: dt.datetime) -> str:
    """Return what people call `zone`; its abbreviation at `moment` where that is not known."""
    return _ZONE_NAMES.get(zone.key) or moment.astimezone(zone).tzname() or zone.key


def moment_words(moment: dt.datetime, zone: ZoneInfo) -> str:
    """Return `moment` (aware) as "Tuesday, January 5, 9:00 AM Central Time"."""
    date = moment.astimezone(zone).date()
    return f"{day_words(date)}, {clock_words(moment, zone)} {zone_words(zone, moment)}"


def clocks_differ(moment: dt.datetime, one: ZoneInfo, other: ZoneInfo) -> bool:
    """Return whether clocks in the two zones show different times at `moment` (aware)."""
    return moment.astimezone(one).utcoffset() != moment.astimezone(other).utcoffset()


def part_of_day(moment: dt.datetime, zone: ZoneInfo) -> str:
    """Return "Morning", "Afternoon" (from noon) or "Evening" (from 5 PM) in `zone`."""
    hour = moment.astimezone(zone).hour
    if hour < 12:
        return "Morning"
    return "Afternoon" if hour < 17 else "Evening"
