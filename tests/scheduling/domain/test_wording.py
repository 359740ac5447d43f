"""Instants in words, on whose clock it may be."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from scheduling import domain

CHICAGO, WASHINGTON = ZoneInfo("America/Chicago"), ZoneInfo("America/New_York")
PHOENIX, BERLIN = ZoneInfo("America/Phoenix"), ZoneInfo("Europe/Berlin")


def utc(*parts):
    return dt.datetime(*parts, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("moment", "zone", "words"),
    [
        (utc(2027, 1, 5, 15), CHICAGO, "Tuesday, January 5, 9:00 AM Central Time"),
        (utc(2027, 7, 6, 15), CHICAGO, "Tuesday, July 6, 10:00 AM Central Time"),
        (utc(2027, 1, 6, 5), CHICAGO, "Tuesday, January 5, 11:00 PM Central Time"),
        (utc(2027, 1, 6, 5), WASHINGTON, "Wednesday, January 6, 12:00 AM Eastern Time"),
        (utc(2027, 1, 5, 18, 5), CHICAGO, "Tuesday, January 5, 12:05 PM Central Time"),
        (utc(2027, 7, 6, 15), BERLIN, "Tuesday, July 6, 5:00 PM CEST"),
    ],
)
def test_a_moment_in_words(moment, zone, words):
    assert domain.moment_words(moment, zone) == words


def test_the_hour_that_comes_twice_reads_the_same_both_times():
    first, second = utc(2027, 11, 7, 6, 30), utc(2027, 11, 7, 7, 30)
    assert domain.clock_words(first, CHICAGO) == domain.clock_words(second, CHICAGO) == "1:30 AM"


def test_whether_clocks_differ_depends_on_the_day():
    assert domain.clocks_differ(utc(2027, 1, 5), CHICAGO, WASHINGTON)
    assert not domain.clocks_differ(utc(2027, 1, 5), PHOENIX, ZoneInfo("America/Denver"))
    assert domain.clocks_differ(utc(2027, 7, 5), PHOENIX, ZoneInfo("America/Denver"))


@pytest.mark.parametrize(
    ("hour", "part"),
    [(0, "Morning"), (11, "Morning"), (12, "Afternoon"), (16, "Afternoon"), (17, "Evening")],
)
def test_the_parts_of_a_day(hour, part):
    moment = dt.datetime(2027, 1, 5, hour, tzinfo=CHICAGO)
    assert domain.part_of_day(moment.astimezone(dt.UTC), CHICAGO) == part


def test_days_and_months():
    day = dt.date(2027, 1, 5)
    assert domain.day_words(day) == "Tuesday, January 5"
    assert domain.short_day_words(day) == "Tue, Jan 5"
    assert domain.month_words(day) == "January 2027"
