"""How far a therapist's calendars can be trusted at an instant."""

import datetime as dt
from collections.abc import Iterable

from scheduling import domain
from scheduling.models import CalendarFeed, SchedulingSettings


def freshness_of(therapist_id: int, *, now: dt.datetime) -> domain.Freshness:
    """Return the grade of the therapist's stalest active feed at the instant `now`.

    A therapist without a feed is graded as fresh: the working hours are all there is to know. A
    feed that was never read makes the therapist unoffered.
    """
    successes = CalendarFeed.objects.filter(therapist_id=therapist_id, is_active=True).values_list(
        "succeeded_at", flat=True
    )
    return _grade(successes, now)


def grade_of(success: dt.datetime | None, *, now: dt.datetime) -> domain.Freshness:
    """Return the grade, at the instant `now`, of one feed that was last read at `success`."""
    return _grade([success], now)


def _grade(successes: Iterable[dt.datetime | None], now: dt.datetime) -> domain.Freshness:
    limits = SchedulingSettings.load()
    return domain.freshness(
        [None if success is None else now - success for success in successes],
        fresh=dt.timedelta(minutes=limits.fresh_minutes),
        refresh=dt.timedelta(hours=limits.refresh_hours),
        offer=dt.timedelta(hours=limits.offer_hours),
    )
