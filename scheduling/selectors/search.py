"""What is free: answers from the read model, each in one indexed query.

The read model follows every change of the facts. Two things change by the mere passing of time and
are asked for here instead: the notice that a session needs, and the age of a therapist's calendars.
"""

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet

from scheduling.models import CalendarFeed, Opening, SchedulingSettings

PAGE_SIZE = 20


@dataclass(frozen=True, slots=True)
class Search:
    """What a client looks for, by primary keys; None is no limit.

    `first` and `last` are days, both included, in the zone of the place where the client will be.
    """

    place: int | None = None
    service: int | None = None
    therapist: int | None = None
    first: dt.date | None = None
    last: dt.date | None = None


class Key(NamedTuple):
    """Where an opening stands in the order of all openings."""

    starts_at: dt.datetime
    therapist: int
    service: int
    place: int


class Found(NamedTuple):
    """An opening as search returns it: primary keys and instants (UTC)."""

    starts_at: dt.datetime
    therapist: int
    service: int
    place: int
    ends_at: dt.datetime
    local_date: dt.date

    @property
    def key(self) -> Key:
        """Where it stands in the order."""
        return Key(self.starts_at, self.therapist, self.service, self.place)


class Page(NamedTuple):
    """Some openings in order, and after which key the next ones come; None at the end."""

    openings: tuple[Found, ...]
    next_after: Key | None


class Day(NamedTuple):
    """A day and how many openings it has."""

    date: dt.date
    openings: int


class NextFree(NamedTuple):
    """A therapist, the first free start (UTC) and how many openings there are."""

    therapist: int
    starts_at: dt.datetime
    openings: int


_ORDER = ("starts_at", "therapist_id", "service_id", "place_id")


def next_openings(
    search: Search, *, now: dt.datetime, limit: int = PAGE_SIZE, after: Key | None = None
) -> Page:
    """Return the first `limit` openings at the instant `now`, or those that follow `after`.

    The order is that of starts, then of therapists, services and places, so that a page continues
    where the last one ended whatever was booked in between.
    """
    rows = bookable_now(search, now=now)
    if after is not None:
        rows = rows.filter(_follows(after))
    wanted = rows.order_by(*_ORDER).values_list(*_ORDER, "ends_at", "local_date")[: limit + 1]
    found = [Found(*row) for row in wanted]
    page = tuple(found[:limit])
    return Page(page, page[-1].key if len(found) > limit else None)


def days_with_openings(search: Search, *, now: dt.datetime) -> list[Day]:
    """Return each day that has openings at the instant `now`, in order, with their number."""
    days = bookable_now(search, now=now).values("local_date").annotate(count=Count("pk"))
    return [Day(*row) for row in days.order_by("local_date").values_list("local_date", "count")]


def therapists_with_time(search: Search, *, now: dt.datetime) -> list[NextFree]:
    """Return each therapist who has an opening at the instant `now`, the soonest free first."""
    each = bookable_now(search, now=now).values("therapist_id")
    each = each.annotate(first=Min("starts_at"), count=Count("pk")).order_by("first", "therapist")
    return [NextFree(*row) for row in each.values_list("therapist_id", "first", "count")]


def bookable_now(search: Search, *, now: dt.datetime) -> QuerySet[Opening]:
    """Return the rows that `search` matches and that a client may book at the instant `now`."""
    limits = SchedulingSettings.load()
    too_old = outdated_feeds(limits, now=now).filter(therapist=OuterRef("therapist"))
    rows = Opening.objects.filter(
        ~Exists(too_old), starts_at__gte=now + dt.timedelta(hours=limits.notice_hours)
    )
    wanted = {
        "place": search.place,
        "service": search.service,
        "therapist": search.therapist,
        "local_date__gte": search.first,
        "local_date__lte": search.last,
    }
    return rows.filter(**{name: value for name, value in wanted.items() if value is not None})


def outdated_feeds(limits: SchedulingSettings, *, now: dt.datetime) -> QuerySet[CalendarFeed]:
    """Return the feeds that were read too long before `now` for a time to be promised."""
    oldest = now - dt.timedelta(hours=limits.refresh_hours)
    return CalendarFeed.objects.filter(
        Q(succeeded_at=None) | Q(succeeded_at__lt=oldest), is_active=True
    )


def _follows(key: Key) -> Q:
    """Return the condition for rows behind `key`: a comparison of rows, spelled out."""
    condition = Q()
    for name, value in reversed(list(zip(_ORDER, key, strict=True))):
        later = Q(**{f"{name}__gt": value})
        condition = later | (Q(**{name: value}) & condition) if condition else later
    return Q(starts_at__gte=key.starts_at) & condition
