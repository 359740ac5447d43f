"""Reads about times that clients asked for."""

import datetime as dt
from dataclasses import replace
from typing import NamedTuple

from django.db.models import QuerySet

from scheduling import domain
from scheduling.models import Booking, Therapist
from scheduling.selectors.explanations import words_for_staff
from scheduling.selectors.facts import facts_for, key_of
from scheduling.selectors.freshness import how_now
from scheduling.selectors.openings import Wanted, nearest_starts
from scheduling.selectors.search import Found, Search, next_openings

# Against these no therapist can say yes: the law and the house say no.
FORBIDDING = {domain.Rule.NOT_LICENSED, domain.Rule.PLACE_CLOSED, domain.Rule.NOT_OFFERED_HERE}


class Obstacle(NamedTuple):
    """What speaks against a session since it was asked for; `forbids` where nobody can accept."""

    rule: domain.Rule
    message: str

    @property
    def forbids(self) -> bool:
        """Whether the session may not take place whatever the therapist says."""
        return self.rule in FORBIDDING


class Alternative(NamedTuple):
    """A start (UTC) that can be had in place of another, with whom, and whether only by asking."""

    starts_at: dt.datetime
    therapist: Therapist
    must_ask: bool


def obstacle_to(booking: Booking, *, now: dt.datetime) -> Obstacle | None:
    """Return what the facts at `now` say against the time that was asked for, if anything.

    The request's own claim is left out, and so is the notice, which it kept when it was made.
    """
    therapist = booking.therapist
    day = booking.starts_at.astimezone(therapist.zone).date()
    known = facts_for(therapist, now=now, first=day, last=day, services=[booking.service])
    known = replace(known.without_claims({key_of(booking)}), now=booking.created_at)
    told = domain.openings(therapist.pk, day, known, explain=True)
    wanted = (booking.starts_at, booking.place_id)
    rule = next((each.rule for each in told.refusals if (each.start, each.place) == wanted), None)
    return Obstacle(rule, words_for_staff(rule)) if rule else None


def waiting_requests(bookings: QuerySet[Booking], *, now: dt.datetime) -> QuerySet[Booking]:
    """Return those of `bookings` that wait for an answer at `now`, the most urgent first."""
    waiting = bookings.filter(status=Booking.Status.REQUESTED, answer_until__gt=now)
    return waiting.order_by("answer_until", "pk")


def was_ever_confirmed(booking: Booking) -> bool:
    """Return whether it ever was more than a request."""
    return booking.changes.filter(after=Booking.Status.CONFIRMED).exists()


def alternatives_to(booking: Booking, count: int, *, now: dt.datetime) -> list[Alternative]:
    """Return up to `count` other times for the same session at the same place.

    First the nearest with the same therapist, then the next with anyone else.
    """
    wanted = Wanted(booking.therapist, booking.service, booking.place, booking.starts_at)
    must_ask = how_now(booking.therapist_id, now=now) is domain.How.ASK
    found = [
        Alternative(start, booking.therapist, must_ask)
        for start in nearest_starts(wanted, count, now=now)
    ]
    search = Search(booking.place_id, booking.service_id)
    others: dict[int, Found] = {}
    for opening in next_openings(search, now=now, limit=20 * count).openings:
        if opening.therapist != booking.therapist_id:
            others.setdefault(opening.therapist, opening)
    therapists = Therapist.objects.in_bulk(others)
    found += [
        Alternative(each.starts_at, therapists[key], each.how is domain.How.ASK)
        for key, each in others.items()
    ]
    return found[:count]
