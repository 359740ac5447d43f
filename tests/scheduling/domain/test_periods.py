"""The days that people mean by a name."""

import datetime as dt

import pytest

from scheduling.domain import periods_from


@pytest.mark.parametrize(
    ("today", "days"),
    [
        ("2027-01-04", {"today": (4, 4), "tomorrow": (5, 5), "week": (4, 10), "next": (11, 17)}),
        ("2027-01-06", {"today": (6, 6), "tomorrow": (7, 7), "week": (6, 10), "next": (11, 17)}),
        (
            "2027-01-10",
            {"today": (10, 10), "tomorrow": (11, 11), "week": (10, 10), "next": (11, 17)},
        ),
    ],
    ids=["Monday", "Wednesday", "Sunday"],
)
def test_weeks_begin_on_monday_and_this_one_is_what_is_left_of_it(today, days):
    found = [(each.first.day, each.last.day) for each in periods_from(dt.date.fromisoformat(today))]
    assert found == list(days.values())
