"""When a calendar is read, how far ahead, and when what it says is not believed at once."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from email.utils import parsedate_to_datetime
from enum import IntEnum

from .intervals import Interval, as_utc, clip

READ_BACK = dt.timedelta(days=1)
# Sessions, buffers and journeys reach past the last bookable day, whose end differs by zone.
MARGIN = dt.timedelta(days=4)
# A server that says "not modified" sends nothing to read the coming days from. So each reading
# reaches further than needed, and only when that is used up the calendar must be sent whole.
READ_AHEAD = dt.timedelta(days=30)

FIRST_RETRY = dt.timedelta(minutes=1)
LONGEST_RETRY = dt.timedelta(hours=1)
LONGEST_WISH = dt.timedelta(days=1)

# Feed hosts that shut out whoever comes more often.
POLITENESS = {"icloud.com": dt.timedelta(minutes=15)}
NO_WAIT = dt.timedelta()

DAYS_OF_VISITS = 14


class Visit(IntEnum):
    """What came of a visit, and where it is counted."""

    WELL = 0
    DOUBTED = 1
    FAILED = 2


def with_visit(
    history: Mapping[str, Sequence[int]], visit: Visit, day: dt.date
) -> dict[str, list[int]]:
    """Return the history of visits with one more on the local `day`.

    It maps days (ISO) to how many visits came to what, in the order of `Visit`. No more than the
    last fourteen days are kept, so that it never grows.
    """
    first = (day - dt.timedelta(days=DAYS_OF_VISITS - 1)).isoformat()
    kept = {each: list(counts) for each, counts in history.items() if each >= first}
    counts = kept.setdefault(day.isoformat(), [0] * len(Visit))
    counts[visit] += 1
    return kept


def needed_until(now: dt.datetime, horizon_days: int) -> dt.datetime:
    """Return the instant up to which a calendar must be known for openings to the horizon."""
    return as_utc(now) + dt.timedelta(days=horizon_days) + MARGIN


def reading_window(now: dt.datetime, horizon_days: int) -> Interval:
    """Return the time for which a calendar is read at `now`: a day back, and well past need."""
    return Interval(now - READ_BACK, needed_until(now, horizon_days) + READ_AHEAD)


def politeness(host: str) -> dt.timedelta:
    """Return the shortest time between two visits that the server `host` puts up with."""
    known = (rest for name, rest in POLITENESS.items() if f".{host}".endswith(f".{name}"))
    return next(known, NO_WAIT)


def next_visit(
    now: dt.datetime, *, interval: dt.timedelta, least: dt.timedelta, share: float
) -> dt.datetime:
    """Return when a calendar that was read at `now` is read again.

    `share`, from 0 to 1, spreads calendars that were read together over a fifth of the interval.
    """
    return now + max(interval * (0.9 + share / 5), least)


def next_attempt(
    now: dt.datetime, *, failures: int, wish: dt.timedelta, least: dt.timedelta, share: float
) -> dt.datetime:
    """Return when to try again after the `failures`-th failure in a row.

    Each wait is about twice the last, up to an hour; `wish` is what the server asked for
    (Retry-After) and `least` what it puts up with. `share`, from 0 to 1,
    spreads those that failed together by a quarter either way.
    """
    doubled = min(FIRST_RETRY * 2 ** min(failures - 1, 10), LONGEST_RETRY)
    return now + max(doubled * (0.75 + share / 2), wish, least)


def share_of(*key: object) -> float:
    """Return a number from 0 to 1, evenly spread over keys and always the same for one."""
    digest = hashlib.sha256("|".join(map(str, key)).encode()).digest()
    return int.from_bytes(digest[:4], "big") / 2**32


def has_shrunk(before: Iterable[Interval], after: Iterable[Interval], window: Interval) -> bool:
    """Say whether the calendar lost more than half of its events and of its time in `window`.

    Both must be lost: a long absence that ends early loses time but no events, and one that is
    entered hides many events but fills time.
    """
    old, new = clip(before, window), clip(after, window)
    return 2 * len(new) < len(old) and 2 * _total(new) < _total(old)


def _total(intervals: Iterable[Interval]) -> dt.timedelta:
    return sum((interval.length for interval in intervals), dt.timedelta())


def retry_after(header: str, now: dt.datetime) -> dt.timedelta:
    """Return how long a server asks to be left alone (RFC 9110, section 10.2.3).

    The header holds seconds or an HTTP date; what is neither, or in the past, asks for nothing,
    and more than a day is a day.
    """
    text = header.strip()
    if text.isascii() and text.isdigit():
        return min(dt.timedelta(seconds=int(text[:9])), LONGEST_WISH)
    try:
        until = parsedate_to_datetime(text)
    except ValueError:
        return NO_WAIT
    wait = until.replace(tzinfo=until.tzinfo or dt.UTC) - now
    return min(max(wait, NO_WAIT), LONGEST_WISH)
