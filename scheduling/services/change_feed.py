"""Give a feed another address, or make its events mean something else."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db import transaction

from scheduling.models import CalendarFeed, FeedMemory
from scheduling.services.follow_collisions import follow_collisions

# What a visit would write, as if there had never been one. The times of the old calendar stay until
# the new one was read, but until then nothing is promised by them.
NEVER_VISITED: dict[str, Any] = {
    "etag": "",
    "last_modified": "",
    "body_digest": "",
    "context_digest": "",
    "checked_at": None,
    "succeeded_at": None,
    "failures": 0,
    "failing_since": None,
    "told_grade": None,
    "visits": {},
    "times_came": None,
    "times_went": None,
    "error_code": "",
    "error_message": "",
    "warnings": [],
    "free_days": [],
    "refresh_interval": None,
}
ANOTHER_CALENDAR = {"address", "role"}


def change_feed(feed: CalendarFeed, changed: Collection[str], *, now: dt.datetime) -> None:
    """Save `feed`, of which the fields `changed` are new; its calendar is due at once.

    Only these fields are written: a visit may be writing the others at the same time. Where it has
    become another calendar, all that was known of the old one is forgotten, and an answer that is
    still under way is dropped. A calendar that was switched off or on collides with other sessions.
    """
    feed.next_check_at = now
    with transaction.atomic():
        if feed.pk is None:
            feed.save()
        else:
            feed.save(update_fields=_prepare(feed, changed))
            follow_collisions(feed.therapist_id, now=now)


def _prepare(feed: CalendarFeed, changed: Collection[str]) -> list[str]:
    """Set what follows from the change and return the names of all fields to save."""
    row = CalendarFeed.objects.select_for_update(no_key=True).only("version").get(pk=feed.pk)
    feed.version = row.version + 1
    follows = {}
    if ANOTHER_CALENDAR & set(changed):
        follows = NEVER_VISITED
        FeedMemory.objects.filter(feed=feed).delete()
    for name, value in follows.items():
        setattr(feed, name, value)
    return [*changed, *follows, "version", "next_check_at"]
