"""Which rules refuse one start, and what can be had once staff lift them."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings

from scheduling import domain
from scheduling.domain import LIFTABLE, Audience, Rule

from .test_openings import (
    ANNEX,
    CHICAGO,
    DISTRICT,
    ILLINOIS,
    OFFICE,
    ONLINE,
    PLAIN,
    facts,
    made_facts,
    span,
)


def judged(given_facts, time=dt.time(9), place=OFFICE, day=PLAIN):
    start = domain.at_local(day, time, CHICAGO)
    verdict = domain.judge(1, start, given_facts, service="talk", place=place)
    return list(verdict.refusals), verdict.opening


def strict(**changes):
    return domain.BookingRules(**{"minimum_notice": dt.timedelta(), "horizon_days": 365} | changes)


def test_a_start_that_is_open_has_no_refusal():
    refusals, opening = judged(facts())
    assert refusals == []
    assert opening.room == "r1"


def test_all_rules_that_refuse_are_named_and_what_is_left_can_be_had():
    given_facts = facts(
        rules=strict(minimum_notice=dt.timedelta(days=90), horizon_days=3, daily_limit=0),
        services=(domain.Service("talk", 50, frozenset({ONLINE})),),
        hours=(),
        time_off=domain.busy_spans([span(PLAIN, 8 * 60, 10 * 60)]),
        busy=domain.busy_spans([span(PLAIN, 8 * 60, 10 * 60)]),
    )
    refusals, opening = judged(given_facts, dt.time(9, 10))
    assert refusals == [
        Rule.OFF_GRID,
        Rule.NOT_OFFERED_HERE,
        Rule.BEYOND_HORIZON,
        Rule.DAILY_LIMIT,
        Rule.TOO_SOON,
        Rule.OUTSIDE_HOURS,
        Rule.TIME_OFF,
        Rule.BUSY,
    ]
    assert opening.end - opening.start == dt.timedelta(minutes=50)


TAKEN = domain.Claim("b", span(PLAIN, 9 * 60, 10 * 60), OFFICE, span(PLAIN, 540, 590).start)
ROOM_TAKEN = domain.RoomFacts("r1", (domain.RoomClaim("x", span(PLAIN, 540, 600)),))


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"licences": (domain.Licence(DISTRICT),)}, Rule.NOT_LICENSED),
        ({"claims": (TAKEN,)}, Rule.CLAIMED),
        ({"rooms": {OFFICE: (ROOM_TAKEN,)}}, Rule.NO_ROOM),
        (
            {
                "places": {
                    OFFICE: domain.Place(
                        OFFICE, is_online=False, jurisdiction=ILLINOIS, closed_from=PLAIN
                    )
                }
            },
            Rule.PLACE_CLOSED,
        ),
    ],
)
def test_what_protects_others_is_never_lifted_whatever_else_refuses(changes, rule):
    refusals, opening = judged(facts(**changes))
    assert (refusals, opening) == ([rule], None)
    tight = facts(
        **changes,
        hours=(),
        busy=domain.busy_spans([span(PLAIN, 0, 20 * 60)]),
        rules=strict(daily_limit=0),
    )
    refusals, opening = judged(tight)
    assert refusals[-1] is rule
    assert opening is None
    assert rule not in LIFTABLE


def test_the_way_between_offices_can_be_lifted_and_the_session_itself_not():
    claim = domain.Claim("b", span(PLAIN, 9 * 60, 10 * 60), ANNEX, span(PLAIN, 540, 590).start)
    given_facts = facts(claims=(claim,), travel={(OFFICE, ANNEX): dt.timedelta(minutes=45)})
    assert judged(given_facts, dt.time(10, 30))[0] == [Rule.TRAVEL]
    assert judged(given_facts, dt.time(9, 30))[0] == [Rule.CLAIMED]


def test_what_has_passed_can_not_be_booked():
    late = replace(facts(), now=domain.at_local(PLAIN, dt.time(9, 5), CHICAGO))
    assert judged(late) == ([Rule.TOO_SOON], None)
    assert judged(late, dt.time(9, 30))[1] is not None


@settings(max_examples=25)
@given(made_facts())
def test_it_agrees_with_the_function_that_decides(made):
    day, known = made
    said = domain.openings(1, day, known, audience=Audience.STAFF, explain=True)
    for each in said.openings[:6]:
        verdict = domain.judge(1, each.start, known, service=each.service, place=each.place)
        assert verdict == ((), each)
    for each in said.refusals[::40]:
        verdict = domain.judge(1, each.start, known, service=each.service, place=each.place)
        assert verdict.refusals[0] is each.rule
        assert (verdict.opening is None) is bool(set(verdict.refusals) - LIFTABLE) or (
            each.start < known.now
        )
