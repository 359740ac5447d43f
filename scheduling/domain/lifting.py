"""Which rules staff may lift for one start, and what is left of it then.

A rule is lifted in the facts, and then the one function that decides is asked again: what it opens
is as sound as any other opening. Rules that protect the client or somebody else's session can't be
lifted: a licence where the client will be, an office that is closed, a therapist or room in two
sessions at once.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import NamedTuple

from .cells import CELL_MINUTES
from .facts import Audience, Facts, Key, OpenTime
from .intervals import Interval
from .openings import Opening, Rule, openings

FAR_AHEAD_DAYS = 10_000
ONE_DAY = dt.timedelta(days=1)


class Verdict(NamedTuple):
    """What is said of one start: the rules that refuse it, and the opening without them.

    Without an opening the last of the rules is one that can't be lifted.
    """

    refusals: tuple[Rule, ...]
    opening: Opening | None


def judge(
    therapist: Key,
    start: dt.datetime,
    facts: Facts,
    *,
    service: Key,
    place: Key,
    audience: Audience = Audience.STAFF,
) -> Verdict:
    """Return all rules that refuse the start at the instant `start`, as far as they can be lifted.

    `audience` is who asks. Raises ValueError where the facts are another therapist's.
    """
    known = replace(
        facts,
        services=tuple(each for each in facts.services if each.key == service),
        places=MappingProxyType({place: facts.places[place]}),
    )
    day = start.astimezone(facts.zone).date()
    refusals: list[Rule] = []
    while True:
        said = openings(therapist, day, known, audience=audience, explain=True)
        opening = next((each for each in said.openings if each.start == start), None)
        if opening:
            return Verdict(tuple(refusals), opening)
        rule = next((each.rule for each in said.refusals if each.start == start), Rule.OFF_GRID)
        lift = _LIFTS.get(rule)
        if lift is None or rule in refusals:
            return Verdict((*(each for each in refusals if each != rule), rule), None)
        refusals.append(rule)
        known = lift(known, start, place)


def _without_grid(facts: Facts, start: dt.datetime, place: Key) -> Facts:
    return replace(facts, rules=replace(facts.rules, grid_minutes=CELL_MINUTES))


def _everywhere(facts: Facts, start: dt.datetime, place: Key) -> Facts:
    services = (replace(each, places=each.places | {place}) for each in facts.services)
    return replace(facts, services=tuple(services))


def _without_horizon(facts: Facts, start: dt.datetime, place: Key) -> Facts:
    return replace(facts, rules=replace(facts.rules, horizon_days=FAR_AHEAD_DAYS))


def _without_daily_limit(facts: Facts, start: dt.datetime, place: Key) -> Facts:
    return replace(facts, rules=replace(facts.rules, daily_limit=None))


def _without_notice(facts: Facts, start: dt.datetime, place: Key) -> Facts:
    return replace(facts, rules=replace(facts.rules, minimum_notice=dt.timedelta()))


def _at_any_hour(facts: Facts, start: dt.datetime, place: Key) -> Facts:
    around = OpenTime(Interval(start - ONE_DAY, start + 2 * ONE_DAY), frozenset({place}))
    return replace(facts, open_time=(around,))


def _without_time_off(facts: Facts, start: dt.datetime, place: Key) -> Facts:
    return replace(facts, time_off=())


def _without_busy(facts: Facts, start: dt.datetime, place: Key) -> Facts:
    return replace(facts, busy=())


def _without_travel(facts: Facts, start: dt.datetime, place: Key) -> Facts:
    return replace(facts, travel=MappingProxyType({}))


_LIFTS: Mapping[Rule, Callable[[Facts, dt.datetime, Key], Facts]] = MappingProxyType(
    {
        Rule.OFF_GRID: _without_grid,
        Rule.NOT_OFFERED_HERE: _everywhere,
        Rule.BEYOND_HORIZON: _without_horizon,
        Rule.DAILY_LIMIT: _without_daily_limit,
        Rule.TOO_SOON: _without_notice,
        Rule.OUTSIDE_HOURS: _at_any_hour,
        Rule.TIME_OFF: _without_time_off,
        Rule.BUSY: _without_busy,
        Rule.TRAVEL: _without_travel,
    }
)
LIFTABLE = frozenset(_LIFTS)
