"""What old calendars mean for a client: book, ask, or nothing; and how long an answer may take."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from scheduling.domain import Freshness, How, answer_by, freshness, how_to_get

NOW = dt.datetime(2027, 1, 4, 18, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)
HOUR = dt.timedelta(hours=1)


def how_at(age, *, refreshed):
    grade = freshness([age], fresh=30 * MINUTE, refresh=6 * HOUR, offer=48 * HOUR)
    return how_to_get(grade, refreshed=refreshed)


def test_the_age_of_a_calendar_and_whether_it_can_be_read_now_decide():
    told = {
        age: (how_at(age, refreshed=True), how_at(age, refreshed=False))
        for age in (30 * MINUTE, 31 * MINUTE, 6 * HOUR, 7 * HOUR, 48 * HOUR, 49 * HOUR, None)
    }
    assert told == {
        30 * MINUTE: (How.BOOK, How.BOOK),
        31 * MINUTE: (How.BOOK, How.ASK),
        6 * HOUR: (How.BOOK, How.ASK),
        7 * HOUR: (How.ASK, How.ASK),
        48 * HOUR: (How.ASK, How.ASK),
        49 * HOUR: (None, None),
        None: (None, None),
    }


@given(st.lists(st.timedeltas(dt.timedelta(), 60 * HOUR), max_size=4), st.booleans())
def test_the_oldest_of_several_calendars_decides(ages, refreshed):
    grade = freshness(ages, fresh=30 * MINUTE, refresh=6 * HOUR, offer=48 * HOUR)
    strictness = [How.BOOK, How.ASK, None]
    each = [how_at(age, refreshed=refreshed) for age in ages]
    worst = max(each, key=strictness.index, default=How.BOOK)
    assert how_to_get(grade, refreshed=refreshed) == worst


@given(st.integers(1, 60 * 24 * 60), st.integers(1, 168))
def test_an_answer_is_due_after_some_patience_and_while_there_is_time_to_look_on(minutes, hours):
    left, patience = minutes * MINUTE, hours * HOUR
    until = answer_by(NOW + left, patience, now=NOW)
    assert NOW < until < NOW + left
    assert until - NOW <= patience
    assert NOW + left - until >= left / 2
    assert until - NOW == patience or until - NOW == left / 2


def test_grades_that_are_not_offered_stay_so_whatever_could_be_read():
    assert how_to_get(Freshness.NOT_OFFERED) is None
    assert how_to_get(Freshness.BOOK_IF_REFRESHED) is How.BOOK
