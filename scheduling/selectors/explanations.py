"""Why a time can't be booked, from the same function that decides it."""

import datetime as dt
from enum import StrEnum
from typing import NamedTuple

from locations.models import Place
from scheduling import domain
from scheduling.models import Service, Therapist
from scheduling.selectors.facts import facts_for
from scheduling.selectors.freshness import how_now
from scheduling.selectors.objections import FOR_STAFF, Doubt
from scheduling.selectors.openings import Wanted

Rule = domain.Rule


class Reason(StrEnum):
    """What a client is told. What the therapist does instead is nobody else's business."""

    NOT_OFFERED = "not_offered"
    NOT_LICENSED = "not_licensed"
    PLACE_CLOSED = "place_closed"
    TOO_SOON = "too_soon"
    TOO_FAR_AHEAD = "too_far_ahead"
    OUTSIDE_HOURS = "outside_hours"
    NOT_FREE = "not_free"
    CALENDAR_UNCERTAIN = "calendar_uncertain"


REASONS = {
    Rule.STAFF_ONLY: Reason.NOT_OFFERED,
    Rule.NOT_OFFERED_HERE: Reason.NOT_OFFERED,
    Rule.BEYOND_HORIZON: Reason.TOO_FAR_AHEAD,
    Rule.PLACE_CLOSED: Reason.PLACE_CLOSED,
    Rule.NOT_LICENSED: Reason.NOT_LICENSED,
    Rule.TOO_SOON: Reason.TOO_SOON,
    Rule.OUTSIDE_HOURS: Reason.OUTSIDE_HOURS,
}

_FOR_CLIENTS = {
    Reason.NOT_OFFERED: "This can't be booked here on the site.",
    Reason.NOT_LICENSED: "There is no license for where you will be on that day.",
    Reason.PLACE_CLOSED: "There are no sessions at this place on that day.",
    Reason.TOO_SOON: "This is too soon: the practice needs more notice.",
    Reason.TOO_FAR_AHEAD: "This is further ahead than can be booked now.",
    Reason.OUTSIDE_HOURS: "There are no working hours at this place then.",
    Reason.NOT_FREE: "This time is not free.",
    Reason.CALENDAR_UNCERTAIN: "The calendar has not been read for too long to promise a time.",
}


_ASK_FOR_CLIENTS = (
    "This can be asked for: the calendar was not read for some time, so a person says yes or no."
)
_ASK_FOR_STAFF = (
    "Clients can ask for it, and the therapist accepts or declines: a calendar was not read for "
    "too long to book at once."
)


class Start(NamedTuple):
    """A start of the day's grid (UTC). `code` is empty where it can be had; `how` says how then,
    and `message` says why it can't be had, or why it can only be asked for.
    """

    starts_at: dt.datetime
    code: str = ""
    message: str = ""
    how: domain.How | None = None


def explain_day(
    therapist: Therapist,
    service: Service,
    place: Place,
    day: dt.date,
    *,
    now: dt.datetime,
    for_staff: bool = False,
) -> list[Start]:
    """Return every start of the therapist's local `day`, and why those that can't be booked can't.

    Clients are told less than staff: whether a time is taken by a calendar, by time off or by
    another session is private.
    """
    known = facts_for(therapist, now=now, first=day, last=day, services=[service])
    told = domain.openings(therapist.pk, day, known, explain=True)
    overall = _overall(therapist, service, now, for_staff=for_staff)
    starts = [
        overall._replace(starts_at=each.start) for each in told.openings if each.place == place.pk
    ]
    starts += [
        _refused(each, for_staff=for_staff) for each in told.refusals if each.place == place.pk
    ]
    return sorted(starts)


def explain_start(wanted: Wanted, *, now: dt.datetime) -> Start | None:
    """Return what a client is told of the start that `wanted` asks for; None for one off the grid.

    As `explain_day` says it, so that who is refused reads the same words as who asks why.
    """
    day = explain_day(wanted.therapist, wanted.service, wanted.place, wanted.local_date, now=now)
    return next((each for each in day if each.starts_at == wanted.starts_at), None)


def words_for_staff(rule: domain.Rule) -> str:
    """Return what `rule` says against a start, for staff and for the therapist."""
    return FOR_STAFF[rule]


def overall_refusal(therapist: Therapist, service: Service, *, now: dt.datetime) -> str:
    """Return why none of the therapist's times can be booked at once, for clients; else ""."""
    overall = _overall(therapist, service, now, for_staff=False)
    if overall.how is domain.How.ASK:
        return _FOR_CLIENTS[Reason.CALENDAR_UNCERTAIN]
    return overall.message


def words_for_clients(rule: domain.Rule | None) -> str:
    """Return what a client is told where `rule` refuses a start; None for one of no day's grid."""
    reason = REASONS.get(rule, Reason.NOT_FREE) if rule else Reason.NOT_FREE
    return _FOR_CLIENTS[reason]


def _overall(therapist: Therapist, service: Service, now: dt.datetime, *, for_staff: bool) -> Start:
    """Return what applies to each start that the rules leave open."""
    how = how_now(therapist.pk, now=now)
    doubt = _doubt(therapist, service) or (Doubt.CALENDAR_UNCERTAIN if how is None else None)
    if doubt and for_staff:
        return Start(now, doubt.value, FOR_STAFF[doubt])
    if doubt:
        is_uncertain = doubt is Doubt.CALENDAR_UNCERTAIN
        reason = Reason.CALENDAR_UNCERTAIN if is_uncertain else Reason.NOT_OFFERED
        return Start(now, reason.value, _FOR_CLIENTS[reason])
    if how is domain.How.BOOK:
        return Start(now, how=how)
    return Start(now, message=_ASK_FOR_STAFF if for_staff else _ASK_FOR_CLIENTS, how=how)


def _doubt(therapist: Therapist, service: Service) -> Doubt | None:
    if not therapist.is_active:
        return Doubt.NOT_ON_SITE
    if not therapist.services.filter(pk=service.pk).exists():
        return Doubt.NOT_THEIR_SERVICE
    return None if therapist.accepts_clients else Doubt.NO_NEW_CLIENTS


def _refused(refusal: domain.Refusal, *, for_staff: bool) -> Start:
    if for_staff:
        return Start(refusal.start, refusal.rule.value, FOR_STAFF[refusal.rule])
    reason = REASONS.get(refusal.rule, Reason.NOT_FREE)
    return Start(refusal.start, reason.value, _FOR_CLIENTS[reason])
