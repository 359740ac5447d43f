"""That a licence ends is told at each step once, against a calendar turned leaf by leaf."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduling import domain
from scheduling.domain import Licence, due_warning, goes_on

END = dt.date(2027, 3, 31)
DAY = dt.timedelta(days=1)
DAYS = st.integers(-70, 70).map(lambda days: END + days * DAY)


def warned(runs):
    """Return what the rule tells on each day of `runs` that something is told."""
    told = {}
    for day in sorted(runs):
        days = due_warning(END, told.values(), today=day)
        if days is not None:
            told[day] = days
    return told


def warned_leaf_by_leaf(runs):
    """The same, turning over every day: what was last to be told waits until the job runs."""
    told, waiting = {}, None
    day = END - 90 * DAY
    while day <= END:
        for days in (60, 30, 7):
            if day + days * DAY == END:
                waiting = days
        if day in runs and waiting is not None:
            told[day], waiting = waiting, None
        day += DAY
    return told


@given(runs=st.sets(DAYS))
def test_each_step_once_whichever_days_the_job_runs(runs):
    assert warned(runs) == warned_leaf_by_leaf(runs)


def test_with_a_run_on_each_day():
    days = {END + number * DAY for number in range(-100, 20)}
    assert warned(days) == {END - 60 * DAY: 60, END - 30 * DAY: 30, END - 7 * DAY: 7}


@pytest.mark.parametrize(("left", "due"), [(61, None), (60, 60), (8, 30), (0, 7), (-1, None)])
def test_the_bounds(left, due):
    assert due_warning(END, [], today=END - left * DAY) == due


def test_a_clock_set_back_tells_nothing_again():
    assert due_warning(END, [7], today=END - 20 * DAY) is None


STRETCHES = st.tuples(DAYS, DAYS).map(sorted)
LICENCES = st.builds(
    lambda code, days: Licence(code, *days), st.sampled_from(["IL", "DC"]), STRETCHES
)


@given(ends=DAYS, others=st.lists(LICENCES, max_size=4), today=DAYS)
def test_another_goes_on_where_it_covers_the_next_day_that_counts(ends, others, today):
    """Or, where the licence is over, where another was over later: then that one is told of."""
    here = [other for other in others if other.jurisdiction == "IL"]
    next_day = ends + DAY if ends >= today else today
    covering = [each for each in here if each.valid_from <= next_day <= each.valid_until]
    later = [each for each in here if ends < each.valid_until < today]
    found = goes_on(Licence("IL", None, ends), others, today=today)
    assert found == bool(covering or later)


def test_a_gap_or_another_jurisdiction_is_no_continuation():
    licence = Licence("IL", None, END)
    assert goes_on(licence, [Licence("IL", END + DAY, END + 9 * DAY)], today=END)
    assert not goes_on(licence, [Licence("IL", END + 2 * DAY, END + 9 * DAY)], today=END)
    assert not goes_on(licence, [Licence("DC", None, END + 9 * DAY), licence], today=END)


def test_a_licence_without_an_end_needs_nothing_after_it():
    assert goes_on(Licence("IL"), [], today=END)
    assert goes_on(Licence("IL", None, END), [Licence("IL")], today=END)


def test_the_words_name_each_step():
    assert domain.WARNING_DAYS_WORDS == "60, 30 and 7"
