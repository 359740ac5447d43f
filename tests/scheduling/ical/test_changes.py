"""Reading again from what is remembered gives what reading everything anew gives."""

import datetime as dt
import re
import zlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scheduling.ical import CalendarError, read_calendar
from scheduling.ical.history import is_over, last_day_before
from scheduling.ical.span import Window

from .corpus import OWN, SHARED, cases

READABLE = [
    case
    for folder in (SHARED, OWN)
    for case in cases(folder)
    if case.entry["outcome"] != "reject" and not case.id.startswith(("evil", "hostile"))
]
START = dt.datetime(2026, 6, 1, tzinfo=dt.UTC)
WEEKS = dt.timedelta(weeks=4)
DAY = dt.timedelta(days=1)


def calendar(*events: str, head: str = "") -> bytes:
    body = "".join(f"BEGIN:VEVENT\n{event}\nEND:VEVENT\n" for event in events)
    return f"BEGIN:VCALENDAR\n{head}{body}END:VCALENDAR\n".encode()


SERIES = "UID:a\nSUMMARY:Secret name\nDTSTART:20260601T140000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY"
SINGLE = "UID:b\nSUMMARY:Other name\nDTSTART:20260603T140000Z\nDURATION:PT1H"


def read(data, state=None, start=START, **options):
    options = {"zone": "America/Chicago", "state": state} | options
    return read_calendar(data, start=start, end=start + WEEKS, **options)


def assert_same(data, state, start=START, **options):
    """Read with and without memory; return what is remembered."""
    anew, again = read(data, start=start, **options), read(data, state, start, **options)
    assert (again.intervals, again.places, again.free_days, again.refresh) == (
        anew.intervals,
        anew.places,
        anew.free_days,
        anew.refresh,
    )
    assert {warning.code for warning in again.warnings} >= {each.code for each in anew.warnings}
    return again.state


@pytest.mark.parametrize("case", READABLE, ids=lambda case: case.id)
def test_every_file_reads_the_same_from_memory(case):
    start, end = case.window
    options = {"zone": case.zone, "end": end} | case.entry.get("options", {})
    anew = read_calendar(case.data, start=start, **options)
    first = read_calendar(case.data, start=start, state=b"", **options)
    renewed = re.sub(rb"DTSTAMP(:\d{8})", rb"DTSTAMP;X-A=1\1", case.data)
    for data in (case.data, renewed):
        again = read_calendar(data, start=start, state=first.state, **options)
        assert first.intervals == again.intervals == anew.intervals
        assert first.free_days == again.free_days == anew.free_days
    later = {"start": start + DAY, **options, "end": end + DAY}
    moved = read_calendar(case.data, state=first.state, **later)
    assert moved.intervals == read_calendar(case.data, **later).intervals


def test_the_window_rolls_on_for_weeks_and_beyond_what_is_remembered():
    data, state = calendar(SERIES, SINGLE), b""
    for days in (0, 1, 13, 29, 30, 31, 75, 300):
        state = assert_same(data, state, START + days * DAY)


@pytest.mark.parametrize(
    "changed",
    [
        calendar(SINGLE, SERIES),
        calendar(SERIES),
        calendar(SERIES, SINGLE, "UID:c\nDTSTART:20260605T140000Z\nDURATION:PT1H"),
        calendar(SERIES, SINGLE, SERIES.replace("RRULE:FREQ=WEEKLY", "RECURRENCE-ID:20260608")),
        calendar(SERIES.replace("PT1H", "PT2H"), SINGLE),
        calendar(SERIES, SINGLE, head="X-WR-TIMEZONE:Europe/Berlin\n"),
        calendar(SERIES + "\nSEQUENCE:1", SERIES.replace("0601", "0602") + "\nSEQUENCE:0", SINGLE),
    ],
)
def test_what_changes_the_meaning_of_unchanged_events_is_noticed(changed):
    state = read(calendar(SERIES, SINGLE), b"").state
    assert_same(changed, state)


