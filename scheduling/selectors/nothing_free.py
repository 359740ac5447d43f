"""Why a search finds no time, therapist by therapist, from the function that decides it."""

import datetime as dt
from dataclasses import replace
from typing import NamedTuple

from locations.models import Place
from scheduling import domain
from scheduling.models import Service, Therapist
from scheduling.selectors.explanations import REASONS, Reason
from scheduling.selectors.facts import booking_rules, facts_for
from scheduling.selectors.freshness import how_now

# The reason shows within this many days; what is true of all of them is true of the rest.
LOOKED_AT = dt.timedelta(days=28)
# Nobody reads more names than this, and each takes some milliseconds.
MOST_NAMES = 8


class Why(NamedTuple):
    """What keeps some therapists from being booked, in words that follow their names."""

    reason: Reason | None
    names: list[str]
    words: str


def why_nothing_is_free(
    place: Place, service: Service, therapist: Therapist | None, *, now: dt.datetime
) -> list[Why]:
    """Return why no time at `place` can be had at the instant `now`; empty where nobody is asked.

    Without a `therapist`, of those on the site who offer the service, the first few.
    """
    offering = Therapist.objects.public().filter(services=service)
    asked = [therapist] if therapist else list(offering[:MOST_NAMES])
    names: dict[Reason | None, list[str]] = {}
    for each in asked:
        names.setdefault(_reason(each, place, service, now), []).append(each.name)
    return [
        Why(reason, names[reason], _words(reason, place))
        for reason in (*Reason, None)
        if reason in names
    ]


def _reason(
    therapist: Therapist, place: Place, service: Service, now: dt.datetime
) -> Reason | None:
    """Return the reason; None where there is a time after all, and the read model is behind."""
    if not therapist.accepts_clients:
        return Reason.NOT_OFFERED
    if how_now(therapist.pk, now=now) is None:
        return Reason.CALENDAR_UNCERTAIN
    rules_of_practice = booking_rules()
    told = _told_without_notice(therapist, service, rules_of_practice, now)
    starts = [each.start for each in told.openings if each.place == place.pk]
    if starts:
        soonest = now + rules_of_practice.minimum_notice
        return Reason.TOO_SOON if max(starts) < soonest else None
    rules = {each.rule for each in told.refusals if each.place == place.pk}
    if rules - REASONS.keys() - {domain.Rule.OFF_GRID}:
        return Reason.NOT_FREE
    for rule in (domain.Rule.OUTSIDE_HOURS, domain.Rule.NOT_LICENSED, domain.Rule.PLACE_CLOSED):
        if rule in rules:
            return REASONS[rule]
    return Reason.OUTSIDE_HOURS


def _told_without_notice(
    therapist: Therapist, service: Service, rules: domain.BookingRules, now: dt.datetime
) -> domain.Explanation:
    """Return the next days' explanation, as if a session could be booked at a moment's notice."""
    first = now.astimezone(therapist.zone).date()
    last = first + LOOKED_AT
    rules = replace(rules, minimum_notice=dt.timedelta())
    known = facts_for(therapist, now=now, first=first, last=last, services=[service], rules=rules)
    days = (first + dt.timedelta(days=day) for day in range(LOOKED_AT.days + 1))
    told = [domain.openings(therapist.pk, day, known, explain=True) for day in days]
    return domain.Explanation(
        tuple(opening for day in told for opening in day.openings),
        tuple(refusal for day in told for refusal in day.refusals),
    )


def _words(reason: Reason | None, place: Place) -> str:
    where = place.jurisdiction.name
    words: dict[Reason | None, str] = {
        None: "the free times are just being worked out again, so look once more in a minute",
        Reason.NOT_LICENSED: f"no license for {where}, where you would be",
        Reason.PLACE_CLOSED: "no sessions at this place in the next weeks",
        Reason.TOO_SOON: "free only so soon that we can’t promise it: we need more notice",
        Reason.OUTSIDE_HOURS: "no hours online" if place.is_online else "no hours at this office",
        Reason.NOT_FREE: "every time in the next weeks is taken",
        Reason.CALENDAR_UNCERTAIN: "we could not read the calendar for some time, so we promise "
        "nothing from it",
    }
    return words.get(reason, "not taking new clients for this at the moment")
