"""Give a booked time back."""

import datetime as dt

from django.db import transaction

from scheduling.models import Booking
from scheduling.services import tokens
from scheduling.services.change_status import CLIENT, change_status, lock_booking
from scheduling.services.errors import CancelTooLateError, LinkUnknownError
from scheduling.services.tell_of_booking import tell_of_cancellation, tell_of_end_of_request


def find_by_link(token: str) -> Booking:
    """Return the booking of a private link. Raises LinkUnknownError where there is none."""
    bookings = Booking.objects.select_related(
        "therapist", "service", "place__jurisdiction", "policy"
    )
    reference = tokens.reference_in(token)
    booking = bookings.filter(reference=reference).first() if reference else None
    if booking is None:
        raise LinkUnknownError
    return booking


def cancel_booking(token: str, *, now: dt.datetime) -> tuple[Booking, bool]:
    """Cancel the booking of a private link; return it and whether this call did it.

    A request that waits for its answer is taken back, which is never late.

    Raises LinkUnknownError, and CancelTooLateError once the instant stored with the booking has
    passed.
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
        if now > booking.cancel_until:
            raise CancelTooLateError
        change_status(booking, Booking.Status.CANCELLED, by=CLIENT, now=now)
        tell_of_cancellation(booking, now=now)
    return booking, True
