"""Share the calendars that are due among the workers, each to one."""

import datetime as dt

from django.conf import settings
from django.db import transaction
from django_q.tasks import async_task

from scheduling.models import CalendarFeed

SYNC = "scheduling.tasks.sync_feed"
# A visit that its worker did not live to finish is due again after this.
LEASE = dt.timedelta(minutes=10)
EACH_MINUTE = 60


def claim_due_feeds(*, now: dt.datetime) -> list[int]:
    """Enqueue a visit to calendars that are due at `now`; return the ids of their feeds.

    Each feed is moved ahead only if it still is where it was seen, so that however many workers
    look at once one of them gets it. Of many that are due together no more are taken in one go than
    spread all feeds evenly over the interval, those that have waited longest first.
    """
    active = CalendarFeed.objects.filter(is_active=True, therapist__is_active=True)
    due = active.filter(next_check_at__lte=now).order_by("next_check_at", "pk")
    rounds = max(settings.FEED_POLL_SECONDS // EACH_MINUTE, 1)
    share = -(-active.count() // rounds)
    seen = list(due.values_list("pk", "next_check_at")[: max(share * 2, 20)])
    return [pk for pk, due_at in seen if _claim(pk, due_at, now)]


def _claim(feed_id: int, due_at: dt.datetime, now: dt.datetime) -> bool:
    """Compare and set; the task is enqueued in the same transaction, so that neither is lost."""
    with transaction.atomic():
        mine = CalendarFeed.objects.filter(pk=feed_id, next_check_at=due_at)
        if not mine.update(next_check_at=now + LEASE):
            return False
        async_task(SYNC, feed_id)
    return True
