"""The next free times that pages name: of the practice, of an office, of one therapist."""

import datetime as dt
from collections.abc import Collection, Iterable
from typing import NamedTuple

from locations.models import Place
from scheduling.models import SchedulingSettings, Service, Therapist
from scheduling.selectors.search import (
    NextFree,
    Search,
    bookable_now,
    outdated_feeds,
    therapists_with_time,
)


class NextTime(NamedTuple):
    """A start (UTC) at which a therapist is free, and all the places where the client may be."""

    therapist: Therapist
    service: Service
    starts_at: dt.datetime
    places: tuple[Place, ...]

    @property
    def day(self) -> dt.date:
        """The day on which it starts, at the first of the places."""
        return self.starts_at.astimezone(self.places[0].jurisdiction.zone).date()


class TimesAtPlace(NamedTuple):
    """The first starts (UTC) of one therapist's service at one place, in order."""

    place: Place
    service: Service
    starts: tuple[dt.datetime, ...]

    @property
    def day(self) -> dt.date:
        """The day of the first start, at the place."""
        return self.starts[0].astimezone(self.place.jurisdiction.zone).date()


def leading_service(services: Iterable[Service]) -> Service | None:
    """Return the service whose times stand for a therapist's, or the practice's, in a summary.

    That is the first that anyone may book and that may happen at an office: a short call says
    little about when there is time for a session. Where there is none, the first that anyone may
    book.
    """
    bookable = [each for each in services if each.is_bookable]
    return next((each for each in bookable if each.in_person), next(iter(bookable), None))


def next_times(
    *,
    now: dt.datetime,
    count: int | None = None,
    place: Place | None = None,
    among: Collection[int] | None = None,
) -> list[NextTime]:
    """Return the first free time of each therapist at the instant `now`, the soonest first.

    `place` limits where, `among` with whom (primary keys), `count` how many. The times are those
    of the practice's leading service.
    """
    service = leading_service(Service.objects.all())
    if service is None:
        return []
    search = Search(service=service.pk, place=place.pk if place else None)
    free = [
        each
        for each in therapists_with_time(search, now=now)
        if among is None or each.therapist in among
    ][:count]
    therapists = Therapist.objects.in_bulk([each.therapist for each in free])
    places = _places_of(free, search, now)
    return [
        NextTime(
            therapists[each.therapist],
            service,
            each.starts_at,
            tuple(places[(each.therapist, each.starts_at)]),
        )
        for each in free
    ]


def times_by_place(therapist: Therapist, *, now: dt.datetime, count: int = 3) -> list[TimesAtPlace]:
    """Return the first `count` free starts of `therapist` at each place, offices first."""
    service = leading_service(therapist.services.all())
    if service is None:
        return []
    search = Search(service=service.pk, therapist=therapist.pk)
    rows = bookable_now(search, now=now).order_by("starts_at").values_list("place_id", "starts_at")
    starts: dict[int, list[dt.datetime]] = {}
    for place_id, start in rows:
        if len(at_place := starts.setdefault(place_id, [])) < count:
            at_place.append(start)
    places = Place.objects.filter(pk__in=starts).select_related("jurisdiction")
    return [TimesAtPlace(place, service, tuple(starts[place.pk])) for place in places]


def with_outdated_calendar(*, now: dt.datetime) -> set[int]:
    """Return the keys of therapists whose calendar is too old at `now` to say free or full."""
    feeds = outdated_feeds(SchedulingSettings.load(), now=now)
    return set(feeds.values_list("therapist_id", flat=True))


def _places_of(
    free: Collection[NextFree], search: Search, now: dt.datetime
) -> dict[tuple[int, dt.datetime], list[Place]]:
    rows = (
        bookable_now(search, now=now)
        .filter(
            therapist__in=[each.therapist for each in free],
            starts_at__in={each.starts_at for each in free},
        )
        .order_by("place__is_online", "place__position", "place__name")
        .select_related("place__jurisdiction")
    )
    places: dict[tuple[int, dt.datetime], list[Place]] = {}
    for row in rows:
        places.setdefault((row.therapist_id, row.starts_at), []).append(row.place)
    return places
