"""The coming days as a calendar gives them, beside what clients find free."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple, Protocol

from scheduling import domain
from scheduling.models import CalendarFeed, Therapist
from scheduling.selectors.facts import facts_for

DAYS = 7


class GivenTime(Protocol):
    """A stretch of time that a calendar gives, at an office or, without one, online."""

    @property
    def interval(self) -> domain.Interval:
        """When it is."""

    @property
    def office(self) -> int | None:
        """The primary key of the office."""


class FeedWeek(NamedTuple):
    """Local days of a therapist: what a calendar takes (or opens), and what can be booked."""

    days: tuple[dt.date, ...]
    given: tuple[domain.Interval, ...]
    free: tuple[domain.Interval, ...]


def week_of(feed: CalendarFeed, *, now: dt.datetime) -> FeedWeek:
    """Return the seven days from the therapist's today on, as the calendar was last read.

    What is free is what search offers, by all of the therapist's calendars, hours and bookings
    together. Times touching each other are one.
    """
    days = coming_days(feed.therapist, now=now)
    week = whole(days, feed.therapist)
    times = feed.open_times if feed.role == CalendarFeed.Role.OPEN else feed.busy_times
    return FeedWeek(days, _stored(times, week), _stored(feed.therapist.openings, week))


def week_with(feed: CalendarFeed, times: Sequence[GivenTime], *, now: dt.datetime) -> FeedWeek:
    """Return the same days as they would be if `times` were what the calendar gives.

    `feed` may be new or changed; nothing of it has to be stored. What is free is computed by the
    function that decides about every booking, as if the therapist took new clients.
    """
    therapist = feed.therapist
    days = coming_days(therapist, now=now)
    facts = facts_for(therapist, now=now, first=days[0], last=days[-1], leaving_out=feed)
    if feed.is_active:
        facts = _with(facts, feed, times)
    found = domain.openings_between(therapist.pk, days[0], days[-1], facts)
    free = domain.merge(domain.Interval(each.start, each.end) for each in found)
    given = domain.merge(time.interval for time in times)
    return FeedWeek(days, domain.clip(given, whole(days, therapist)), free)


def coming_days(therapist: Therapist, *, now: dt.datetime) -> tuple[dt.date, ...]:
    """Return the seven local days from the therapist's today on."""
    today = now.astimezone(therapist.zone).date()
    return tuple(today + dt.timedelta(days=offset) for offset in range(DAYS))


def whole(days: Sequence[dt.date], therapist: Therapist) -> domain.Interval:
    """Return the time from the first of the local `days` to the end of the last."""
    zone = therapist.zone
    return domain.Interval(
        domain.local_day(days[0], zone).start, domain.local_day(days[-1], zone).end
    )


def _with(facts: domain.Facts, feed: CalendarFeed, times: Sequence[GivenTime]) -> domain.Facts:
    if feed.role != CalendarFeed.Role.OPEN:
        return replace(
            facts, busy=(*facts.busy, *domain.busy_spans(time.interval for time in times))
        )
    online = frozenset(key for key, place in facts.places.items() if place.is_online)
    opened = (
        domain.OpenTime(time.interval, frozenset({time.office}) if time.office else online)
        for time in times
    )
    return replace(facts, open_time=(*facts.open_time, *opened))


def _stored(rows: Any, week: domain.Interval) -> tuple[domain.Interval, ...]:
    spans = rows.filter(starts_at__lt=week.end, ends_at__gt=week.start)
    return domain.merge(
        domain.Interval(start, end) for start, end in spans.values_list("starts_at", "ends_at")
    )
