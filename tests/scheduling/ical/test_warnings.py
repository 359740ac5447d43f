"""What is not understood is told with its code, its UID and its line, and told in measure."""

import datetime as dt

import pytest

from scheduling.ical import read_calendar

WINDOW = {
    "start": dt.datetime(2026, 6, 1, tzinfo=dt.UTC),
    "end": dt.datetime(2026, 7, 1, tzinfo=dt.UTC),
    "zone": "America/Chicago",
}
LINES = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "BEGIN:VEVENT",
    "UID:good",
    "SUMMARY:folded",
    "  over two lines",
    "DTSTART:20260601T140000Z",
    "DURATION:PT1H",
    "END:VEVENT",
    "BEGIN:VEVENT",
    "UID:odd",
    "SUMMARY:Secret name",
    "DTSTART;TZID=Nowhere:20260602T090000",
    "DURATION:PT1H",
    "RRULE:FREQ=WEEKLY;COUNT=none",
    "END:VEVENT",
    "BEGIN:VEVENT",
    "UID:lost",
    "END:VEVENT",
    "END:VCALENDAR",
]


@pytest.mark.parametrize("line_end", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize("before", ["", "\ufeff", "\n\n", "junk\n"])
def test_a_warning_names_the_line_of_the_file_and_the_uid(line_end, before):
    data = (before.replace("\n", line_end) + line_end.join(LINES)).encode()
    found = {
        warning.code: (warning.uid, LINES[warning.line - 1 - before.count("\n")])
        for warning in read_calendar(data, **WINDOW).warnings
        if warning.code != "leading_junk"
    }
    assert found == {
        "unknown_timezone": ("odd", "DTSTART;TZID=Nowhere:20260602T090000"),
        "bad_rrule": ("odd", "RRULE:FREQ=WEEKLY;COUNT=none"),
        "bad_event": ("lost", "BEGIN:VEVENT"),
    }


def test_a_warning_quotes_no_title():
    warnings = read_calendar("\n".join(LINES).encode(), **WINDOW).warnings
    assert not any("Secret" in warning.message for warning in warnings)


def event(number: int, *lines: str) -> str:
    return "\n".join(["BEGIN:VEVENT", f"UID:{number}", *lines, "END:VEVENT", ""])


def calendar(*events: str) -> bytes:
    return f"BEGIN:VCALENDAR\n{''.join(events)}END:VCALENDAR\n".encode()


def test_an_unknown_zone_is_told_once():
    start = "DTSTART;TZID=Nowhere:20260602T090000"
    data = calendar(*(event(number, start, "DURATION:PT1H") for number in range(20)))
    assert [each.code for each in read_calendar(data, **WINDOW).warnings] == ["unknown_timezone"]


def test_there_is_an_end_to_warnings():
    data = calendar(*(event(number, "DTSTART:never") for number in range(1_000)))
    warnings = read_calendar(data, **WINDOW).warnings
    assert len(warnings) == 201
    assert warnings[-1].code == "more_warnings"
