"""Decide when people are told that a calendar is in trouble, or well again.

Once for each step down, not with every visit: a calendar that fails for a moment is no news, and a
mail every ten minutes is read by nobody. Both functions are called with the feed locked; the task
is enqueued in the same transaction, so that it neither runs early nor gets lost.
"""

import datetime as dt

from django_q.tasks import async_task

from scheduling import domain
from scheduling.models import CalendarFeed
from scheduling.selectors.freshness import grade_of

SEND = "scheduling.tasks.send_feed_mail"
TROUBLE, RECOVERED = "trouble", "recovered"


def tell_of_trouble(feed: CalendarFeed, *, is_doubted: bool, now: dt.datetime) -> None:
    """Tell that the calendar is doubted, or that it has grown too old for what was offered so far.

    One that was never read counts from its first failure. Nothing is told again until it is worse.
    """
    grade = grade_of(feed.succeeded_at or feed.failing_since or now, now=now)
    told = domain.Freshness.BOOK if feed.told_grade is None else feed.told_grade
    if grade > told or (is_doubted and feed.told_grade is None):
        CalendarFeed.objects.filter(pk=feed.pk).update(told_grade=grade)
        async_task(SEND, feed.pk, TROUBLE)


def tell_of_recovery(feed: CalendarFeed) -> None:
    """Tell those who were told of trouble that it is over."""
    if feed.told_grade is not None:
        CalendarFeed.objects.filter(pk=feed.pk).update(told_grade=None)
        async_task(SEND, feed.pk, RECOVERED)
