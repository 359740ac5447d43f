"""Give a booked time back."""

import datetime as dt

from django.db import transaction

from scheduling.models import Booking
from scheduling.services import tokens
from scheduling.services.errors import CancelTooLateError, LinkUnknownError


def find_by_cancel_token(token: str) -> Booking:
    """Return the booking of a private link. Raises LinkUnknownError where there is none."""
    bookings = Booking.objects.select_related("therapist", "service", "place__jurisdiction")
    booking = bookings.filter(cancel_digest=tokens.digest(token)).first()
    if booking is None:
        raise LinkUnknownError
    return booking


def cancel_booking(token: str, *, now: dt.datetime) -> tuple[Booking, bool]:
    """Cancel the booking of a private link; return it and whether this call did it.

    Raises LinkUnknownError, and CancelTooLateError once the instant stored with the booking has
    passed.
    """
    with transaction.atomic():
        booking = find_by_cancel_token(token)
        if booking.status != Booking.Status.CONFIRMED:
            return booking, False
        if now > booking.cancel_until:
            raise CancelTooLateError
        changed = Booking.objects.filter(pk=booking.pk, status=Booking.Status.CONFIRMED).update(
            status=Booking.Status.CANCELLED, cancelled_at=now, sequence=booking.sequence + 1
        )
        booking.claims.all().delete()
    booking.refresh_from_db()
    return booking, bool(changed)
