"""Turn the held dates of a series into bookings, once, in one transaction."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import IntegrityError, OperationalError, transaction

from scheduling import domain
from scheduling.models import Booking, Hold, Series
from scheduling.selectors.freshness import freshness_of
from scheduling.selectors.openings import Wanted
from scheduling.selectors.series import openings_at, sessions_of
from scheduling.services import claim_time, tokens
from scheduling.services.change_status import CLIENT, By
from scheduling.services.confirm_booking import ClientDetails, book_held, look_again_at
from scheduling.services.errors import CalendarUncertainError, DatesTakenError
from scheduling.services.follow_claims import follow_claims
from scheduling.services.hold_series import (
    Resources,
    dates_of_series,
    lock_for_series,
    write_holds,
)
from scheduling.services.tell_of_booking import tell_of_series


@dataclass(frozen=True, slots=True)
class SeriesWish:
    """The dates that the client chose, and what is to be done where one of them is lost."""

    starts: tuple[dt.datetime, ...]
    weeks: int
    all_or_nothing: bool = False


@dataclass(frozen=True, slots=True)
class SeriesConfirmed:
    """A series with its bookings, and whether this call made them."""

    series: Series
    bookings: list[Booking]
    is_new: bool


def confirm_series(
    token: str,
    wanted: Wanted,
    wish: SeriesWish,
    client: ClientDetails,
    *,
    idempotency_key: str,
    now: dt.datetime,
    by: By = CLIENT,
) -> SeriesConfirmed:
    """Book a session as `wanted` at each start of `wish`, held under `token` or free again.

    The same token and key give the same series however often they are sent. A date that a calendar
    or somebody else has taken meanwhile is left out, and kept in `Series.lost`; where the client
    wants all or nothing, or none is left, nothing is booked. Raises DatesTakenError then, and
    CalendarUncertainError where the therapist's calendar is too old to trust.
    """
    refreshed = look_again_at(wanted.therapist.pk, now)
    key = tokens.digest(f"{tokens.digest(token)}|series|{idempotency_key}")
    dates = dates_of_series(wanted, wish.starts)
    try:
        with transaction.atomic():
            resources = lock_for_series(wanted)
            if earlier := Series.objects.filter(idempotency_digest=key).first():
                return SeriesConfirmed(earlier, list(sessions_of(earlier)), is_new=False)
            claim_time.lock_calendars(wanted.therapist.pk)
            grade = freshness_of(wanted.therapist.pk, now=now)
            if domain.how_to_get(grade, refreshed=refreshed) is not domain.How.BOOK:
                raise CalendarUncertainError
            held, lost = _take(token, wanted, dates, resources, wish=wish, now=now)
            series = _write_series(wanted, wish, lost, key=key, now=now)
            bookings = _book(series, held, client, by=by, now=now)
            follow_claims(bookings, now=now)
            tell_of_series(bookings, now=now)
            return SeriesConfirmed(series, bookings, is_new=True)
    except (IntegrityError, OperationalError):
        raise DatesTakenError(dates) from None


def _take(
    token: str,
    wanted: Wanted,
    dates: Sequence[dt.datetime],
    resources: Resources,
    *,
    wish: SeriesWish,
    now: dt.datetime,
) -> tuple[list[Hold], list[dt.datetime]]:
    """Return the holds of the dates that can be had, written anew where they ran out, and the
    dates that can't. Raises DatesTakenError where that is not what the client wants.
    """
    gone = claim_time.delete_expired_holds(resources.values(), now=now)
    own = {hold.starts_at: hold for hold in claim_time.own_holds(tokens.digest(token))}
    asked_at = min((hold.created_at for hold in own.values()), default=now)
    found = openings_at(wanted, dates, now=now, asked_at=asked_at, own=own.values())
    lost = [start for start in dates if start not in found]
    if not found or (lost and wish.all_or_nothing):
        raise DatesTakenError(lost)
    dropped = [hold for start, hold in own.items() if start not in found]
    Hold.objects.filter(pk__in=[hold.pk for hold in dropped]).delete()
    free_again = [opening for start, opening in found.items() if start not in own]
    kept = [hold for start, hold in own.items() if start in found]
    kept += write_holds(free_again, token, wanted, resources, now=now)
    follow_claims([*gone, *dropped], now=now)
    return sorted(kept, key=lambda hold: hold.starts_at), lost


def _write_series(
    wanted: Wanted, wish: SeriesWish, lost: Iterable[dt.datetime], *, key: str, now: dt.datetime
) -> Series:
    return Series.objects.create(
        weeks=wish.weeks,
        all_or_nothing=wish.all_or_nothing,
        lost=[start.isoformat() for start in lost],
        idempotency_digest=key,
        created_at=now,
        is_sample=wanted.therapist.is_sample,
    )


def _book(
    series: Series, holds: Sequence[Hold], client: ClientDetails, *, by: By, now: dt.datetime
) -> list[Booking]:
    bookings = []
    for hold in holds:
        key = tokens.digest(f"{series.idempotency_digest}|{hold.starts_at.isoformat()}")
        bookings.append(book_held(hold, client, key, by=by, now=now, series=series))
        hold.delete()
    return bookings
