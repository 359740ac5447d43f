"""Look at a therapist's calendars again while a client fills in the form."""

import datetime as dt
import time

from scheduling import domain
from scheduling.models import CalendarFeed
from scheduling.services.feed_state import host_of
from scheduling.services.sync_feed import Outcome, sync_feed

JUST_NOW = dt.timedelta(minutes=2)
SEEN = {Outcome.UNCHANGED, Outcome.NEW_TIMES, Outcome.OVERTAKEN}


def refresh_feeds(therapist_id: int, *, now: dt.datetime, seconds: float = 3.0) -> bool:
    """Visit the therapist's calendars, all within `seconds`, and return whether each is current.

    One that was seen just before `now`, or whose server must not be asked more often, is not
    visited again. A visit that fails leaves no mark on the feed: it may only have had too little
    time, and the next regular one will tell.
    """
    deadline = time.monotonic() + seconds
    feeds = CalendarFeed.objects.filter(therapist_id=therapist_id, is_active=True)
    due = [feed for feed in feeds if not _is_current(feed, now)]
    return all(_refresh(feed, now, deadline) for feed in due)


def _is_current(feed: CalendarFeed, now: dt.datetime) -> bool:
    if feed.succeeded_at is None:
        return False
    return now - feed.succeeded_at <= max(JUST_NOW, domain.politeness(host_of(feed)))


def _refresh(feed: CalendarFeed, now: dt.datetime, deadline: float) -> bool:
    left = deadline - time.monotonic()
    if left <= 0:
        return False
    return sync_feed(feed.pk, now=now, hurried=True, seconds=left) in SEEN
