"""Writing one session as a calendar file (RFC 5545), for attachments and downloads."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from icalendar import Calendar, Event, vCalAddress, vText

PRODUCT = "-//Practice site//Scheduling//EN"


class Method(StrEnum):
    """What the calendar program is to do with it (RFC 5546, section 1.4)."""

    PUBLISH = "PUBLISH"
    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


@dataclass(frozen=True, slots=True)
class SessionEvent:
    """A session as calendars know it. All instants are aware; they are written in UTC.

    `uid` stays the same for good, and `sequence` rises with each change, so that calendar programs
    replace what they have instead of adding to it. `organizer` and `attendee` are mail addresses;
    both are needed for REQUEST and CANCEL between people, neither for a file that is only saved.
    """

    uid: str
    sequence: int
    stamp: dt.datetime
    starts_at: dt.datetime
    ends_at: dt.datetime
    summary: str
    location: str = ""
    description: str = ""
    organizer: str = ""
    attendee: str = ""


def write_calendar(session: SessionEvent, method: Method) -> bytes:
    """Return the calendar file that does `method` with `session`."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method.value)
    event = Event()
    event.add("uid", session.uid)
    event.add("sequence", session.sequence)
    event.add("dtstamp", session.stamp.astimezone(dt.UTC))
    event.add("dtstart", session.starts_at.astimezone(dt.UTC))
    event.add("dtend", session.ends_at.astimezone(dt.UTC))
    event.add("summary", session.summary)
    for name in ("location", "description"):
        if text := getattr(session, name):
            event.add(name, text)
    event.add("status", "CANCELLED" if method is Method.CANCEL else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if method is Method.CANCEL else "OPAQUE")
    event.add("class", "PRIVATE")
    if session.organizer:
        event.add("organizer", vCalAddress(f"mailto:{session.organizer}"))
    if session.attendee:
        attendee = vCalAddress(f"mailto:{session.attendee}")
        attendee.params["RSVP"] = vText("FALSE")
        attendee.params["PARTSTAT"] = vText("ACCEPTED")
        event.add("attendee", attendee)
    calendar.add_component(event)
    return calendar.to_ical()
