"""Bring what is known of a therapist's calendar up to date.

What was read last stays until something better is there: a calendar that can't be read, comes back
empty or has lost more than half of its events is doubted, not believed, for time that opens by
mistake is a session that collides.
"""

import datetime as dt
from enum import StrEnum
from typing import NamedTuple

import structlog
from django.db import transaction

from scheduling import domain
from scheduling.ical import CalendarError
from scheduling.ical.fetch import MAX_SECONDS, FetchError
from scheduling.models import CalendarFeed, SchedulingSettings
from scheduling.services import feed_state, tell_of_feed
from scheduling.services.feed_doubts import doubt_about
from scheduling.services.feed_times import (
    Change,
    change_between,
    replace_times,
    stored_times,
    within,
)
from scheduling.services.follow_collisions import follow_collisions
from scheduling.services.read_feed import Answer, Time, read_feed
from scheduling.services.rebuild_openings import rebuild_openings
from scheduling.services.spare_host import spare_host

NO_WISH = dt.timedelta()
OVERBURDENED = {429, 503}
TOO_OFTEN = dt.timedelta(minutes=15)

log = structlog.get_logger(__name__)


class Outcome(StrEnum):
    """What a visit changed."""

    UNCHANGED = "unchanged"
    NEW_TIMES = "new times"
    DOUBTED = "doubted"
    FAILED = "failed"
    OVERTAKEN = "overtaken by another visit"
    NOT_READ = "not read"


class Trouble(NamedTuple):
    """Why the times stay as they are, in words for staff, and how long the server wants peace."""

    outcome: Outcome
    code: str
    message: str
    wish: dt.timedelta = NO_WISH


def sync_feed(
    feed_id: int,
    *,
    now: dt.datetime,
    force: bool = False,
    accept: bool = False,
    hurried: bool = False,
    seconds: float = MAX_SECONDS,
) -> Outcome:
    """Visit the calendar of the feed at `now` and take over its times.

    With `force` the whole calendar is asked for and read, changed or not. With `accept` it is
    believed even where it lost most of its events. New times replace the old in one transaction
    with the therapist's openings, and the sessions that they meet become collisions. A calendar
    that can't be read or is doubted leaves the times as they are, and the feed says why, except
    after a `hurried` visit, which may only have had too little time. The visit takes `seconds` at
    most.
    """
    feed = CalendarFeed.objects.select_related("therapist").filter(pk=feed_id).first()
    if feed is None or not feed.is_active:
        return Outcome.NOT_READ
    try:
        answer = read_feed(feed, now=now, afresh=force or accept, seconds=seconds)
    except CalendarError as error:
        trouble = Trouble(Outcome.FAILED, error.code, error.message, _wish(error, now))
        outcome = _keep(feed, trouble, now, hurried=hurried)
        if isinstance(error, FetchError) and error.status in OVERBURDENED:
            spare_host(feed, trouble.wish, now=now)
    else:
        outcome = _take_over(feed, answer, now, accept=accept, hurried=hurried)
    log.info("feed_visited", feed=feed.pk, outcome=outcome.value)
    return outcome


def _take_over(
    feed: CalendarFeed, answer: Answer, now: dt.datetime, *, accept: bool, hurried: bool
) -> Outcome:
    with transaction.atomic():
        if not feed_state.lock(feed):
            return Outcome.OVERTAKEN
        stored = stored_times(feed)
        doubt = None
        if answer.reading is not None and not accept:
            doubt = doubt_about(feed, stored, answer.times, now=now)
        if doubt is None:
            return _believe(feed, answer, stored, now)
        return _keep(feed, Trouble(Outcome.DOUBTED, *doubt), now, hurried=hurried)


def _believe(feed: CalendarFeed, answer: Answer, stored: list[Time], now: dt.datetime) -> Outcome:
    """Write what the calendar says. Called with the feed locked."""
    feed_state.record_success(feed, answer, now=now)
    tell_of_feed.tell_of_recovery(feed)
    if answer.reading is None:
        return Outcome.UNCHANGED
    change = _change(feed, stored, answer)
    if not (any(change) or _must_be_written(feed, answer, now)):
        return Outcome.UNCHANGED
    replace_times(feed, answer.times)
    feed_state.record_new_times(feed, answer, change, now=now)
    rebuild_openings(feed.therapist_id, now=now)
    follow_collisions(feed.therapist_id, now=now)
    return Outcome.NEW_TIMES


def _change(feed: CalendarFeed, stored: list[Time], answer: Answer) -> Change:
    """Return what the answer brings and takes away.

    Only what both were read for is compared: the window moves with every reading.
    """
    window = answer.window
    if feed.covered_from is None or feed.covered_until is None:
        return change_between(stored, answer.times)
    start, end = max(feed.covered_from, window.start), min(feed.covered_until, window.end)
    if start >= end:
        return change_between(stored, answer.times)
    both = domain.Interval(start, end)
    return change_between(within(stored, both), within(answer.times, both))


def _must_be_written(feed: CalendarFeed, answer: Answer, now: dt.datetime) -> bool:
    """Say whether the stored times mean something else by now, or stop short of what is needed."""
    needed = domain.needed_until(now, SchedulingSettings.load().horizon_days)
    return (
        feed.context_digest != answer.context_digest
        or feed.covered_until is None
        or feed.covered_until < needed
    )


def _keep(feed: CalendarFeed, trouble: Trouble, now: dt.datetime, *, hurried: bool) -> Outcome:
    """Keep the times as they are and write why."""
    if hurried:
        return trouble.outcome
    with transaction.atomic():
        if not feed_state.lock(feed):
            return Outcome.OVERTAKEN
        is_doubted = trouble.outcome is Outcome.DOUBTED
        feed_state.record_failure(
            feed,
            code=trouble.code,
            message=trouble.message,
            is_doubted=is_doubted,
            wish=trouble.wish,
            now=now,
        )
        tell_of_feed.tell_of_trouble(feed, is_doubted=is_doubted, now=now)
    return trouble.outcome


def _wish(error: CalendarError, now: dt.datetime) -> dt.timedelta:
    """Return how long the server wants to be left alone."""
    if not isinstance(error, FetchError):
        return NO_WISH
    asked = domain.retry_after(error.retry_after, now)
    return max(asked, TOO_OFTEN) if error.status == 429 else asked
