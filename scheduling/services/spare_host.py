"""Leave a calendar server alone that asks for it, whichever of its calendars was visited."""

import datetime as dt

from scheduling import domain
from scheduling.models import CalendarFeed
from scheduling.services.feed_state import LONGEST_WAIT, host_of

SPREAD = dt.timedelta(minutes=5)


def spare_host(feed: CalendarFeed, wish: dt.timedelta, *, now: dt.datetime) -> int:
    """Put off the visits to all other calendars on the feed's server; return how many.

    They wait as long as the server wished, but an hour at most, since it may have meant one
    calendar alone; then they come one after the other. Called outside of transactions: two workers
    that each hold one calendar of a server would wait for each other's.
    """
    host, until = host_of(feed), now + min(wish, LONGEST_WAIT)
    if not host or until <= now:
        return 0
    others = CalendarFeed.objects.filter(is_active=True, next_check_at__lt=until).exclude(
        pk=feed.pk
    )
    return sum(_put_off(other, until, now) for other in others if host_of(other) == host)


def _put_off(feed: CalendarFeed, until: dt.datetime, now: dt.datetime) -> int:
    later = until + SPREAD * domain.share_of(feed.pk, now)
    due_earlier = CalendarFeed.objects.filter(pk=feed.pk, next_check_at__lt=until)
    return due_earlier.update(next_check_at=later)
