"""Sending reminders: each once at most, at its time or not at all.

A mail that may have gone out is never sent again, which is what sets reminders apart from the other
mails about a booking: of those one too many is better than none.
"""

import datetime as dt
import smtplib
import socket

from django.db.models import F, Q, QuerySet
from django_q.tasks import async_task

from scheduling import domain
from scheduling.models import Booking, BookingMail
from scheduling.services.plan_reminders import quiet_hours_for
from scheduling.services.send_booking_mail import AGAIN_AFTER, deliver

SEND_REMINDER = "scheduling.tasks.send_reminder"
# After these the mail server has certainly not taken the mail. After a broken connection it may.
NOT_TAKEN = {
    failure.__name__
    for failure in (
        ConnectionRefusedError,
        socket.gaierror,
        smtplib.SMTPAuthenticationError,
        smtplib.SMTPConnectError,
        smtplib.SMTPDataError,
        smtplib.SMTPHeloError,
        smtplib.SMTPRecipientsRefused,
        smtplib.SMTPSenderRefused,
    )
}


def send_due_reminders(*, now: dt.datetime) -> int:
    """Enqueue the reminders that are due at `now`; return how many. Forget those that are too late.

    A worker that was down for hours sends nothing of what it missed.
    """
    reminders = BookingMail.objects.filter(kind=BookingMail.Kind.CLIENT_REMINDER, sent_at=None)
    reminders.filter(
        Q(due_at__lte=now - domain.LATEST, failure="") | Q(booking__starts_at__lte=now)
    ).delete()
    due = list(_waiting(now).values_list("pk", flat=True))
    for mail_id in due:
        async_task(SEND_REMINDER, mail_id)
    return len(due)


def send_reminder(mail_id: int, *, now: dt.datetime) -> bool:
    """Send the reminder, if it may go out at the instant `now`; return whether this call sent it.

    It is claimed before it is sent, and whoever dies in between leaves it claimed.
    """
    waiting = _waiting(now).filter(pk=mail_id)
    mail = waiting.select_related("booking__therapist", "booking__place__jurisdiction").first()
    if mail is None or mail.due_at is None:
        return False
    booking = mail.booking
    quiet = quiet_hours_for(booking)
    if not domain.may_remind(mail.due_at, booking.starts_at, quiet=quiet, now=now):
        return False
    if not waiting.update(tried_at=now, tries=F("tries") + 1, failure=""):
        return False
    return deliver(mail, now)


def _waiting(now: dt.datetime) -> QuerySet[BookingMail]:
    """Return the reminders due at `now`, of sessions that stand, which nobody can have sent yet."""
    refused = Q(tried_at__lt=now - AGAIN_AFTER, failure__in=NOT_TAKEN)
    return BookingMail.objects.filter(
        Q(tried_at=None) | refused,
        kind=BookingMail.Kind.CLIENT_REMINDER,
        sent_at=None,
        due_at__gt=now - domain.LATEST,
        due_at__lte=now,
        sequence=F("booking__sequence"),
        booking__status=Booking.Status.CONFIRMED,
    )