def test_another_definition_of_a_zone_is_noticed():
    definition = (
        "BEGIN:VTIMEZONE\nTZID:Own\nBEGIN:STANDARD\nDTSTART:19700101T000000\n"
        "TZOFFSETFROM:+0000\nTZOFFSETTO:{}\nEND:STANDARD\nEND:VTIMEZONE\n"
    )
    event = SERIES.replace("DTSTART:", "DTSTART;TZID=Own:")
    state = read(calendar(event, head=definition.format("+0300")), b"").state
    assert_same(calendar(event, head=definition.format("-0300")), state)


def test_another_zone_of_the_feed_and_other_choices_are_noticed():
    data = calendar(SERIES, "UID:d\nDTSTART;VALUE=DATE:20260604\nTRANSP:TRANSPARENT")
    state = assert_same(data, read(data, b"").state, zone="Europe/Berlin")
    state = assert_same(data, state, free_days_are_busy=True)
    state = assert_same(data, state, role="open")
    assert_same(data, state, role="open", places=("South Loop",))


def test_the_moment_of_export_decides_between_versions_and_is_not_remembered():
    def version(day: str, hour: int) -> str:
        stamp, start = f"DTSTAMP:2026010{day}T000000Z", f"DTSTART:20260602T{hour}0000Z"
        return f"UID:v\nSEQUENCE:1\n{stamp}\n{start}\nDURATION:PT1H"

    state = read(calendar(version("1", 14), version("2", 17)), b"").state
    assert_same(calendar(version("3", 14), version("2", 17)), state)


def test_what_is_remembered_holds_no_title_and_no_name():
    data = calendar(SERIES, SINGLE, "UID:made-of-a-name\nSUMMARY:Third name\nDTSTART:never")
    reading = read(data, b"")
    assert [warning.uid for warning in reading.warnings] == ["made-of-a-name"]
    head, _, packed = reading.state.partition(b"\n")
    assert b"name" not in head + zlib.decompress(packed)
    assert read(data, reading.state).warnings == reading.warnings


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2_000), st.binary(max_size=6))
def test_damaged_memory_is_not_believed(at, noise):
    data = calendar(SERIES, SINGLE)
    state = read(data, b"").state
    at %= len(state)
    assert_same(data, state[:at] + noise + state[at + len(noise) + 1 :])


def test_a_calendar_that_is_refused_leaves_the_memory_as_it_was():
    data = calendar(SERIES, SINGLE)
    state = read(data, b"").state
    with pytest.raises(CalendarError):
        read(data[:-20], state)
    assert read(data, state).state == state


EVENTS = st.builds(
    "UID:x\nDTSTART{}:{}\n{}\n{}".format,
    st.sampled_from(["", ";TZID=Asia/Tokyo", ";VALUE=DATE"]),
    st.sampled_from(["20260301T230000", "20260528", "20260529T000000Z", "20260530T120000Z"]),
    st.sampled_from(["", "DTEND:20260529T010000Z", "DURATION:P3D", "DURATION:PT36H", "DTEND:x"]),
    st.sampled_from(
        [
            "",
            "RRULE:FREQ=DAILY;UNTIL=20260531",
            "RRULE:FREQ=WEEKLY;COUNT=5",
            "rrule:FREQ=WEEKLY;UNTIL=20260520T000000Z;BYDAY=MO",
            "RDATE:20260610T120000Z",
            "BEGIN:VALARM\nDURATION:PT5M\nEND:VALARM",
        ]
    ),
)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(EVENTS)
def test_what_counts_as_over_has_no_time_left(event):
    window = Window(int(START.timestamp()), int((START + WEEKS).timestamp()))
    if is_over(b"\n" + event.encode() + b"\n", last_day_before(window)):
        # Another component of the UID that cannot be left aside makes the reader look at both.
        living = "UID:x\nDTSTART:20270101T000000Z\nRDATE:20270102T000000Z"
        assert read(calendar(event, living)).intervals == ()


def test_history_is_left_aside():
    window = Window(int(START.timestamp()), int((START + WEEKS).timestamp()))
    before = last_day_before(window)
    assert is_over(b"\nDTSTART:20260101T000000Z\nDTEND:20260101T010000Z\n", before)
    assert is_over(b"\nDTSTART:20250101\nRRULE:FREQ=DAILY;UNTIL=20260501\n", before)
    assert not is_over(b"\nDTSTART:20250101\nRRULE:FREQ=DAILY\n", before)
    assert not is_over(b"\nDTSTART:20250101\nDTEND:20260531\n", before)
