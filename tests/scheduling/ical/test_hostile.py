"""Calendars made to stop a reader: each within a second and 200 MB more than it came with."""

import datetime as dt
import multiprocessing
import sys
import time

import pytest

from scheduling.ical import CalendarError, read_calendar

WINDOW = {
    "start": dt.datetime(2026, 6, 1, tzinfo=dt.UTC),
    "end": dt.datetime(2026, 8, 30, tzinfo=dt.UTC),
    "zone": "America/Chicago",
}
TIMED = "DTSTART:20200101T120000Z\\nDURATION:PT1M\\n"
BODIES = {
    "every second, two hundred times": (
        'calendar(*["DTSTART:19700101T000000Z\\nDURATION:PT1S\\nRRULE:FREQ=SECONDLY"] * 200)'
    ),
    "counted from the year 1": (
        'calendar(*["DTSTART:00010101\\nRRULE:FREQ=DAILY;COUNT=99999999;BYDAY=MO"] * 200)'
    ),
    "a million dates": f'calendar("{TIMED}RDATE:" + "20260601T120000Z," * 1_000_000)',
    "dates on lines of their own": f'calendar("{TIMED}" + "RDATE:20260601T120000Z\\n" * 200_000)',
    "a million exceptions": (
        f'calendar("{TIMED}RRULE:FREQ=DAILY\\nEXDATE:" + "20260601T120000Z," * 1_000_000)'
    ),
    "deep nesting": 'b"BEGIN:VCALENDAR\\n" + b"BEGIN:VEVENT\\n" * 200_000 + b"END:VCALENDAR"',
    "deeply nested in an event": (
        f'calendar("{TIMED}" + "BEGIN:X\\n" * 200_000 + "END:X\\n" * 200_000)'
    ),
    "folds": f'calendar("{TIMED}X-A:" + "a\\n " * 5_000_000)',
    "quotation marks": 'calendar("DTSTART;TZID=" + chr(34) * 2_000_000 + ":20260601T120000Z")',
    "a zone's name": 'calendar("DTSTART;TZID=" + "America/" * 200_000 + ":20260601T120000")',
    "a rule": f'calendar("{TIMED}RRULE:FREQ=DAILY;BYDAY=" + "MO," * 1_000_000)',
    "parts that do not end": (
        'b"BEGIN:VCALENDAR\\nBEGIN:VAVAILABILITY\\n" + b"BEGIN:AVAILABLE\\n" * 100_000 + '
        'b"END:VAVAILABILITY\\nEND:VCALENDAR"'
    ),
    "changes of a series": (
        'calendar("UID:a\\nDTSTART:20200101T000000Z\\nRRULE:FREQ=HOURLY\\nDURATION:PT1H", *['
        'f"UID:a\\nRECURRENCE-ID;RANGE=THISANDFUTURE:202606{n % 28 + 1:02}T{n % 24:02}{n % 60:02}"'
        '"00Z\\nDTSTART:20260601T120000Z\\nDURATION:PT1H" for n in range(5_000)])'
    ),
    "a line of 100 MB": 'b"BEGIN:VCALENDAR\\nX:" + b"a" * 100_000_000 + b"\\nEND:VCALENDAR"',
}


def calendar(*events: str) -> bytes:
    body = "".join(f"BEGIN:VEVENT\n{event}\nEND:VEVENT\n" for event in events)
    return f"BEGIN:VCALENDAR\n{body}END:VCALENDAR\n".encode()


def most_memory() -> float:
    """Return the most memory this process has had, in MB (Linux)."""
    with open("/proc/self/status") as status:
        return int(status.read().split("VmHWM:")[1].split()[0]) / 1024


def cost_of_reading(body: str) -> tuple[float, float]:
    """Return the seconds and the MB that reading takes. Run in a process of its own."""
    data = eval(body)  # noqa: S307  # one of the expressions above
    before, began = most_memory(), time.process_time()
    code = None
    try:
        read_calendar(data, **WINDOW)
    except CalendarError as refused:
        code = refused.code
    assert code in {None, "too_large"}
    return time.process_time() - began, most_memory() - before


@pytest.fixture(scope="module")
def fresh_processes():
    """A pool whose processes are small when they begin, and used once: they measure themselves."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    with context.Pool(1, maxtasksperchild=1) as pool:
        yield pool


@pytest.mark.skipif(sys.platform != "linux", reason="memory is measured as Linux tells it")
@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_a_hostile_calendar_costs_a_second_and_200_mb_at_most(body, fresh_processes):
    seconds, megabytes = fresh_processes.apply_async(cost_of_reading, [body]).get(timeout=60)
    assert seconds < 1
    assert megabytes < 200


def test_a_body_over_the_limit_is_refused_unread():
    with pytest.raises(CalendarError) as refused:
        read_calendar(b"BEGIN:VCALENDAR\n" + b" " * 40_000_000, **WINDOW)
    assert refused.value.code == "too_large"
