"""What speaks against a time that staff want for a client, in words, and what they may override.

The rules are those of openings, asked through the same function. Staff are bound by them like a
client, but may lift most of them with a reason; services that only staff book are theirs to book.
"""

import datetime as dt
from dataclasses import replace
from enum import StrEnum
from typing import NamedTuple

from scheduling import domain
from scheduling.models import Booking, Hold, Service, Therapist
from scheduling.selectors.facts import facts_for, key_of
from scheduling.selectors.freshness import freshness_of
from scheduling.selectors.openings import Wanted

Rule = domain.Rule


class Doubt(StrEnum):
    """What speaks against a time before the rules are asked."""

    PASSED = "passed"
    NOT_ON_SITE = "not_on_site"
    NOT_THEIR_SERVICE = "not_their_service"
    NO_NEW_CLIENTS = "no_new_clients"
    CALENDAR_UNCERTAIN = "calendar_uncertain"


FOR_STAFF: dict[str, str] = {
    Doubt.PASSED: "This time has passed.",
    Doubt.NOT_ON_SITE: "The therapist is not on the site any more.",
    Doubt.NOT_THEIR_SERVICE: "The therapist does not offer this service.",
    Doubt.NO_NEW_CLIENTS: "The therapist takes no new clients, so none is offered a time.",
    Doubt.CALENDAR_UNCERTAIN: (
        "A calendar of the therapist has not been read for too long to promise a time."
    ),
    Rule.OFF_GRID: "Clients are offered other starts: the booking rules say how far apart.",
    Rule.STAFF_ONLY: "Only staff can book this service.",
    Rule.NOT_OFFERED_HERE: "This service does not take place here.",
    Rule.BEYOND_HORIZON: "The day is further ahead than the booking rules allow.",
    Rule.DAILY_LIMIT: "The therapist has as many sessions on that day as the booking rules allow.",
    Rule.PLACE_CLOSED: "The place is not open on that day.",
    Rule.NOT_LICENSED: "No license is valid on that day where the client will be.",
    Rule.TOO_SOON: "The session would begin sooner than the shortest notice.",
    Rule.OUTSIDE_HOURS: "The session does not fit into the working hours at this place.",
    Rule.TIME_OFF: "The therapist has time off.",
    Rule.BUSY: "A calendar says that the time is taken, or does not reach that far.",
    Rule.CLAIMED: "Another session, with its buffer, is booked or held.",
    Rule.TRAVEL: "There is not enough time for the way from or to another office.",
    Rule.NO_ROOM: "No room of the office is free.",
}
# By code; what is not among them stands whoever asks and why.
OVERRIDABLE = frozenset(
    {*(rule.value for rule in domain.LIFTABLE), Doubt.NOT_THEIR_SERVICE, Doubt.CALENDAR_UNCERTAIN}
)


class Judgement(NamedTuple):
    """What speaks against a time, by stable codes, and the opening that is left of it, if any."""

    codes: tuple[str, ...]
    opening: domain.Opening | None

    @property
    def messages(self) -> list[str]:
        """The same in words."""
        return [FOR_STAFF[code] for code in self.codes]


def judge_for_staff(
    wanted: Wanted,
    *,
    now: dt.datetime,
    without: Hold | Booking | None = None,
    asked_at: dt.datetime | None = None,
) -> Judgement:
    """Return what speaks, at the instant `now`, against booking `wanted` for a client.

    `without` is the hold or booking whose own time is not in the way; the notice is counted from
    `asked_at`, where that was earlier. Without an opening nothing can be done about it.
    """
    therapist, service, place, starts_at = wanted
    if not therapist.is_active:
        return Judgement((Doubt.NOT_ON_SITE.value,), None)
    if starts_at <= now:
        return Judgement((Doubt.PASSED.value,), None)
    day = wanted.local_date
    known = facts_for(therapist, now=now, first=day, last=day, services=[service])
    if without is not None:
        known = known.without_claims({key_of(without)})
    verdict = domain.judge(
        therapist.pk,
        starts_at,
        replace(known, now=asked_at or now),
        service=service.pk,
        place=place.pk,
    )
    codes = (*doubts_about(therapist, service, now=now), *(each.value for each in verdict.refusals))
    return Judgement(codes, verdict.opening)


def doubts_about(therapist: Therapist, service: Service, *, now: dt.datetime) -> list[str]:
    """Return what speaks against any time of `therapist` for `service`, as codes."""
    found = []
    if not therapist.services.filter(pk=service.pk).exists():
        found.append(Doubt.NOT_THEIR_SERVICE.value)
    if freshness_of(therapist.pk, now=now) is not domain.Freshness.BOOK:
        found.append(Doubt.CALENDAR_UNCERTAIN.value)
    return found
