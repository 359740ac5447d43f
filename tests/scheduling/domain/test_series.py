"""The dates of a series: the same hour by the clock, whatever the clocks do."""

import datetime as dt
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from scheduling import domain

CHICAGO = ZoneInfo("America/Chicago")
ZONES = st.sampled_from([CHICAGO, ZoneInfo("Australia/Lord_Howe"), ZoneInfo("Asia/Tokyo")])
NEW_YEAR = dt.datetime(2027, 1, 1, tzinfo=dt.UTC)


def wall(*starts):
    return [start.astimezone(CHICAGO).replace(tzinfo=None) for start in starts]


def test_the_hour_stays_when_the_clocks_change():
    first = dt.datetime(2027, 3, 9, 10, tzinfo=CHICAGO)
    starts = domain.series_starts(first, weeks=1, count=3, zone=CHICAGO)
    assert wall(*starts) == [dt.datetime(2027, 3, day, 10) for day in (9, 16, 23)]  # noqa: DTZ001
    assert starts[1] - starts[0] == dt.timedelta(days=7, hours=-1)


def test_an_hour_that_is_skipped_comes_as_far_after_the_gap():
    first = dt.datetime(2027, 3, 7, 2, 30, tzinfo=CHICAGO)
    _, skipped, after = domain.series_starts(first, weeks=1, count=3, zone=CHICAGO)
    assert wall(skipped, after) == [
        dt.datetime(2027, 3, 14, 3, 30),  # noqa: DTZ001
        dt.datetime(2027, 3, 21, 2, 30),  # noqa: DTZ001
    ]


@given(
    minutes=st.integers(0, 365 * 24 * 60),
    weeks=st.sampled_from([1, 2]),
    count=st.integers(1, 26),
    zone=ZONES,
)
def test_every_date_is_whole_weeks_from_the_first(minutes, weeks, count, zone):
    first = NEW_YEAR + dt.timedelta(minutes=minutes)
    starts = domain.series_starts(first, weeks=weeks, count=count, zone=zone)
    days = [start.astimezone(zone).date() for start in starts]
    assert starts[0] == first
    assert days == [days[0] + dt.timedelta(weeks=weeks * number) for number in range(count)]
    clocks = {start.astimezone(zone).time() for start in starts}
    assert len(clocks) <= 2  # the second where a change of the clocks skips the hour
    assert domain.one_a_day(starts, zone) == starts


def test_one_a_day_keeps_what_came_first():
    ten, eleven = (dt.datetime(2027, 1, 5, hour, tzinfo=CHICAGO) for hour in (10, 11))
    before = ten - dt.timedelta(days=1)
    assert domain.one_a_day([eleven, ten, before], CHICAGO) == (before, eleven)
