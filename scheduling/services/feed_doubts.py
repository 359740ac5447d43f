"""Calendars that read well and are not believed until somebody says that they are right."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from scheduling import domain
from scheduling.models import CalendarFeed
from scheduling.services.read_feed import Time

DOUBTS = {
    "empty": (
        "The calendar holds no events for the coming weeks, so all of that time would be offered. "
        "If that is right, accept it; if not, check that the address is the right calendar's."
    ),
    "emptied": (
        "The calendar suddenly holds no events for the coming weeks. The times read before still "
        "count. If the change is right, accept it."
    ),
    "shrunk": (
        "The calendar suddenly lost more than half of its events. The times read before still "
        "count. If the change is right, accept it."
    ),
}


class Doubt(NamedTuple):
    """Why a calendar is not believed: a stable code, and words for staff."""

    code: str
    message: str


def doubt_about(
    feed: CalendarFeed, stored: Sequence[Time], read: Sequence[Time], *, now: dt.datetime
) -> Doubt | None:
    """Return why the times that were `read` should not replace the `stored` ones, if so.

    Only time from `now` on counts: what is over vanishes from every calendar. A calendar that
    opens time is believed, since losing events there offers less, never more.
    """
    if feed.role == CalendarFeed.Role.OPEN:
        return None
    code = _code(feed, [each.interval for each in stored], [each.interval for each in read], now)
    return Doubt(code, DOUBTS[code]) if code else None


def _code(
    feed: CalendarFeed,
    stored: Sequence[domain.Interval],
    read: Sequence[domain.Interval],
    now: dt.datetime,
) -> str:
    is_first = not feed.body_digest
    if is_first:
        return "" if read else "empty"
    known = domain.Interval(now, max(feed.covered_until or now, now + dt.timedelta(days=1)))
    before, after = domain.clip(stored, known), domain.clip(read, known)
    if before and not after:
        return "emptied"
    return "shrunk" if domain.has_shrunk(before, after, known) else ""
