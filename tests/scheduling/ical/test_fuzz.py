"""Made-up calendars against a reference that walks day by day, and damaged ones against nothing."""

import datetime as dt
import time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from scheduling.ical import CalendarError, read_calendar

from .corpus import OWN, SHARED, cases

ZONES = [ZoneInfo(name) for name in ("America/Chicago", "Europe/Berlin", "Asia/Kolkata", "UTC")]
DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
FIRST = dt.date(2026, 2, 20)
WINDOW = (dt.datetime(2026, 3, 1, tzinfo=dt.UTC), dt.datetime(2026, 4, 12, tzinfo=dt.UTC))


@st.composite
def series(draw):
    """Draw what an event says, as plain values."""
    return {
        "zone": draw(st.sampled_from(ZONES)),
        "first": FIRST + dt.timedelta(days=draw(st.integers(-400, 60))),
        "clock": dt.time(draw(st.integers(0, 23)), draw(st.sampled_from([0, 30]))),
        "minutes": draw(st.sampled_from([0, 15, 50, 90, 24 * 60, 30 * 60])),
        "frequency": draw(st.sampled_from(["", "DAILY", "WEEKLY", "MONTHLY"])),
        "interval": draw(st.integers(1, 4)),
        "weekdays": draw(st.sets(st.integers(0, 6), max_size=3)),
        "count": draw(st.none() | st.integers(1, 40)),
        "until": draw(st.none() | st.integers(-20, 60)),
        "left_out": draw(st.sets(st.integers(0, 12), max_size=3)),
        "moved": draw(st.dictionaries(st.integers(0, 12), st.integers(-300, 300), max_size=2)),
        "is_free": draw(st.booleans()),
    }


def occurrences_by_walking(event):
    """Give the local starts of a series: look at one day after the other."""
    found, counted = [], 0
    day = event["first"]
    last = WINDOW[1].date() + dt.timedelta(days=40)
    while day <= last:
        is_first = day == event["first"]
        if is_first or (event["frequency"] and follows(event, day)):
            beyond = event["until"] is not None and day > FIRST + dt.timedelta(event["until"])
            full = event["count"] is not None and counted >= event["count"]
            if is_first or not (beyond or full):
                found.append(day)
                counted += follows(event, day)
        day += dt.timedelta(days=1)
    return found


def follows(event, day):
    """Say whether a rule, without its end, falls on a day."""
    first = event["first"]
    if event["frequency"] == "DAILY":
        return (day - first).days % event["interval"] == 0 and allowed(event, day)
    if event["frequency"] == "WEEKLY":
        mondays = [each - dt.timedelta(days=each.weekday()) for each in (first, day)]
        weeks = (mondays[1] - mondays[0]).days // 7
        wanted = event["weekdays"] or {first.weekday()}
        return weeks % event["interval"] == 0 and day.weekday() in wanted
    months = (day.year - first.year) * 12 + day.month - first.month
    if months % event["interval"]:
        return False
    return day.weekday() in event["weekdays"] if event["weekdays"] else day.day == first.day


def allowed(event, day):
    return not event["weekdays"] or day.weekday() in event["weekdays"]


def taken_by_walking(event):
    """Give the minutes, in UTC, that an event takes in the window."""
    taken = set()
    if event["is_free"]:
        return taken
    for number, day in enumerate(occurrences_by_walking(event)):
        start = dt.datetime.combine(day, event["clock"], event["zone"])
        if number in event["moved"]:
            start = start.astimezone(dt.UTC) + dt.timedelta(minutes=event["moved"][number])
        elif number in event["left_out"]:
            continue
        start = start.astimezone(dt.UTC)
        for minute in range(event["minutes"]):
            moment = start + dt.timedelta(minutes=minute)
            if WINDOW[0] <= moment < WINDOW[1]:
                taken.add(moment)
    return taken


