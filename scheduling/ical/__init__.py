"""Calendars in the iCalendar format (RFC 5545), read into time and nothing but time."""

from .errors import CalendarError, ReadingWarning
from .reader import Reading, read_calendar

__all__ = ["CalendarError", "Reading", "ReadingWarning", "read_calendar"]
