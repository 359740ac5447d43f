"""Let a client choose again when they are reminded."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction

from scheduling.models import Booking
from scheduling.services.cancel_booking import find_by_link
from scheduling.services.errors import BookingClosedError
from scheduling.services.plan_reminders import plan_reminders


def choose_reminders(token: str, hours_before: Iterable[int], *, now: dt.datetime) -> Booking:
    """Have the client of a private link reminded this many hours before the session.

    Raises LinkUnknownError, and BookingClosedError where the session was cancelled.
    """
    with transaction.atomic():
        booking = Booking.objects.select_for_update().get(pk=find_by_link(token).pk)
        if booking.status != Booking.Status.CONFIRMED:
            raise BookingClosedError
        booking.reminder_hours = sorted(set(hours_before), reverse=True)
        booking.save(update_fields=["reminder_hours"])
        plan_reminders(booking, now=now)
    return booking
