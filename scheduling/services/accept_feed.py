"""Say of a calendar that is doubted that it is right."""

import datetime as dt

from scheduling.services.sync_feed import Outcome, sync_feed


def accept_feed(feed_id: int, *, now: dt.datetime) -> Outcome:
    """Read the calendar of the feed again at `now`, and believe what it says then.

    Between the doubt and this the calendar may have changed again: what counts is what it says now.
    """
    return sync_feed(feed_id, now=now, accept=True)
