"""Cancel a booking at the desk."""

import datetime as dt

from django.db import transaction

from scheduling.models import Booking
from scheduling.services.follow_claims import follow_claims
from scheduling.services.tell_of_booking import tell_of_cancellation


def cancel_for_client(booking_id: int, *, asked_by_client: bool, now: dt.datetime) -> bool:
    """Cancel a booking and give its time back; return whether this call did it.

    Where the client asked after the instant that was fixed when they booked, it counts as cancelled
    late; what the practice cancels itself never does.
    """
    with transaction.atomic():
        booking = Booking.objects.select_for_update().get(pk=booking_id)
        if booking.status != Booking.Status.CONFIRMED:
            return False
        is_late = asked_by_client and now > booking.cancel_until
        booking.status = Booking.Status.LATE_CANCELLED if is_late else Booking.Status.CANCELLED
        booking.cancelled_at = now
        booking.sequence += 1
        booking.save(update_fields=["status", "cancelled_at", "sequence"])
        booking.claims.all().delete()
        follow_claims([booking], now=now)
        tell_of_cancellation(booking, now=now)
    return True
