"""Where the time is that a calendar opens: events and working hours name an office, or none."""

import datetime as dt
import itertools

import pytest

from scheduling.ical import read_calendar

START = dt.datetime(2027, 1, 4, tzinfo=dt.UTC)
OFFICES = ("South Loop", "Lakeview")


def available(hour, *lines):
    """Return working hours of two hours on Tuesdays."""
    start = f"DTSTART;TZID=America/Chicago:20270105T{hour:02}0000"
    return [
        "BEGIN:AVAILABLE", f"UID:{hour}", start, "DURATION:PT2H", "RRULE:FREQ=WEEKLY", *lines,
        "END:AVAILABLE",
    ]  # fmt: skip


def places(*parts, of_all=(), state=None, **options):
    """Return the local hours at which each place opens on the Tuesday."""
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "BEGIN:VAVAILABILITY", "UID:hours",
        "DTSTART:20270101T000000Z", *of_all, *itertools.chain(*parts), "END:VAVAILABILITY",
        "END:VCALENDAR", "",
    ]  # fmt: skip
    options = {"role": "open", "places": OFFICES, "state": state} | options
    week = {"start": START, "end": START + dt.timedelta(days=7)}
    body = "\r\n".join(lines).encode()
    reading = read_calendar(body, zone="America/Chicago", **week, **options)
    if reading.state:
        again = read_calendar(
            body, zone="America/Chicago", **week, **options | {"state": reading.state}
        )
        assert again.places == reading.places
    return {
        place: [(start.hour - 6, end.hour - 6 or 24) for start, end in intervals]
        for place, intervals in reading.places.items()
    }


@pytest.mark.parametrize("state", [None, b""])
def test_working_hours_are_at_the_office_they_name(state):
    parts = (
        available(9, "LOCATION:Our South Loop office"),
        available(11, "SUMMARY:lakeview"),
        available(13),
    )
    assert places(*parts, state=state) == {
        "South Loop": [(9, 11)],
        "Lakeview": [(11, 13)],
        "": [(13, 15)],
    }


def test_parts_that_name_no_place_are_where_all_of_it_is_unless_they_are_online():
    parts = (
        available(9),
        available(11, "SUMMARY:Online sessions"),
        available(13, "LOCATION:South Loop"),
    )
    assert places(*parts, of_all=["LOCATION:Lakeview"]) == {
        "Lakeview": [(9, 11)],
        "": [(11, 13)],
        "South Loop": [(13, 15)],
    }


def test_where_no_place_is_asked_for_none_is_given():
    assert places(available(9, "LOCATION:South Loop"), places=()) == {}
