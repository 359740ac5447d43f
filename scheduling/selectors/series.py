"""What of a series can be had, decided date by date as for a single booking."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from django.db.models import QuerySet

from scheduling import domain
from scheduling.models import Booking, Hold, Series
from scheduling.selectors.explanations import overall_refusal, words_for_clients
from scheduling.selectors.facts import facts_for, key_of
from scheduling.selectors.openings import Wanted

ALTERNATIVES = 3
AROUND = dt.timedelta(days=3)


class SeriesDate(NamedTuple):
    """One date of a series (UTC): `refusal` is empty where it is free, else it says why it isn't.

    `alternatives` are the free starts nearest to it, within three days.
    """

    starts_at: dt.datetime
    refusal: str = ""
    alternatives: tuple[dt.datetime, ...] = ()


def series_report(
    wanted: Wanted, starts: Sequence[dt.datetime], *, now: dt.datetime, own: Collection[Hold] = ()
) -> list[SeriesDate]:
    """Return what can be said of each of `starts` at the instant `now`.

    The time of `own`, the client's holds, counts as free.
    """
    overall = overall_refusal(wanted.therapist, wanted.service, now=now)
    if overall:
        return [SeriesDate(start, overall) for start in starts]
    known = _facts(wanted, starts, now, own)
    return [_look_at(wanted, start, known) for start in starts]


def openings_at(
    wanted: Wanted,
    starts: Sequence[dt.datetime],
    *,
    now: dt.datetime,
    asked_at: dt.datetime,
    own: Collection[Hold] = (),
) -> Mapping[dt.datetime, domain.Opening]:
    """Return the openings at those of `starts` that can be booked, as if `own` were not held.

    The facts are those of `now`, the notice is counted from `asked_at`. How old the calendars are
    is left to who asks.
    """
    therapist = wanted.therapist
    offers = therapist.services.filter(pk=wanted.service.pk).exists()
    if not (starts and offers and therapist.is_active and therapist.accepts_clients):
        return {}
    known = replace(_facts(wanted, starts, now, own), now=asked_at)
    return {
        opening.start: opening
        for day in {_day(wanted, start) for start in starts}
        for opening in domain.openings(therapist.pk, day, known)
        if opening.place == wanted.place.pk and opening.start in starts
    }


def sessions_of(series: Series) -> QuerySet[Booking]:
    """Return the bookings of `series` in the order in which they begin."""
    bookings = Booking.objects.filter(series=series).order_by("starts_at")
    return bookings.select_related("therapist", "service", "place__jurisdiction", "room", "policy")


def _look_at(wanted: Wanted, start: dt.datetime, known: domain.Facts) -> SeriesDate:
    day = _day(wanted, start)
    told = domain.openings(wanted.therapist.pk, day, known, explain=True)
    if any((each.start, each.place) == (start, wanted.place.pk) for each in told.openings):
        return SeriesDate(start)
    rule = next(
        (
            each.rule
            for each in told.refusals
            if (each.start, each.place) == (start, wanted.place.pk)
        ),
        None,
    )
    around = domain.openings_between(wanted.therapist.pk, day - AROUND, day + AROUND, known)
    others = (each.start for each in around if each.place == wanted.place.pk)
    nearest = domain.nearest(others, start, ALTERNATIVES)
    return SeriesDate(start, words_for_clients(rule), tuple(sorted(nearest)))


def _facts(
    wanted: Wanted, starts: Sequence[dt.datetime], now: dt.datetime, own: Collection[Hold]
) -> domain.Facts:
    """Return the facts of all the days that the starts and their alternatives lie on."""
    days = [_day(wanted, start) for start in starts]
    known = facts_for(
        wanted.therapist,
        now=now,
        first=min(days) - AROUND,
        last=max(days) + AROUND,
        services=[wanted.service],
    )
    return known.without_claims({key_of(hold) for hold in own})


def _day(wanted: Wanted, start: dt.datetime) -> dt.date:
    return start.astimezone(wanted.therapist.zone).date()
