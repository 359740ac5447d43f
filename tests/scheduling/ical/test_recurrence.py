"""Rules laid out by period against dateutil, which walks from the start."""

import datetime as dt

import pytest
from dateutil.rrule import rrulestr
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scheduling.ical.budget import Budget, BudgetSpentError
from scheduling.ical.recurrence import occurrences
from scheduling.ical.rule import Frequency
from scheduling.ical.rules import parse_rule

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)  # wall time, in a zone that keeps it
DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
COARSE = ["YEARLY", "MONTHLY", "WEEKLY", "DAILY"]


def at(*parts: int) -> dt.datetime:
    return dt.datetime(*parts, tzinfo=dt.UTC)


def seconds(moment: dt.datetime) -> int:
    return int((moment - EPOCH).total_seconds())


def few(values, most=3):
    listed = st.lists(st.sampled_from(values), min_size=1, max_size=most, unique=True)
    return st.none() | listed.map(lambda each: ",".join(map(str, each)))


@st.composite
def rules(draw):
    """Draw the text of a rule whose parts all libraries understand alike."""
    frequency = draw(st.sampled_from(COARSE))
    parts = {
        "INTERVAL": draw(st.none() | st.integers(1, 13)),
        "WKST": draw(st.none() | st.sampled_from(DAYS)),
        "BYMONTH": draw(few(range(1, 13))),
        "BYMONTHDAY": draw(few([*range(1, 29), *range(-28, 0)])) if frequency != "WEEKLY" else None,
        "BYHOUR": draw(few(range(24))),
        "BYMINUTE": draw(few(range(60))),
        "COUNT": draw(st.none() | st.integers(1, 60)),
    }
    ordinals = [f"{n}{day}" for n in (1, 2, -1) for day in DAYS]
    numbered = few(ordinals) if frequency in {"YEARLY", "MONTHLY"} else few(DAYS)
    parts["BYDAY"] = draw(few(DAYS) | numbered)
    # In the week of a start that is not its first day dateutil counts positions from the start.
    if frequency != "WEEKLY" and any(parts[name] for name in ("BYDAY", "BYMONTHDAY", "BYHOUR")):
        parts["BYSETPOS"] = draw(few([1, 2, -1, -2]))
    said = [f"{name}={value}" for name, value in parts.items() if value]
    return ";".join([f"FREQ={frequency}", *said])


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    rules(),
    st.integers(0, 1_500),
    st.integers(-40, 700),
)
def test_a_rule_falls_when_dateutil_says(text, day, days):
    start = at(2020, 1, 1, 9, 30) + dt.timedelta(days=day)
    first = start + dt.timedelta(days=days)
    stop = first + dt.timedelta(days=120)
    expected = []
    for moment in rrulestr(text, dtstart=start):
        if moment >= stop:
            break
        if moment >= first:
            expected.append(seconds(moment))
    rule = parse_rule(text).rule
    found = occurrences(rule, seconds(start), seconds(first), seconds(stop), Budget(10**6))
    assert list(found) == expected


def test_positions_count_in_the_whole_week_of_the_start():
    """The week of a Wednesday begins on Monday (section 3.3.10), before the start."""
    start = at(2020, 1, 1, 9, 30)
    rule = parse_rule("FREQ=WEEKLY;BYDAY=MO,TU,WE;BYSETPOS=1").rule
    span = seconds(start), seconds(start), seconds(at(2020, 1, 20))
    assert list(occurrences(rule, *span, Budget(10**6))) == [
        seconds(at(2020, 1, 6, 9, 30)),
        seconds(at(2020, 1, 13, 9, 30)),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "FREQ=HOURLY;INTERVAL=7",
        "FREQ=HOURLY;BYHOUR=9,10;BYMINUTE=0,20,40;BYSETPOS=2,-1",
        "FREQ=HOURLY;INTERVAL=5;BYDAY=TU;COUNT=12",
        "FREQ=MINUTELY;INTERVAL=25;BYHOUR=8,9",
        "FREQ=MINUTELY;INTERVAL=90;COUNT=40",
        "FREQ=SECONDLY;INTERVAL=1000;BYMINUTE=0,30",
    ],
)
def test_a_rule_within_days_falls_when_dateutil_says(text):
    start, first, stop = at(2026, 1, 5, 9, 30), at(2026, 1, 12), at(2026, 1, 16)
    expected = [
        seconds(moment)
        for moment in rrulestr(text, dtstart=start).between(first, stop, inc=True)
        if moment < stop
    ]
    rule = parse_rule(text).rule
    found = occurrences(rule, seconds(start), seconds(first), seconds(stop), Budget(10**6))
    assert list(found) == expected


def test_a_week_number_alone_means_the_weekday_of_the_start():
    """Where dateutil gives the whole week, section 3.8.5.3 and most others give one day."""
    rule = parse_rule("FREQ=YEARLY;BYWEEKNO=20").rule
    start = seconds(at(1997, 5, 12, 9))
    found = list(occurrences(rule, start, start, start + 800 * 86_400, Budget(10_000)))
    days = [at(1997, 5, 12, 9), at(1998, 5, 11, 9), at(1999, 5, 17, 9)]
    assert found == [seconds(day) for day in days]


def test_a_short_month_is_skipped_or_filled_as_rfc_7529_says():
    start = seconds(at(2026, 1, 31))
    stop = seconds(at(2026, 4, 30))
    for skip, second in (("OMIT", None), ("BACKWARD", (2, 28)), ("FORWARD", (3, 1))):
        rule = parse_rule(f"RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP={skip}").rule
        found = list(occurrences(rule, start, start, stop, Budget(1_000)))
        expected = [(1, 31), second, (3, 31)]
        assert found == [seconds(at(2026, *day)) for day in expected if day]


def test_nothing_before_the_window_costs_a_step():
    rule = parse_rule("FREQ=DAILY;BYMONTH=1,2,3,4,5,6").rule
    start = seconds(at(1900, 1, 1))
    first = seconds(at(2026, 6, 1))
    budget = Budget(1_000)
    assert len(list(occurrences(rule, start, first, first + 60 * 86_400, budget))) == 30
    assert budget.steps > 800


def test_a_rule_without_end_stops_with_its_budget():
    rule = parse_rule("FREQ=SECONDLY").rule
    with pytest.raises(BudgetSpentError):
        list(occurrences(rule, 0, 0, 10**9, Budget(100)))


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("FREQ=WEEKLY;INTERVAL=0", 1),
        ("FREQ=WEEKLY;COUNT=-1", 1),
        ("FREQ=WEEKLY;BYDAY=XX,MO", 1),
        ("FREQ=WEEKLY;BYHOUR=24", 1),
        ("FREQ=WEEKLY;UNTIL=soon", 1),
        ("FREQ=WEEKLY;;BYDAY=", 1),
        ("RRULE:FREQ=WEEKLY\\;BYDAY=MO", 0),
        ("freq=weekly;byday=mo;", 0),
    ],
)
def test_what_can_be_read_of_a_rule_is_kept(text, problems):
    parsed = parse_rule(text)
    assert parsed.rule.frequency is Frequency.WEEKLY
    assert len(parsed.problems) == problems


@pytest.mark.parametrize("text", ["", "FREQ=", "FREQ=SOMETIMES", "COUNT=3", "A" * 20_000])
def test_what_does_not_say_how_often_is_no_rule(text):
    parsed = parse_rule(text)
    assert parsed.rule is None
    assert parsed.problems
