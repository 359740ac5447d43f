"""Writing sessions as calendar files (RFC 5545): one to attach, or all of them to subscribe to."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from icalendar import Calendar, Event, vCalAddress, vDuration, vText

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
    both are needed for REQUEST and CANCEL between people, neither for a file that is only saved. A
    tentative session takes its time, but may yet be declined.
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
    is_tentative: bool = False


def write_calendar(sessions: Iterable[SessionEvent], method: Method) -> bytes:
    """Return the calendar file that does `method` with `sessions`.

    To be saved (PUBLISH) it may hold several. A request or a withdrawal is about one event alone:
    there all events must have the same UID (RFC 5546, sections 3.2.2 and 3.2.5).
    """
    calendar = _calendar(method)
    for session in sessions:
        calendar.add_component(_event(session, is_cancelled=method is Method.CANCEL))
    return calendar.to_ical()


def write_subscription(
    sessions: Iterable[SessionEvent], *, name: str, refresh: dt.timedelta
) -> bytes:
    """Return a calendar to subscribe to, which is to be called `name` and asked for each `refresh`.

    That is said twice: as RFC 7986, section 5.7, says it, and as Outlook reads it.
    """
    calendar = _calendar(Method.PUBLISH)
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", vDuration(refresh), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(refresh))
    for session in sessions:
        calendar.add_component(_event(session))
    return calendar.to_ical()


def _calendar(method: Method) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method.value)
    return calendar


def _event(session: SessionEvent, *, is_cancelled: bool = False) -> Event:
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
    status = "TENTATIVE" if session.is_tentative else "CONFIRMED"
    event.add("status", "CANCELLED" if is_cancelled else status)
    event.add("transp", "TRANSPARENT" if is_cancelled else "OPAQUE")
    event.add("class", "PRIVATE")
    if session.organizer:
        event.add("organizer", vCalAddress(f"mailto:{session.organizer}"))
    if session.attendee:
        event.add("attendee", _attendee(session.attendee))
    return event


def _attendee(address: str) -> vCalAddress:
    attendee = vCalAddress(f"mailto:{address}")
    attendee.params["RSVP"] = vText("FALSE")
    attendee.params["PARTSTAT"] = vText("ACCEPTED")
    return attendee
