"""What a visit writes on its feed. Each function is called with the feed locked."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db.models import F

from scheduling import domain
from scheduling.ical import Reading
from scheduling.ical.addresses import Address, BadAddressError
from scheduling.models import CalendarFeed, FeedMemory
from scheduling.services.feed_times import Change
from scheduling.services.read_feed import Answer

KEPT = 50
NO_WAIT = dt.timedelta()
# Producers ask to be read every few hours or once a day. That is heeded up to an hour, within which
# one more look while a client books is enough to be certain.
LONGEST_WAIT = dt.timedelta(hours=1)


def lock(feed: CalendarFeed) -> bool:
    """Lock the feed's row until the transaction ends.

    Returns False where another visit, or a change of the address, came first: what `feed` was read
    for no longer matters.
    """
    rows = CalendarFeed.objects.select_for_update(no_key=True)
    return rows.filter(pk=feed.pk, version=feed.version, is_active=True).first() is not None


def record_success(feed: CalendarFeed, answer: Answer, *, now: dt.datetime) -> None:
    """Write that the calendar is as `answer` says and was seen so at `now`."""
    changes: dict[str, Any] = {}
    refresh = feed.refresh_interval
    if answer.reading is not None:
        refresh = answer.reading.refresh
        changes = _said_beside_times(answer.reading)
        FeedMemory.objects.update_or_create(feed=feed, defaults={"state": answer.reading.state})
    _write(
        feed,
        etag=answer.fetched.etag or feed.etag,
        last_modified=answer.fetched.last_modified or feed.last_modified,
        body_digest=answer.body_digest,
        context_digest=answer.context_digest,
        checked_at=now,
        succeeded_at=now,
        failures=0,
        failing_since=None,
        error_code="",
        error_message="",
        visits=_visits(feed, domain.Visit.WELL, now),
        next_check_at=domain.next_visit(
            now,
            interval=dt.timedelta(seconds=settings.FEED_POLL_SECONDS),
            least=max(domain.politeness(host_of(feed)), min(refresh or NO_WAIT, LONGEST_WAIT)),
            share=domain.share_of(feed.pk, now),
        ),
        **changes,
    )


def record_new_times(
    feed: CalendarFeed, answer: Answer, change: Change, *, now: dt.datetime
) -> None:
    """Write that a new generation of times, for the window of `answer`, replaced the last."""
    _write(
        feed,
        times_came=change.came,
        times_went=change.went,
        generation=F("generation") + 1,
        covered_from=answer.window.start,
        covered_until=answer.window.end,
        changed_at=now,
    )


def record_failure(  # what there is to say about it
    feed: CalendarFeed,
    *,
    code: str,
    message: str,
    is_doubted: bool,
    wish: dt.timedelta,
    now: dt.datetime,
) -> None:
    """Write what went wrong at `now` and when to try again; `wish` is the server's (Retry-After).

    `message` is for staff and must not carry the address.
    """
    failures = feed.failures + 1
    _write(
        feed,
        checked_at=now,
        failures=failures,
        failing_since=feed.failing_since or now,
        error_code=code,
        error_message=message,
        visits=_visits(feed, domain.Visit.DOUBTED if is_doubted else domain.Visit.FAILED, now),
        next_check_at=domain.next_attempt(
            now,
            failures=failures,
            wish=wish,
            least=domain.politeness(host_of(feed)),
            share=domain.share_of(feed.pk, now),
        ),
    )


def host_of(feed: CalendarFeed) -> str:
    """Return the host of the feed's address, empty where the address is none."""
    try:
        return Address(feed.address).host
    except BadAddressError:
        return ""


def _visits(feed: CalendarFeed, visit: domain.Visit, now: dt.datetime) -> dict[str, list[int]]:
    """Return the history with this visit. The feed is locked, so none is forgotten meanwhile."""
    return domain.with_visit(feed.visits, visit, now.astimezone(feed.therapist.zone).date())


def _write(feed: CalendarFeed, **changes: Any) -> None:
    CalendarFeed.objects.filter(pk=feed.pk).update(version=F("version") + 1, **changes)


def _said_beside_times(reading: Reading) -> dict[str, Any]:
    """Return what is worth showing: warnings without UIDs, where some producers put names."""
    return {
        "refresh_interval": reading.refresh,
        "free_days": [
            [start.isoformat(), end.isoformat()] for start, end in reading.free_days[:KEPT]
        ],
        "warnings": [
            {"code": warning.code, "message": warning.message, "line": warning.line}
            for warning in reading.warnings[:KEPT]
        ],
    }
