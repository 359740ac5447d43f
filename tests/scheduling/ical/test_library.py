"""The reader against icalendar and recurring-ical-events, UID by UID, on every file.

Where the two differ the reason stands here: the rule of reading that the libraries do not follow.
Files, or single UIDs, that the libraries cannot read at all are what the reader is for.
"""

import datetime as dt
import re
import signal
import warnings
from zoneinfo import ZoneInfo

import pytest
import recurring_ical_events
from icalendar import Calendar
from icalendar.timezone import tzp

from scheduling.ical import read_calendar

from .corpus import OWN, SHARED, cases

READABLE = [
    case
    for folder in (SHARED, OWN)
    for case in cases(folder)
    if case.entry["outcome"] != "reject"
    and not case.id.startswith(("evil", "hostile", "open"))
    and b"\0" not in case.data
]
SECONDS = 5

# What the libraries read otherwise, and why that is not what the calendar means.
OTHERWISE = {
    "allday-dtend-same-day": "a day that ends when it begins is one day",
    "allday-tzid-on-date": "whole days are days of the feed's zone, whatever TZID they carry",
    "availability-takes-the-rest": "VAVAILABILITY takes time",
    "declined-by-the-owner": "what the owner declined is free",
    "duplicate-masters-without-sequence": "without SEQUENCE all masters of a UID take time",
    "duration-nominal-and-exact": "PT24H is 24 hours also over a change of the clocks",
    "duration-zero-and-negative": "an end before the start is no time, not a swapped one",
    "exdate-count-moved-negative-override": "an end before the start is no time, not a swapped one",
    "negative-duration": "an end before the start is no time, not a swapped one",
    "outlook-owa2012-display-names": "what Windows shows to people names a zone",
    "override-exdate-also": "an override wins over an EXDATE of the same occurrence",
    "rdate-lotus-thisandfuture-khal": "an override alone stands for itself, RDATE included",
    "rdate-day-of-a-timed-event": "a day added to a timed event is that whole day",
    "recur-repeated-hour": "lengths are exact within the hour that comes twice",
    "recur-skipped-hour": "lengths are exact within the hour that is skipped",
    "text-folded-within-a-letter": "a zone's name may be folded within a letter",
    "travel-time-of-apple": "the way to an event takes time",
    "until-before-the-start": "a start is an occurrence even where the rule has ended",
    "until-date-keeps-the-evening": "UNTIL as a date includes that local day",
    "until-local-newyork": "UNTIL without a zone is a time of the start's zone",
    "until-offset-tzid-music-school": "a TZID may be a plain distance from UTC",
    "xwr-custom-vtimezone-without-tzname": "a VTIMEZONE needs no TZNAME to be one",
    "zone-names-of-windows-and-vendors": "IANA names in any case, and cities that Windows shows",
    "zone-that-is-only-an-offset": "a TZID may be a plain distance from UTC",
}


class TooLongError(BaseException):
    """The libraries did not come to an end. Not an Exception: they would swallow it."""


def split(data: bytes) -> dict[str, bytes]:
    """Return, for each UID, a calendar with its events and all that is no event."""
    text = data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    event = re.compile(rb"^BEGIN:VEVENT\n.*?^END:VEVENT\n", re.M | re.S | re.I)
    frame = event.sub(b"", text)
    at = frame.upper().rindex(b"END:VCALENDAR")
    groups: dict[str, bytes] = {}
    for number, each in enumerate(event.findall(text)):
        uid = re.search(rb"^UID:(.*(?:\n .*)*)", each, re.M)
        key = uid[1].decode("latin-1") if uid else str(number)
        groups[key] = groups.get(key, b"") + each
    return {uid: frame[:at] + group + frame[at:] for uid, group in groups.items()}


def by_the_libraries(data, window, zone):
    """Return merged busy time as the libraries expand it; None where they cannot, or will not."""
    tzp.use_zoneinfo()
    signal.signal(signal.SIGALRM, _stop)
    signal.alarm(SECONDS)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = [
                (instant_of(event.start, zone), instant_of(event.end, zone))
                for calendar in Calendar.from_ical(data, multiple=True)
                for event in recurring_ical_events.of(calendar).between(*window)
                if is_busy(event)
            ]
    except (Exception, TooLongError):
        return None
    finally:
        signal.alarm(0)
    return merged(found, window)


def _stop(*_):
    raise TooLongError


def instant_of(moment, zone):
    if not isinstance(moment, dt.datetime):
        moment = dt.datetime.combine(moment, dt.time())
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(dt.UTC)


def is_busy(event):
    status = str(event.get("X-MICROSOFT-CDO-BUSYSTATUS", "")).upper()
    if str(event.get("STATUS", "")).upper() == "CANCELLED" or status == "FREE":
        return False
    is_transparent = str(event.get("TRANSP", "")).upper() == "TRANSPARENT"
    return not is_transparent or status in {"BUSY", "OOF", "TENTATIVE", "WORKINGELSEWHERE"}


def merged(intervals, window):
    result = []
    for start, end in sorted((max(s, window[0]), min(e, window[1])) for s, e in intervals):
        if start < end and result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        elif start < end:
            result.append((start, end))
    return tuple(result)


@pytest.mark.parametrize("case", READABLE, ids=lambda case: case.id)
def test_each_uid_reads_as_the_libraries_expand_it(case):
    start, end = case.window
    differing = {}
    for uid, data in split(case.data).items():
        expected = by_the_libraries(data, case.window, ZoneInfo(case.zone))
        if expected is not None:
            found = read_calendar(data, start=start, end=end, zone=case.zone).intervals
            if found != expected:
                differing[uid] = (found, expected)
    assert bool(differing) == (case.id in OTHERWISE), differing
