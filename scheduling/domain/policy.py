"""Rules that are not about a single start: cut-offs, freshness of calendars, what lies nearest."""

import datetime as dt
from collections.abc import Iterable
from enum import IntEnum, StrEnum

from .intervals import as_utc


class Freshness(IntEnum):
    """What may be promised from calendars of an age; a higher grade promises less."""

    BOOK = 1
    BOOK_IF_REFRESHED = 2
    ASK = 3
    NOT_OFFERED = 4


class How(StrEnum):
    """How a client gets a time that is listed."""

    BOOK = "book"
    ASK = "ask"


def how_to_get(grade: Freshness, *, refreshed: bool = True) -> How | None:
    """Return how a time is to be had from calendars of `grade`; None where it is not offered.

    `refreshed` is whether they could be read again just now: where that is needed and fails, the
    time can only be asked for. Before anybody tries it is taken to succeed.
    """
    if grade is Freshness.NOT_OFFERED:
        return None
    if grade is Freshness.BOOK or (grade is Freshness.BOOK_IF_REFRESHED and refreshed):
        return How.BOOK
    return How.ASK


def answer_by(starts_at: dt.datetime, patience: dt.timedelta, *, now: dt.datetime) -> dt.datetime:
    """Return until when (UTC) a request made at `now` for `starts_at` waits for an answer.

    That is `patience` later, but never past the half of what is left until the session, so that
    the client still has time to look for another. It lies between `now` and the start.
    """
    left = as_utc(starts_at) - as_utc(now)
    return as_utc(now) + min(patience, left / 2)


def freshness(
    ages: Iterable[dt.timedelta | None],
    *,
    fresh: dt.timedelta,
    refresh: dt.timedelta,
    offer: dt.timedelta,
) -> Freshness:
    """Return the grade of the oldest calendar; `None` is one that was never read.

    `fresh`, `refresh` and `offer` are the ages up to which a calendar is trusted at once, trusted
    if it is read again, and good enough to ask the therapist. Without calendars all is known.
    """
    grades = [_grade(age, fresh=fresh, refresh=refresh, offer=offer) for age in ages]
    return max(grades, default=Freshness.BOOK)


def cutoff(starts_at: dt.datetime, notice: dt.timedelta) -> dt.datetime:
    """Return the last instant (UTC) at which cancelling a session from `starts_at` costs nothing.

    `notice` is elapsed time: 24 hours are 24 hours also when the clocks change in between.
    """
    return as_utc(starts_at) - notice


def nearest(
    starts: Iterable[dt.datetime], wanted: dt.datetime, count: int
) -> tuple[dt.datetime, ...]:
    """Return up to `count` different starts, nearest to `wanted` first; on a tie the earlier."""
    return tuple(sorted(set(starts), key=lambda start: (abs(start - wanted), start))[:count])


def _grade(
    age: dt.timedelta | None, *, fresh: dt.timedelta, refresh: dt.timedelta, offer: dt.timedelta
) -> Freshness:
    if age is None or age > offer:
        return Freshness.NOT_OFFERED
    if age > refresh:
        return Freshness.ASK
    return Freshness.BOOK_IF_REFRESHED if age > fresh else Freshness.BOOK
