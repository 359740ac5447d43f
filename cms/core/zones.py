"""The time zones that staff choose from, and instants as staff read them."""

import datetime as dt
from collections.abc import Iterable

from django import forms
from django.utils import timezone
from django.utils.formats import date_format

# The zones of the United States, as people there call them.
US_ZONES = {
    "America/New_York": "Eastern (New York)",
    "America/Chicago": "Central (Chicago)",
    "America/Denver": "Mountain (Denver)",
    "America/Phoenix": "Mountain without daylight saving (Phoenix)",
    "America/Los_Angeles": "Pacific (Los Angeles)",
    "America/Anchorage": "Alaska (Anchorage)",
    "Pacific/Honolulu": "Hawaii (Honolulu)",
}


def local_time(instant: dt.datetime) -> str:
    """Return an instant in the reader's zone: "Tue, Jan 5, 2027, 9:00 a.m. CST"."""
    return date_format(timezone.localtime(instant), "D, M j, Y, g:i a T")


def practice_day(instant: dt.datetime) -> dt.date:
    """Return the date of an instant in the practice's zone, whichever zone its reader chose."""
    return timezone.localdate(instant, timezone.get_default_timezone())


def local_stretch(start: dt.datetime, end: dt.datetime) -> str:
    """Return a time in the reader's zone: "Tue, Jan 5, 2027, 9:00 a.m. to 10:00 a.m. CST"."""
    first, last = timezone.localtime(start), timezone.localtime(end)
    until = "g:i a T" if first.date() == last.date() else "D, M j, Y, g:i a T"
    return f"{date_format(first, 'D, M j, Y, g:i a')} to {date_format(last, until)}"


class TimeZoneSelect(forms.Select):
    """A list of zones by their everyday names. A zone that was set otherwise stays selectable."""

    def __init__(self) -> None:
        super().__init__(choices=US_ZONES.items())

    def optgroups(self, name: str, value: list[str], attrs: dict | None = None) -> list:
        """Add the stored zone where it is not in the list."""
        others: Iterable[tuple[str, str]] = ((zone, zone) for zone in value if zone not in US_ZONES)
        self.choices = [*US_ZONES.items(), *((zone, label) for zone, label in others if zone)]
        return super().optgroups(name, value, attrs)
