"""The next free times that pages name: of the practice, of an office, of one therapist."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Min

from locations.models import Place
from scheduling.models import SchedulingSettings, Service, Therapist
from scheduling.selectors.bookable import bookable_now
from scheduling.selectors.freshness import outdated_feeds
from scheduling.selectors.search import Search

if TYPE_CHECKING:
    from scheduling.selectors.bookable import BookableNow, BookableOpening


class NextTime(NamedTuple):
    """A start (UTC) at which a therapist is free, and all the places where the client may be.

    `must_ask` is whether a client can only ask for it, since a calendar is old.
    """

    therapist: Therapist
    service: Service
    starts_at: dt.datetime
    places: tuple[Place, ...]
    must_ask: bool = False

    @property
    def day(self) -> dt.date:
        """The day on which it starts, at the first of the places."""
        return self.starts_at.astimezone(self.places[0].jurisdiction.zone).date()


class TimesAtPlace(NamedTuple):
    """The first starts (UTC) of one therapist's service at one place, in order."""

    place: Place
    service: Service
    starts: tuple[dt.datetime, ...]
    must_ask: bool = False

    @property
    def day(self) -> dt.date:
        """The day of the first start, at the place."""
        return self.starts[0].astimezone(self.place.jurisdiction.zone).date()


def leading_services(services: Iterable[Service]) -> list[Service]:
    """Return those of `services` whose times stand for all of them in a summary.

    These are the ones that anyone may book, without calls: when there is time for a short call says
    little about when there is time for a session. Where there are only calls, these.
    """
    bookable = [each for each in services if each.is_bookable]
    return [each for each in bookable if not each.by_phone] or bookable


def leading_openings(search: Search, *, now: dt.datetime) -> "BookableNow":
    """Return what `search` finds at `now`; where it names no service, of the leading ones."""
    rows = bookable_now(search, now=now)
    if search.service is not None:
        return rows
    return rows.filter(service__in=leading_services(Service.objects.all()))


def next_times(
    *,
    now: dt.datetime,
    count: int | None = None,
    search: Search | None = None,
    among: Collection[int] | None = None,
) -> list[NextTime]:
    """Return the first free time of each therapist at the instant `now`, the soonest first.

    `search` limits what counts, `among` with whom (primary keys), `count` how many. Where no
    service is asked for, the times are those of the practice's leading services.
    """
    rows = leading_openings(search or Search(), now=now)
    if among is not None:
        rows = rows.filter(therapist__in=among)
    first = rows.values("therapist_id").annotate(first=Min("starts_at"))
    free = first.order_by("first", "therapist_id").values_list("therapist_id", "first")[:count]
    return _described(rows, dict(free))


def times_by_place(therapist: Therapist, *, now: dt.datetime, count: int = 3) -> list[TimesAtPlace]:
    """Return the first `count` free starts of `therapist` at each place, offices first.

    At each place they are those of the service that is free there first.
    """
    services = {each.pk: each for each in leading_services(therapist.services.all())}
    rows = bookable_now(Search(therapist=therapist.pk), now=now).filter(service__in=services)
    rows = rows.order_by("starts_at", "service__position", "service_id")
    leading: dict[int, int] = {}
    starts: dict[int, list[dt.datetime]] = {}
    to_ask: set[int] = set()
    found = rows.values_list("place_id", "service_id", "starts_at", "must_ask")
    for place_id, service_id, start, must_ask in found:
        if must_ask:
            to_ask.add(place_id)
        at_place = starts.setdefault(place_id, [])
        if leading.setdefault(place_id, service_id) == service_id and len(at_place) < count:
            at_place.append(start)
    places = Place.objects.filter(pk__in=starts).select_related("jurisdiction")
    return [
        TimesAtPlace(
            place, services[leading[place.pk]], tuple(starts[place.pk]), place.pk in to_ask
        )
        for place in places
    ]


def with_outdated_calendar(*, now: dt.datetime) -> set[int]:
    """Return the keys of therapists whose calendar is too old at `now` to say free or full."""
    feeds = outdated_feeds(SchedulingSettings.load(), now=now)
    return set(feeds.values_list("therapist_id", flat=True))


def _described(rows: "BookableNow", starts: Mapping[int, dt.datetime]) -> list[NextTime]:
    """Return the start of each therapist (by key) with its service and all places, in that order.

    A start that was taken since it was looked up is left out.
    """
    rows = rows.filter(therapist__in=starts, starts_at__in=set(starts.values()))
    rows = rows.select_related("therapist", "service", "place__jurisdiction").order_by(
        "service__position", "service_id", "place__is_online", "place__position", "place__name"
    )
    found: dict[int, list[BookableOpening]] = {}
    for row in rows:
        same = found.setdefault(row.therapist_id, [])
        if row.starts_at == starts[row.therapist_id] and row.service == (same or [row])[0].service:
            same.append(row)
    known = [found[key] for key in starts if found.get(key)]
    return [
        NextTime(
            at[0].therapist,
            at[0].service,
            at[0].starts_at,
            tuple(row.place for row in at),
            at[0].must_ask,
        )
        for at in known
    ]
