"""Give a booked time back."""

import datetime as dt

from django.db import transaction

from scheduling import domain
from scheduling.models import Booking
from scheduling.services import tokens
from scheduling.services.change_status import CLIENT, change_status, lock_booking
from scheduling.services.errors import CancelTooLateError, LateError, LinkUnknownError
from scheduling.services.tell_of_booking import tell_of_cancellation, tell_of_end_of_request


def find_by_link(token: str) -> Booking:
    """Return the booking of a private link. Raises LinkUnknownError where there is none."""
    bookings = Booking.objects.select_related(
        "therapist", "service", "place__jurisdiction", "policy", "series"
    )
    reference = tokens.reference_in(token)
    booking = bookings.filter(reference=reference).first() if reference else None
    if booking is None:
        raise LinkUnknownError
    return booking


def cancel_booking(
    token: str, *, now: dt.datetime, accepts_late: bool = False
) -> tuple[Booking, bool]:
    """Cancel the booking of a private link; return it and whether this call did it.

    After the instant that was fixed with the booking it is cancelled late, and only if the client
    `accepts_late`, having read what that costs. A request that waits for its answer is taken back,
    which is never late. Raises LinkUnknownError, LateError where that was not accepted, and
    CancelTooLateError once the session has begun.
    """
    found = find_by_link(token)
    with transaction.atomic():
        booking = lock_booking(found.pk)
        if booking.status == Booking.Status.REQUESTED:
            change_status(booking, Booking.Status.CANCELLED, by=CLIENT, now=now)
            tell_of_end_of_request(booking, now=now)
            return booking, True
        if booking.status != Booking.Status.CONFIRMED:
            return booking, False
        if now >= booking.starts_at:
            raise CancelTooLateError
        kind = domain.cancelled_state(
            cancel_until=booking.cancel_until, asked_by_client=True, now=now
        )
        if kind is domain.State.LATE_CANCELLED and not accepts_late:
            raise LateError
        change_status(booking, Booking.Status(kind.value), by=CLIENT, now=now)
        tell_of_cancellation(booking, now=now)
    return booking, True
