"""Say of sessions that have begun whether they took place."""

import datetime as dt

from django.db import transaction

from scheduling.models import Booking, SchedulingSettings
from scheduling.services.change_status import PROGRAM, By, change_status, lock_booking
from scheduling.services.errors import ChangeRefusedError

Status = Booking.Status


def record_outcome(
    booking_id: int, *, took_place: bool, by: By, now: dt.datetime, reason: str = ""
) -> bool:
    """Write that the session took place, or that the client did not come.

    Return whether this call changed anything: either can be corrected into the other. Raises
    ChangeRefusedError before the session begins and where the booking is over.
    """
    wanted = Status.COMPLETED if took_place else Status.NO_SHOW
    with transaction.atomic():
        booking = lock_booking(booking_id)
        if booking.status == wanted:
            return False
        change_status(booking, wanted, by=by, now=now, reason=reason)
    return True


def complete_sessions(*, now: dt.datetime) -> int:
    """Write that sessions took place whose end lies as long back as the booking rules say, and of
    which nobody said otherwise; return how many.
    """
    wait = dt.timedelta(hours=SchedulingSettings.load().complete_after_hours)
    ended = Booking.objects.filter(status=Status.CONFIRMED, ends_at__lte=now - wait)
    return sum(_complete(key, now) for key in list(ended.values_list("pk", flat=True)))


def _complete(booking_id: int, now: dt.datetime) -> bool:
    try:
        return record_outcome(booking_id, took_place=True, by=PROGRAM, now=now)
    except (ChangeRefusedError, Booking.DoesNotExist):  # somebody was faster
        return False
