"""When clients are reminded: as they chose, by their clock, and never in the night."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduling import domain

CHICAGO, NEW_YORK = ZoneInfo("America/Chicago"), ZoneInfo("America/New_York")
TOKYO = ZoneInfo("Asia/Tokyo")
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
NIGHT = domain.QuietHours(dt.time(21), dt.time(8), (CHICAGO,))
EARLY = dt.datetime(2027, 1, 1, tzinfo=dt.UTC)


def local(month, day, hour, minute=0, zone=CHICAGO):
    return dt.datetime(2027, month, day, hour, minute, tzinfo=zone)


def times(starts_at, *hours, quiet=NIGHT, zone=CHICAGO, now=EARLY):
    found = domain.reminder_times(starts_at, hours, zone=zone, quiet=quiet, now=now)
    return [moment.astimezone(zone) for moment in found]


def test_a_day_and_two_hours_before():
    assert times(local(3, 9, 15), 2, 24) == [local(3, 8, 15), local(3, 9, 13)]


@pytest.mark.parametrize("day", [14, 15])
def test_a_day_before_is_the_same_hour_also_when_the_clocks_change(day):
    """They go forward on March 14 in 2027."""
    assert times(local(3, day, 10), 24) == [local(3, day - 1, 10)]


def test_hours_before_are_elapsed_time_when_the_clocks_change():
    quiet = domain.QuietHours(dt.time(1), dt.time(1), (CHICAGO,))
    (moment,) = times(local(11, 7, 3), 3, quiet=quiet)  # they go back at two
    assert local(11, 7, 3).astimezone(dt.UTC) - moment.astimezone(dt.UTC) == 3 * HOUR
    assert (moment.hour, moment.fold) == (1, 0)


def test_what_would_fall_in_the_night_comes_in_the_evening_before():
    assert times(local(3, 9, 9), 2) == [local(3, 8, 20)]
    assert times(local(3, 9, 22), 1) == [local(3, 9, 20)]
    assert times(local(3, 9, 10), 2) == [local(3, 9, 8)]


def test_two_that_meet_in_the_evening_are_one():
    assert times(local(3, 9, 9), 2, 12) == [local(3, 8, 20)]


def test_night_in_the_clients_zone_counts_too():
    both = domain.QuietHours(dt.time(21), dt.time(8), (CHICAGO, NEW_YORK))
    found = times(local(3, 9, 22, 30, NEW_YORK), 2, quiet=both, zone=NEW_YORK)
    assert found == [local(3, 9, 20, 30, NEW_YORK)]
    # Half past nine in New York is half past eight in Chicago: night in one of them.
    found = times(local(3, 9, 23, 30, NEW_YORK), 2, quiet=both, zone=NEW_YORK)
    assert found == [local(3, 9, 20, 0, NEW_YORK)]


def test_without_an_hour_of_day_there_is_no_reminder():
    never = domain.QuietHours(dt.time(7), dt.time(22), (CHICAGO, TOKYO))
    assert times(local(3, 9, 15), 2, 24, quiet=never) == []


def test_what_has_passed_is_left_out():
    assert times(local(3, 9, 15), 2, 24, now=local(3, 8, 15)) == [local(3, 9, 13)]
    assert times(local(3, 9, 15), 2, 24, now=local(3, 9, 13)) == []


@pytest.mark.parametrize(
    ("now", "allowed"),
    [
        (local(3, 9, 12, 59), False),
        (local(3, 9, 13), True),
        (local(3, 9, 13, 59), True),
        (local(3, 9, 14), False),
    ],
)
def test_a_reminder_goes_out_when_it_is_due_or_within_the_hour(now, allowed):
    assert domain.may_remind(local(3, 9, 13), local(3, 9, 15), quiet=NIGHT, now=now) is allowed


def test_no_reminder_goes_out_once_the_session_has_begun_or_in_the_night():
    due, start = local(3, 9, 13), local(3, 9, 13, 30)
    assert not domain.may_remind(due, start, quiet=NIGHT, now=start)
    assert not domain.may_remind(
        local(3, 9, 20, 30), local(3, 9, 23), quiet=NIGHT, now=local(3, 9, 21)
    )


@pytest.mark.parametrize(
    ("hours", "words"),
    [(1, "1 hour before"), (2, "2 hours before"), (24, "1 day before"), (72, "3 days before")],
)
def test_how_it_is_said(hours, words):
    assert domain.hours_before_words(hours) == words


CLOCK_TIMES = st.times().map(lambda time: time.replace(microsecond=0, second=0))


@given(
    minutes=st.integers(0, 365 * 24 * 60),
    hours=st.integers(1, 96),
    quiet=st.builds(
        domain.QuietHours,
        CLOCK_TIMES,
        CLOCK_TIMES,
        st.sampled_from([(CHICAGO,), (CHICAGO, NEW_YORK), (CHICAGO, TOKYO)]),
    ),
    zone=st.sampled_from([CHICAGO, NEW_YORK]),
)
def test_never_in_the_night_never_later_than_chosen_and_no_earlier_than_needed(
    minutes, hours, quiet, zone
):
    starts_at = EARLY + dt.timedelta(minutes=minutes)
    wall = starts_at.astimezone(zone)
    if hours % 24:
        wish = starts_at - hours * HOUR
    else:
        day = wall.date() - hours // 24 * DAY
        wish = dt.datetime.combine(day, wall.time(), zone).astimezone(dt.UTC)
    found = domain.reminder_times(starts_at, [hours], zone=zone, quiet=quiet, now=wish - 30 * DAY)
    for moment in found:
        assert wish - 2 * DAY <= moment <= wish
        assert not quiet.include(moment)
        assert moment == wish or (quiet.include(wish) and quiet.include(moment + HOUR))
    if not quiet.include(wish):
        assert found == (wish,)
