"""Writing down which mails a booking needs, in the transaction that makes it need them."""

import datetime as dt
from collections.abc import Sequence

from django_q.tasks import async_task

from scheduling.models import Booking, BookingMail
from scheduling.selectors.mail_addresses import address_for
from scheduling.services.plan_reminders import drop_reminders, plan_reminders

SEND = "scheduling.tasks.send_booking_mail"
Kind = BookingMail.Kind


def tell_of_booking(booking: Booking, *, now: dt.datetime) -> None:
    """Have the client told that the session is booked and reminded of it, the therapist invited."""
    plan_reminders(booking, now=now)
    _tell(booking, Kind.CLIENT_CONFIRMED, Kind.THERAPIST_CONFIRMED, now=now)


def tell_of_request(booking: Booking, *, now: dt.datetime) -> None:
    """Have the client told what happens next, and the therapist and the desk asked."""
    _tell(booking, Kind.CLIENT_ASKED, Kind.THERAPIST_ASKED, Kind.DESK_ASKED, now=now)


def tell_of_end_of_request(booking: Booking, *, now: dt.datetime) -> None:
    """Have those told who wait: the client, and the therapist whom nobody asks any more."""
    if booking.status == Booking.Status.DECLINED:
        _tell(booking, Kind.CLIENT_DECLINED, now=now)
    elif booking.status == Booking.Status.EXPIRED:
        _tell(booking, Kind.CLIENT_EXPIRED, now=now)
    else:
        _tell(booking, Kind.CLIENT_WITHDRAWN, Kind.THERAPIST_WITHDRAWN, now=now)


def tell_of_move(booking: Booking, *, now: dt.datetime) -> None:
    """Have both told that the session is at another time, and reminders come for that."""
    plan_reminders(booking, now=now)
    _tell(booking, Kind.CLIENT_MOVED, Kind.THERAPIST_MOVED, now=now)


def tell_of_cancellation(booking: Booking, *, now: dt.datetime) -> None:
    """Have both told that the session is cancelled, and nobody reminded of it."""
    drop_reminders(booking)
    _tell(booking, Kind.CLIENT_CANCELLED, Kind.THERAPIST_CANCELLED, now=now)


def tell_of_series(bookings: Sequence[Booking], *, now: dt.datetime) -> None:
    """Have both told, in one mail each, of all the dates of a series; reminders come for each."""
    for booking in bookings:
        plan_reminders(booking, now=now)
    _tell(bookings[0], Kind.CLIENT_SERIES_CONFIRMED, Kind.THERAPIST_SERIES_CONFIRMED, now=now)


def tell_of_cancelled_series(bookings: Sequence[Booking], *, now: dt.datetime) -> None:
    """Have both told, in one mail each, that these dates of a series are cancelled."""
    for booking in bookings:
        drop_reminders(booking)
    _tell(bookings[0], Kind.CLIENT_SERIES_CANCELLED, Kind.THERAPIST_SERIES_CANCELLED, now=now)


def _tell(booking: Booking, *kinds: Kind, now: dt.datetime) -> None:
    for kind in kinds:
        if address_for(booking, kind):
            BookingMail.objects.create(
                booking=booking, kind=kind, sequence=booking.sequence, created_at=now
            )
            async_task(SEND, booking.pk, kind.value)
