"""Give back all the dates of a series that can still be given back."""

import datetime as dt

from django.db import transaction

from scheduling.models import Booking, Series
from scheduling.selectors.series import sessions_of
from scheduling.services import claim_time, tokens
from scheduling.services.change_status import CLIENT, change_status, lock_booking
from scheduling.services.errors import LinkUnknownError
from scheduling.services.tell_of_booking import tell_of_cancelled_series


def find_series(token: str) -> Series:
    """Return the series of a private link. Raises LinkUnknownError where there is none."""
    reference = tokens.series_reference_in(token)
    series = Series.objects.filter(reference=reference).first() if reference else None
    if series is None:
        raise LinkUnknownError
    return series


def can_be_cancelled(booking: Booking, *, now: dt.datetime) -> bool:
    """Return whether the client can still cancel this date online, by its own cut-off."""
    return booking.status == Booking.Status.CONFIRMED and now <= booking.cancel_until


def cancel_series(token: str, *, now: dt.datetime) -> list[Booking]:
    """Cancel the dates of a series whose cut-offs have not passed; return those cancelled now.

    Each keeps the cut-off that was stored when it was booked. Raises LinkUnknownError.
    """
    series = find_series(token)
    sessions = list(sessions_of(series))
    with transaction.atomic():
        _lock(sessions)
        cancelled = []
        for session in sessions:
            booking = lock_booking(session.pk)
            if can_be_cancelled(booking, now=now):
                change_status(booking, Booking.Status.CANCELLED, by=CLIENT, now=now)
                cancelled.append(booking)
        if cancelled:
            tell_of_cancelled_series(cancelled, now=now)
    return cancelled


def _lock(sessions: list[Booking]) -> None:
    """Lock all at once what `lock_booking` locks one by one: only so is it in the order of ids."""
    rooms = {session.room for session in sessions if session.room}
    claim_time.lock_resources(therapist=sessions[0].therapist, rooms=rooms)
