"""Visit a calendar and keep of it what is needed: times."""

import datetime as dt
import hashlib
import traceback
from dataclasses import dataclass
from typing import Any, NamedTuple

import structlog
from django.conf import settings

from locations.models import Office
from scheduling import domain
from scheduling.ical import CalendarError, Reading, read_calendar
from scheduling.ical.fetch import MAX_SECONDS, Fetched, fetch
from scheduling.ical.state import RULES
from scheduling.models import CalendarFeed, FeedMemory, SchedulingSettings
from scheduling.selectors.invitations import own_uids

OUR_FAULT = (
    "The calendar holds something that this program failed to read. That is our fault, not the "
    "therapist's; the log says more to whoever looks after the program."
)

log = structlog.get_logger(__name__)


class Time(NamedTuple):
    """A stretch of time that a calendar gives; `office` is that of an open one, None online."""

    interval: domain.Interval
    office: int | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a visit brought. `reading` is None where what was read before still holds."""

    fetched: Fetched
    reading: Reading | None
    window: domain.Interval
    body_digest: str
    context_digest: str
    times: tuple[Time, ...] = ()


def read_feed(
    feed: CalendarFeed, *, now: dt.datetime, afresh: bool = False, seconds: float = MAX_SECONDS
) -> Answer:
    """Fetch the calendar and read it for the time that openings at `now` need.

    The server is asked for the whole calendar, and an unchanged one is read again, where `afresh`
    says so, where the days that were read run out, or where what decides about its meaning has
    changed. Nothing is written. Raises CalendarError, which never carries the address.
    """
    horizon = SchedulingSettings.load().horizon_days
    window = domain.reading_window(now, horizon)
    offices = _offices(feed)
    context = _context(feed, offices)
    holds = (
        not afresh
        and feed.context_digest == context
        and feed.covered_until is not None
        and feed.covered_until >= domain.needed_until(now, horizon)
    )
    fetched = fetch_calendar(
        feed.address,
        etag=feed.etag if holds else "",
        last_modified=feed.last_modified if holds else "",
        seconds=seconds,
    )
    if fetched.body is None:
        return Answer(fetched, None, window, feed.body_digest, context)
    digest = hashlib.sha256(fetched.body).hexdigest()
    if holds and digest == feed.body_digest:
        return Answer(fetched, None, window, digest, context)
    reading = read_body(
        fetched.body,
        window,
        zone=feed.therapist.zone,
        role="open" if _is_open(feed) else "busy",
        owner=feed.owner_address,
        usual_owner=feed.therapist.email,
        free_days_are_busy=feed.free_days_are_busy,
        places=tuple(offices),
        own_uids=own_uids(),
        state=b"" if afresh else _remembered(feed),
    )
    return Answer(fetched, reading, window, digest, context, _times(feed, reading, offices))


def _remembered(feed: CalendarFeed) -> bytes:
    """Return what the last reading that was believed left for this one."""
    state = FeedMemory.objects.filter(feed=feed).values_list("state", flat=True).first()
    return b"" if state is None else bytes(state)


def read_body(body: bytes, window: domain.Interval, **meaning: Any) -> Reading:
    """Read a calendar for the time of `window`; `meaning` is what `read_calendar` takes beside it.

    Raises CalendarError. Anything else that goes wrong is a fault of ours; it becomes one too, so
    that the feed says so and what was read before stays. Only where it happened is logged: the
    fault's own words may quote the calendar.
    """
    try:
        return read_calendar(body, start=window.start, end=window.end, **meaning)
    except CalendarError:
        raise
    except Exception as fault:
        place = traceback.extract_tb(fault.__traceback__)[-1]
        where = f"{place.name}:{place.lineno}"
        log.error("calendar_fault", fault=type(fault).__name__, where=where)
    raise CalendarError("fault", OUR_FAULT)


def fetch_calendar(
    address: str, *, etag: str = "", last_modified: str = "", seconds: float = MAX_SECONDS
) -> Fetched:
    """Fetch `address` under the operator's rules. Raises FetchError."""
    return fetch(
        address,
        etag=etag,
        last_modified=last_modified,
        allowed_hosts=settings.FEED_ALLOWED_HOSTS,
        allow_http=settings.FEED_ALLOW_HTTP,
        seconds=seconds,
    )


def _is_open(feed: CalendarFeed) -> bool:
    return feed.role == CalendarFeed.Role.OPEN


def _offices(feed: CalendarFeed) -> dict[str, int]:
    """Return the offices that events of a calendar which opens time may name."""
    if not _is_open(feed):
        return {}
    return dict(Office.objects.order_by("name").values_list("name", "pk"))


def _times(feed: CalendarFeed, reading: Reading, offices: dict[str, int]) -> tuple[Time, ...]:
    """Return what was read, in the order in which it is stored."""
    if not _is_open(feed):
        return tuple(Time(domain.Interval(*interval)) for interval in reading.intervals)
    times = [
        Time(domain.Interval(*interval), offices.get(place))
        for place, intervals in reading.places.items()
        for interval in intervals
    ]
    opened = (domain.Interval(*interval) for interval in reading.intervals)
    elsewhere = domain.subtract(opened, [time.interval for time in times])
    times += [Time(interval) for interval in elsewhere]
    return tuple(sorted(times, key=lambda time: (time.interval, time.office or 0)))


def _context(feed: CalendarFeed, offices: dict[str, int]) -> str:
    """Return a digest of all that decides what an unchanged calendar means."""
    parts = (
        RULES,
        feed.therapist.time_zone,
        feed.role,
        feed.owner_address,
        feed.therapist.email,
        feed.free_days_are_busy,
        sorted(offices.items()),
        own_uids(),
    )
    return hashlib.sha256(repr(parts).encode()).hexdigest()
