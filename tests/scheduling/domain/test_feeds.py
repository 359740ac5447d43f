"""When calendars are read, and when they are not believed."""

import datetime as dt

import pytest

from scheduling import domain
from scheduling.domain import Interval

NOW = dt.datetime(2027, 1, 4, 18, 0, tzinfo=dt.UTC)
MINUTE, HOUR, DAY = dt.timedelta(minutes=1), dt.timedelta(hours=1), dt.timedelta(days=1)
NONE = dt.timedelta()


def hours(*starts, length=1):
    return [Interval(NOW + start * HOUR, NOW + (start + length) * HOUR) for start in starts]


def test_the_window_reaches_well_past_what_is_needed():
    window = domain.reading_window(NOW, 60)
    assert window.start == NOW - DAY
    assert domain.needed_until(NOW, 60) == NOW + 64 * DAY
    assert window.end == NOW + 94 * DAY


@pytest.mark.parametrize(
    ("host", "minutes"),
    [("p12-caldav.icloud.com", 15), ("icloud.com", 15), ("noticloud.com", 0), ("a.example", 0)],
)
def test_hosts_that_must_not_be_asked_often(host, minutes):
    assert domain.politeness(host) == minutes * MINUTE


def test_visits_are_spread_over_a_fifth_of_the_interval():
    visits = [
        domain.next_visit(NOW, interval=10 * MINUTE, least=NONE, share=domain.share_of(n, NOW))
        for n in range(1000)
    ]
    assert NOW + 9 * MINUTE <= min(visits) < NOW + 9.1 * MINUTE
    assert NOW + 10.9 * MINUTE < max(visits) < NOW + 11 * MINUTE
    polite = domain.next_visit(NOW, interval=10 * MINUTE, least=15 * MINUTE, share=0.5)
    assert polite == NOW + 15 * MINUTE


def wait(failures, *, wish=NONE, least=NONE, share=0.5):
    when = domain.next_attempt(NOW, failures=failures, wish=wish, least=least, share=share)
    return when - NOW


def test_attempts_back_off_to_an_hour_and_no_further():
    assert [wait(failures) / MINUTE for failures in (1, 2, 3, 6, 7, 500)] == [1, 2, 4, 32, 60, 60]
    assert wait(1, share=0) == 45 * dt.timedelta(seconds=1)
    assert wait(1, wish=3 * HOUR) == 3 * HOUR
    assert wait(1, least=15 * MINUTE) == 15 * MINUTE


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("", NONE),
        ("120", 2 * MINUTE),
        (" 0 ", NONE),
        ("99999999999999999999", DAY),
        ("-5", NONE),
        ("Mon, 04 Jan 2027 19:00:00 GMT", HOUR),
        ("Mon, 04 Jan 2027 17:00:00 GMT", NONE),
        ("Mon, 04 Jan 2055 17:00:00 GMT", DAY),
        ("soon", NONE),
        ("²", NONE),
    ],
)
def test_the_servers_wish(header, expected):
    assert domain.retry_after(header, NOW) == expected


def test_losing_more_than_half_of_events_and_time_is_shrinking():
    window = Interval(NOW, NOW + DAY)
    before = hours(0, 2, 4, 6)
    assert domain.has_shrunk(before, hours(0), window)
    assert not domain.has_shrunk(before, hours(0, 2), window)
    assert not domain.has_shrunk(before, hours(0, length=8), window)
    assert not domain.has_shrunk(hours(0, length=20), hours(1), window)
    assert not domain.has_shrunk(hours(-4, -2), [], window)


def test_of_the_history_of_visits_two_weeks_are_kept():
    history = {}
    for number in range(40):
        day = dt.date(2027, 2, 20) + dt.timedelta(days=number)
        history = domain.with_visit(history, domain.Visit.FAILED, day)
        history = domain.with_visit(history, domain.Visit.WELL, day)
    assert list(history) == [f"2027-03-{day}" for day in range(18, 32)]
    assert history["2027-03-31"] == [1, 0, 1]
