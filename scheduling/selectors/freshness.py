"""How far a therapist's calendars can be trusted at an instant."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from scheduling import domain
from scheduling.models import CalendarFeed, SchedulingSettings
from scheduling.selectors.search_sql import fetch

# Every attempt to hold a time asks this; the ORM takes longer to write it than both to answer it.
LIMITS = """
SELECT fresh_minutes, refresh_hours, offer_hours
FROM scheduling_schedulingsettings ORDER BY id LIMIT 1
"""


def freshness_of(therapist_id: int, *, now: dt.datetime) -> domain.Freshness:
    """Return the grade of the therapist's stalest active feed at the instant `now`.

    A therapist without a feed is graded as fresh: the working hours are all there is to know. A
    feed that was never read makes the therapist unoffered.
    """
    successes = CalendarFeed.objects.filter(therapist_id=therapist_id, is_active=True).values_list(
        "succeeded_at", flat=True
    )
    return _grade(successes, now)


def how_now(therapist_id: int, *, now: dt.datetime) -> domain.How | None:
    """Return how the therapist's times are to be had at `now`; None where none is offered."""
    return domain.how_to_get(freshness_of(therapist_id, now=now))


def grade_of(success: dt.datetime | None, *, now: dt.datetime) -> domain.Freshness:
    """Return the grade, at the instant `now`, of one feed that was last read at `success`."""
    return _grade([success], now)


def outdated_feeds(limits: SchedulingSettings, *, now: dt.datetime) -> QuerySet[CalendarFeed]:
    """Return the feeds that were read too long before `now` for their therapist to be offered."""
    oldest = now - dt.timedelta(hours=limits.offer_hours)
    return CalendarFeed.objects.filter(
        Q(succeeded_at=None) | Q(succeeded_at__lt=oldest), is_active=True
    )


def uncertain_feeds(limits: SchedulingSettings, *, now: dt.datetime) -> QuerySet[CalendarFeed]:
    """Return the feeds that were read too long before `now` for a time to be booked at once."""
    oldest = now - dt.timedelta(hours=limits.refresh_hours)
    return CalendarFeed.objects.filter(succeeded_at__lt=oldest, is_active=True)


def _grade(successes: Iterable[dt.datetime | None], now: dt.datetime) -> domain.Freshness:
    fresh, refresh, offer = _limits()
    return domain.freshness(
        [None if success is None else now - success for success in successes],
        fresh=dt.timedelta(minutes=fresh),
        refresh=dt.timedelta(hours=refresh),
        offer=dt.timedelta(hours=offer),
    )


def _limits() -> tuple[int, int, int]:
    """Return the practice's limits: minutes, hours and hours; the defaults before it has any."""
    if rows := fetch(LIMITS, []):
        return rows[0]
    unsaved = SchedulingSettings()
    return unsaved.fresh_minutes, unsaved.refresh_hours, unsaved.offer_hours
