"""Cancel a booking at the desk."""

import datetime as dt

from django.db import transaction

from scheduling import domain
from scheduling.models import Booking
from scheduling.services.change_status import By, change_status, lock_booking
from scheduling.services.tell_of_booking import tell_of_cancellation


def cancel_for_client(
    booking_id: int, *, asked_by_client: bool, by: By, now: dt.datetime, reason: str = ""
) -> bool:
    """Cancel a booking and give its time back; return whether this call did it.

    Where the client asked after the instant that was fixed when they booked, it counts as cancelled
    late; what the practice cancels itself never does.
    """
    with transaction.atomic():
        booking = lock_booking(booking_id)
        if booking.status != Booking.Status.CONFIRMED:
            return False
        kind = domain.cancelled_state(
            cancel_until=booking.cancel_until, asked_by_client=asked_by_client, now=now
        )
        change_status(booking, Booking.Status(kind.value), by=by, now=now, reason=reason)
        tell_of_cancellation(booking, now=now)
    return True
