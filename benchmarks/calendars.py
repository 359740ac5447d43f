"""Calendars of any size to measure with: sessions, meetings and holidays, none of them real."""

import datetime as dt
import random
from collections.abc import Iterator

__all__ = ["odd_feed", "plain_feed"]

_HEAD = (
    "BEGIN:VCALENDAR\r\nPRODID:-//Sample//Calendar 1.0//EN\r\nVERSION:2.0\r\nCALSCALE:GREGORIAN\r\n"
    "METHOD:PUBLISH\r\nX-WR-CALNAME:Sample\r\nX-WR-TIMEZONE:America/Chicago\r\n"
)
_ZONE = (
    "BEGIN:VTIMEZONE\r\nTZID:America/Chicago\r\nBEGIN:DAYLIGHT\r\nTZOFFSETFROM:-0600\r\n"
    "TZOFFSETTO:-0500\r\nTZNAME:CDT\r\nDTSTART:19700308T020000\r\n"
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU\r\nEND:DAYLIGHT\r\nBEGIN:STANDARD\r\n"
    "TZOFFSETFROM:-0500\r\nTZOFFSETTO:-0600\r\nTZNAME:CST\r\nDTSTART:19701101T020000\r\n"
    "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
)
_FILL = "Sample text to fill a description the way conferencing add-ons do. "


def plain_feed(events: int, today: dt.date, *, live: float = 0.06, stamp: str = "A") -> bytes:
    """Return a feed of eight years; `live` of the events are weekly or daily series that go on.

    `stamp` stands for the moment of the export: another one changes every DTSTAMP.
    """
    rng = random.Random(events)
    return _feed(_plain(rng, number, today, live) for number in range(events)).replace(
        b"DTSTAMP:?", b"DTSTAMP:" + _stamp(stamp)
    )


def odd_feed(events: int, today: dt.date, *, live: float = 0.06, stamp: str = "A") -> bytes:
    """Return a feed of eight years whose series count, or go by months and stranger rules."""
    rng = random.Random(events + 1)
    return _feed(_odd(rng, number, today, live) for number in range(events)).replace(
        b"DTSTAMP:?", b"DTSTAMP:" + _stamp(stamp)
    )


def _stamp(text: str) -> bytes:
    return f"202601{ord(text[0]) % 28 + 1:02}T{ord(text[-1]) % 24:02}0000Z".encode()


def _feed(events: Iterator[str]) -> bytes:
    return f"{_HEAD}{_ZONE}{''.join(events)}END:VCALENDAR\r\n".encode()


def _plain(rng: random.Random, number: int, today: dt.date, live: float) -> str:
    if rng.random() < live:
        start = today - dt.timedelta(days=rng.randrange(30, 2900))
        rule = rng.choice(
            ["FREQ=WEEKLY", "FREQ=WEEKLY;INTERVAL=2", "FREQ=WEEKLY;BYDAY=TU,TH", "FREQ=DAILY"]
        )
        return _event(rng, number, start, f"RRULE:{rule}\r\n")
    return _past(rng, number, today)


def _odd(rng: random.Random, number: int, today: dt.date, live: float) -> str:
    if rng.random() < live:
        start = today - dt.timedelta(days=rng.randrange(30, 1400))
        rule = rng.choice(
            [
                "FREQ=MONTHLY;BYDAY=2TU",
                "FREQ=MONTHLY;BYMONTHDAY=-1",
                "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
                "FREQ=WEEKLY;COUNT=300;BYDAY=MO,WE",
                "FREQ=DAILY;COUNT=1500",
                "FREQ=YEARLY;BYMONTH=1,4,7,10;BYDAY=1MO",
            ]
        )
        return _event(rng, number, start, f"RRULE:{rule}\r\n")
    return _past(rng, number, today)


def _past(rng: random.Random, number: int, today: dt.date) -> str:
    start = today - dt.timedelta(days=rng.randrange(40, 2900))
    if rng.random() < 0.15:
        until = start + dt.timedelta(days=rng.randrange(0, 35))
        return _event(rng, number, start, f"RRULE:FREQ=WEEKLY;UNTIL={until:%Y%m%d}T235959Z\r\n")
    return _event(rng, number, start, "")


def _event(rng: random.Random, number: int, day: dt.date, rule: str) -> str:
    hour, minute = rng.randrange(8, 19), rng.choice([0, 15, 30, 45])
    text = "\r\n ".join([_FILL * 1] * rng.randrange(3, 9))
    return (
        f"BEGIN:VEVENT\r\nDTSTART;TZID=America/Chicago:{day:%Y%m%d}T{hour:02}{minute:02}00\r\n"
        f"DTEND;TZID=America/Chicago:{day:%Y%m%d}T{hour + 1:02}{minute:02}00\r\n{rule}"
        f"DTSTAMP:?\r\nUID:sample{number:06}@example.org\r\nCREATED:20180101T120000Z\r\n"
        f"DESCRIPTION:{text}\r\nLAST-MODIFIED:20240101T120000Z\r\n"
        "ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;CN=Sample\r\n"
        "  Person;X-NUM-GUESTS=0:mailto:sample.person@example.org\r\n"
        "ORGANIZER;CN=Sample Practice:mailto:practice@example.org\r\n"
        "LOCATION:Sample office\\, second floor\r\nSEQUENCE:0\r\nSTATUS:CONFIRMED\r\n"
        f"SUMMARY:Sample entry {number}\r\nTRANSP:OPAQUE\r\nBEGIN:VALARM\r\nACTION:DISPLAY\r\n"
        "DESCRIPTION:This is an event reminder\r\nTRIGGER:-P0DT0H10M0S\r\nEND:VALARM\r\n"
        "END:VEVENT\r\n"
    )
