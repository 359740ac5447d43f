"""Openings: computed from the facts, for whoever writes or must be certain."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import NamedTuple

from locations.models import Place
from scheduling import domain
from scheduling.models import Booking, Hold, Service, Therapist
from scheduling.selectors.facts import Subject, facts_for, key_of
from scheduling.selectors.freshness import how_now


class Wanted(NamedTuple):
    """The session that somebody asks for: with whom, what, where, and from which instant."""

    therapist: Therapist
    service: Service
    place: Place
    starts_at: dt.datetime

    @property
    def local_date(self) -> dt.date:
        """The day on which it starts in the therapist's zone."""
        return self.starts_at.astimezone(self.therapist.zone).date()

    def nearest_of(self, starts: Iterable[dt.datetime], count: int) -> tuple[dt.datetime, ...]:
        """Return, in order, the `count` other starts of `starts` that are nearest to this one."""
        others = [start for start in starts if start != self.starts_at]
        return tuple(sorted(domain.nearest(others, self.starts_at, count)))


# The primary keys of a service and a place.
Kind = tuple[int, int]


class Offered(NamedTuple):
    """The starts of one service at one place, and what with a start says all of an opening.

    `zone` is the key of the zone in which clients read times there.
    """

    minutes: int
    zone: str
    starts: domain.Starts

    def is_like(self, other: "Offered") -> bool:
        """Say whether openings with the same start are the same."""
        return self[:2] == other[:2]


Openings = dict[Kind, Offered]
NOT_OFFERED = Offered(0, "", domain.NO_STARTS)


def compute_starts(
    therapist: Subject,
    *,
    first: dt.date,
    last: dt.date,
    now: dt.datetime,
    rules: domain.BookingRules,
) -> Openings:
    """Return the starts of what `compute_openings` returns, for whoever compares many of them."""
    facts = facts_for(therapist, now=now, first=first, last=last, rules=rules)
    found = domain.starts_between(therapist.pk, first, last, facts)
    minutes = {service.key: service.minutes for service in facts.services}
    return {
        (service, place): Offered(minutes[service], facts.zone_at(place).key, starts)
        for (service, place), starts in found.items()
    }


def compute_openings(
    therapist: Therapist,
    *,
    first: dt.date,
    last: dt.date,
    now: dt.datetime,
    services: Collection[Service] | None = None,
) -> tuple[domain.Opening, ...]:
    """Return, in order, the openings of the local days from `first` to `last` at the instant `now`.

    Empty for a therapist who is not on the site or takes no new clients, and where there are no
    days: those of a session that is over or lies beyond the horizon. The age of the calendars
    is left to who asks: it changes by the minute, and what is free doesn't change with it.
    """
    if last < first or not (therapist.is_active and therapist.accepts_clients):
        return ()
    facts = facts_for(therapist, now=now, first=first, last=last, services=services)
    return domain.openings_between(therapist.pk, first, last, facts)


def find_opening(wanted: Wanted, *, now: dt.datetime) -> domain.Opening | None:
    """Return the opening that `wanted` asks for, computed at `now`; None where there is none."""
    same = (opening for opening in _openings_around(wanted, now, days=0))
    return next((opening for opening in same if opening.start == wanted.starts_at), None)


def still_opens(hold: Hold, *, now: dt.datetime) -> bool:
    """Return whether the held time would be an opening if this client had not taken it.

    The notice is the one that the client kept when the hold was made; all else is as of `now`.
    """
    return opening_without(hold, hold.starts_at, now=now, asked_at=hold.created_at) is not None


def opening_without(
    session: Hold | Booking, starts_at: dt.datetime, *, now: dt.datetime, asked_at: dt.datetime
) -> domain.Opening | None:
    """Return the opening at `starts_at` for the same session, as if its own time were not taken.

    The facts are those of `now`, the notice is counted from `asked_at`. None where there is none.
    """
    therapist = session.therapist
    day = starts_at.astimezone(therapist.zone).date()
    known = facts_for(therapist, now=now, first=day, last=day, services=[session.service])
    known = replace(known.without_claims({key_of(session)}), now=asked_at)
    return next(
        (
            opening
            for opening in domain.openings(therapist.pk, day, known)
            if (opening.start, opening.place) == (starts_at, session.place_id)
        ),
        None,
    )


def starts_around(wanted: Wanted, *, now: dt.datetime) -> list[dt.datetime]:
    """Return the starts of the same session, at the same place, within three days of `wanted`."""
    return [opening.start for opening in _openings_around(wanted, now, days=3)]


def nearest_starts(wanted: Wanted, count: int, *, now: dt.datetime) -> tuple[dt.datetime, ...]:
    """Return, in order, the `count` starts that are nearest to `wanted` among those around it."""
    return wanted.nearest_of(starts_around(wanted, now=now), count)


def _openings_around(wanted: Wanted, now: dt.datetime, *, days: int) -> list[domain.Opening]:
    if not (_offers(wanted.therapist, wanted.service) and _is_offered(wanted.therapist, now)):
        return []
    found = compute_openings(
        wanted.therapist,
        first=wanted.local_date - dt.timedelta(days=days),
        last=wanted.local_date + dt.timedelta(days=days),
        now=now,
        services=[wanted.service],
    )
    return [opening for opening in found if opening.place == wanted.place.pk]


def _offers(therapist: Therapist, service: Service) -> bool:
    return therapist.services.filter(pk=service.pk).exists()


def _is_offered(therapist: Therapist, now: dt.datetime) -> bool:
    """Return whether the therapist's calendars are new enough for a time to be held."""
    return how_now(therapist.pk, now=now) is not None
