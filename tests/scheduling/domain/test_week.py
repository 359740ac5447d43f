"""A week on one axis, also where the clocks change in it."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduling.domain import Interval, Tick, WeekAxis, at_local, first_of_week, lanes

CHICAGO = ZoneInfo("America/Chicago")
QUARTER = dt.timedelta(minutes=15)
ORDINARY, SPRING, FALL = dt.date(2027, 1, 4), dt.date(2027, 3, 8), dt.date(2027, 11, 1)


@pytest.mark.parametrize(("first", "rows"), [(ORDINARY, 96), (SPRING, 96), (FALL, 100)])
def test_the_axis_has_the_quarters_of_the_longest_day(first, rows):
    assert len(WeekAxis(first, CHICAGO).ticks) == rows


def test_the_hour_that_comes_twice_stands_there_twice_and_other_days_leave_it_out():
    axis = WeekAxis(FALL, CHICAGO)
    again = [Tick(1, minute, again=True) for minute in (0, 15, 30, 45)]
    assert list(axis.ticks[8:12]) == again
    assert axis.missing(FALL) == [8, 9, 10, 11]
    assert axis.missing(axis.days[-1]) == []


def test_the_hour_that_is_skipped_is_missing_on_that_day_alone():
    axis = WeekAxis(SPRING, CHICAGO)
    assert [axis.ticks[row].hour for row in axis.missing(axis.days[-1])] == [2] * 4
    assert axis.missing(SPRING) == []


def test_what_lies_in_the_second_of_two_hours_lies_below_the_first():
    axis = WeekAxis(FALL, CHICAGO)
    sunday = axis.days[-1]
    one = at_local(sunday, dt.time(1), CHICAGO)
    hour = dt.timedelta(hours=1)
    assert axis.rows(Interval(one, one + hour), sunday) == range(4, 8)
    assert axis.rows(Interval(one + hour, one + 2 * hour), sunday) == range(8, 12)


@given(
    first=st.sampled_from([ORDINARY, SPRING, FALL]),
    start=st.integers(-300, 7 * 1440),
    minutes=st.integers(1, 3 * 1440),
)
def test_the_rows_of_a_day_are_those_whose_quarter_the_interval_meets(first, start, minutes):
    axis = WeekAxis(first, CHICAGO)
    begins = axis.interval.start + dt.timedelta(minutes=start)
    interval = Interval(begins, begins + dt.timedelta(minutes=minutes))
    for day in axis.days:
        met, moment = set(), at_local(day, dt.time(), CHICAGO)
        while moment.astimezone(CHICAGO).date() == day:
            if moment < interval.end and interval.start < moment + QUARTER:
                wall = moment.astimezone(CHICAGO)
                met.add(axis.ticks.index(Tick(wall.hour, wall.minute, bool(wall.fold))))
            moment += QUARTER
        assert met == set(axis.rows(interval, day)) - set(axis.missing(day))


@given(st.lists(st.tuples(st.integers(0, 90), st.integers(1, 20)), max_size=12))
def test_lanes_keep_what_meets_apart_and_are_no_more_than_needed(pairs):
    spans = sorted((range(start, start + length) for start, length in pairs), key=lambda s: s.start)
    chosen = lanes(spans)
    for at, span in enumerate(spans):
        for before in range(at):
            if chosen[before] == chosen[at]:
                assert not set(spans[before]) & set(span)
    deepest = max((sum(row in span for span in spans) for row in range(120)), default=0)
    assert len(set(chosen)) == deepest


def test_weeks_begin_on_monday():
    assert first_of_week(dt.date(2027, 1, 10)) == dt.date(2027, 1, 4)
    assert first_of_week(dt.date(2027, 1, 4)) == dt.date(2027, 1, 4)
