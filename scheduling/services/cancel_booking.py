"""Give a booked time back."""

import datetime as dt

from django.db import transaction

from scheduling.models import Booking
from scheduling.services import tokens
from scheduling.services.errors import CancelTooLateError, LinkUnknownError
from scheduling.services.follow_claims import follow_claims
from scheduling.services.tell_of_booking import tell_of_cancellation


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

    Raises LinkUnknownError, and CancelTooLateError once the instant stored with the booking has
    passed.
    """
    with transaction.atomic():
        booking = find_by_link(token)
        if booking.status != Booking.Status.CONFIRMED:
            return booking, False
        if now > booking.cancel_until:
            raise CancelTooLateError
        changed = Booking.objects.filter(pk=booking.pk, status=Booking.Status.CONFIRMED).update(
            status=Booking.Status.CANCELLED, cancelled_at=now, sequence=booking.sequence + 1
        )
        if changed:
            booking.claims.all().delete()
            follow_claims([booking], now=now)
        booking.refresh_from_db(fields=["status", "cancelled_at", "sequence"])
        if changed:
            tell_of_cancellation(booking, now=now)
    return booking, bool(changed)