def written_as_calendar(events):
    """Write events the way a calendar does, overrides before their series."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0"]
    for number, event in enumerate(events):
        days = occurrences_by_walking(event)
        for at, minutes in event["moved"].items():
            if at < len(days):
                was = dt.datetime.combine(days[at], event["clock"], event["zone"])
                was = was.astimezone(dt.UTC)
                start = was + dt.timedelta(minutes=minutes)
                lines += component(event, number, [f"DTSTART:{start:%Y%m%dT%H%M%SZ}"], was)
        local = dt.datetime.combine(event["first"], event["clock"])
        name = event["zone"].key
        more = [f"DTSTART;TZID={name}:{local:%Y%m%dT%H%M%S}"]
        more += [
            f"EXDATE;TZID={name}:{dt.datetime.combine(days[at], event['clock']):%Y%m%dT%H%M%S}"
            for at in event["left_out"]
            if at < len(days)
        ]
        lines += component(event, number, [*more, *rule(event)])
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


def component(event, number, more, named=None):
    """Return the lines of one VEVENT."""
    return [
        "BEGIN:VEVENT",
        f"UID:{number}@example.org",
        *([f"RECURRENCE-ID:{named:%Y%m%dT%H%M%SZ}"] if named else []),
        *more,
        f"DURATION:PT{event['minutes']}M",
        f"TRANSP:{'TRANSPARENT' if event['is_free'] else 'OPAQUE'}",
        "END:VEVENT",
    ]


def rule(event):
    """Return the RRULE line, if there is one."""
    if not event["frequency"]:
        return []
    parts = [f"FREQ={event['frequency']}", f"INTERVAL={event['interval']}"]
    if event["weekdays"]:
        parts.append("BYDAY=" + ",".join(DAYS[day] for day in sorted(event["weekdays"])))
    if event["count"] is not None:
        parts.append(f"COUNT={event['count']}")
    if event["until"] is not None:
        parts.append(f"UNTIL={FIRST + dt.timedelta(event['until']):%Y%m%d}")
    return [f"RRULE:{';'.join(parts)}"]


def minutes_of(intervals):
    """Return every minute of some intervals."""
    return {
        start + dt.timedelta(minutes=minute)
        for start, end in intervals
        for minute in range(int((end - start).total_seconds()) // 60)
    }


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(series(), min_size=1, max_size=3))
def test_made_up_calendars_take_what_walking_day_by_day_finds(events):
    data = written_as_calendar(events)
    reading = read_calendar(data, start=WINDOW[0], end=WINDOW[1], zone="America/Chicago")
    expected = set().union(*(taken_by_walking(event) for event in events))
    assert minutes_of(reading.intervals) == expected


MATERIAL = [case for folder in (SHARED, OWN) for case in cases(folder)]
SMALL = [case for case in MATERIAL if len(case.data) < 4_000]
assert SMALL

PIECES = st.sampled_from(
    [
        b"\r\n",
        b"\n",
        b"\r",
        b":",
        b";",
        b",",
        b'"',
        b"\0",
        b"\xff",
        b" ",
        b"BEGIN:VEVENT\n",
        b"END:VEVENT\n",
        b"BEGIN:VCALENDAR\n",
        b"END:VCALENDAR\n",
        b"RRULE:FREQ=SECONDLY\n",
        b"\nDTSTART:00010101T000000\n",
        b"99999999",
        b"-",
        b"RDATE:",
        b"TZID=",
        b"INTERVAL=0;",
    ]
)


@st.composite
def damaged(draw):
    """Draw a file of the corpus with pieces cut out, doubled and put in."""
    data = draw(st.sampled_from(SMALL)).data
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 60)))
        replacement = draw(PIECES | st.just(data[start:end] * 2) | st.binary(max_size=8))
        data = data[:start] + replacement + data[end:]
    return data


def read(data):
    """Return a reading, or the code of the refusal. Anything else is an error."""
    try:
        return read_calendar(data, start=WINDOW[0], end=WINDOW[1], zone="America/Chicago")
    except CalendarError as refused:
        return refused.code


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(damaged())
@example(b"")
@example(b"BEGIN:VCALENDAR\nEND:VCALENDAR")
def test_damaged_calendars_are_read_or_refused_and_nothing_else(data):
    began = time.process_time()
    reading = read(data)
    if isinstance(reading, str):
        assert reading in {"not_a_calendar", "truncated"}
    else:
        assert reading.intervals == tuple(sorted(reading.intervals))
        assert all(start < end for start, end in reading.intervals)
        assert all(warning.message and warning.code for warning in reading.warnings)
    assert time.process_time() - began < 1


@pytest.mark.parametrize("case", SMALL, ids=lambda case: case.id)
def test_a_calendar_cut_anywhere_before_its_end_is_refused(case):
    data = case.data.rstrip()
    if data.count(b"BEGIN:VCALENDAR") != 1 or not data.endswith(b"END:VCALENDAR"):
        return
    for end in range(0, len(data) - 1, 41):
        with pytest.raises(CalendarError):
            read_calendar(data[:end], start=WINDOW[0], end=WINDOW[1], zone="UTC")
