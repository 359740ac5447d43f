"""Writing down when a client is reminded of a session.

A reminder is a mail with an instant at which it is due. What decides about that instant (the
session's time, the client's choice, the quiet hours) can change: then those that have not gone out
are planned anew.
"""

import datetime as dt
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from scheduling import domain
from scheduling.models import Booking, BookingMail, SchedulingSettings


def plan_reminders(booking: Booking, *, now: dt.datetime) -> None:
    """Plan the booking's reminders as its client chose them, in place of those planned before.

    Call it in the transaction that changes the booking. What is not confirmed has none, nor has a
    client who gave no address.
    """
    drop_reminders(booking)
    if booking.status != Booking.Status.CONFIRMED or not booking.client_email:
        return
    times = domain.reminder_times(
        booking.starts_at,
        booking.reminder_hours,
        zone=ZoneInfo(booking.client_zone),
        quiet=quiet_hours_for(booking),
        now=now,
    )
    BookingMail.objects.bulk_create(
        (
            BookingMail(
                booking=booking,
                kind=BookingMail.Kind.CLIENT_REMINDER,
                sequence=booking.sequence,
                created_at=now,
                due_at=due_at,
            )
            for due_at in times
        ),
        ignore_conflicts=True,  # it was sent by a worker whose clock is ahead
    )


def drop_reminders(booking: Booking) -> None:
    """Forget the booking's reminders that nobody has begun to send."""
    booking.mails.filter(
        kind=BookingMail.Kind.CLIENT_REMINDER, sent_at=None, tried_at=None
    ).delete()


def plan_all_reminders(*, now: dt.datetime) -> int:
    """Plan the reminders of all sessions to come anew; return how many sessions those are."""
    coming = Booking.objects.filter(status=Booking.Status.CONFIRMED, starts_at__gt=now)
    keys = list(coming.exclude(reminder_hours=[]).values_list("pk", flat=True))
    for key in keys:
        with transaction.atomic():
            plan_reminders(Booking.objects.select_for_update().get(pk=key), now=now)
    return len(keys)


def quiet_hours_for(booking: Booking) -> domain.QuietHours:
    """Return the night of the practice and of the booking's client."""
    rules = SchedulingSettings.load()
    zones = (ZoneInfo(settings.TIME_ZONE), ZoneInfo(booking.client_zone))
    return domain.QuietHours(rules.quiet_from, rules.quiet_until, zones)
