"""Sending the mails about a booking.

A mail is claimed before it is sent and marked after: two workers with the same task send one mail,
and what a dead worker left claimed is tried again.
"""

import datetime as dt
import smtplib

from django.core.exceptions import ValidationError
from django.db.models import F, Q, QuerySet
from django_q.tasks import async_task

from scheduling.models import BookingMail
from scheduling.services.compose_booking_mail import compose_booking_mail
from scheduling.services.series_mail import SERIES_KINDS, dates_told
from scheduling.services.tell_of_booking import SEND

# Longer than the queue lets a task run, so that nobody is still sending what is tried again.
AGAIN_AFTER = dt.timedelta(minutes=2)
GIVE_UP_AFTER = dt.timedelta(days=2)


def send_booking_mail(booking_id: int, kind: str, *, now: dt.datetime) -> bool:
    """Send the mail of this kind about the booking as it is; return whether this call sent it.

    A mail that was sent, that another worker is sending, or that nothing asked for is left alone.
    One that was overtaken by a later change is dropped: that change has its own. A failure is
    written down by its kind, since a mail server's answer quotes addresses, and tried again later.
    """
    mails = BookingMail.objects.filter(booking=booking_id, kind=kind, due_at=None)
    if kind not in SERIES_KINDS:  # of a series it tells each date as it is when it is sent
        mails.filter(sent_at=None, sequence__lt=F("booking__sequence")).delete()
        mails = mails.filter(sequence=F("booking__sequence"))
    waiting = list(_waiting(mails, now).values_list("pk", flat=True))
    mine = BookingMail.objects.filter(pk__in=waiting)
    if not _waiting(mine, now).update(tried_at=now, tries=F("tries") + 1):
        return False
    about = ("therapist", "place__jurisdiction", "policy", "series")
    mail = mine.select_related(*(f"booking__{each}" for each in about)).get()
    if kind in SERIES_KINDS and not dates_told(mail.booking, kind):
        mine.delete()
        return False
    return deliver(mail, now)


def deliver(mail: BookingMail, now: dt.datetime) -> bool:
    """Send a mail that the caller has claimed; write down how it went and return whether it did."""
    mine = BookingMail.objects.filter(pk=mail.pk)
    try:
        compose_booking_mail(mail.booking, mail.kind, now=now, due_at=mail.due_at).send()
    except (OSError, smtplib.SMTPException, ValidationError) as failure:
        mine.update(failure=type(failure).__name__)
        return False
    mine.update(sent_at=now, failure="")
    return True


def resend_booking_mails(*, now: dt.datetime) -> int:
    """Enqueue again what was not sent, for two days; return how many mails that was."""
    late = BookingMail.objects.filter(
        created_at__lt=now - AGAIN_AFTER, created_at__gt=now - GIVE_UP_AFTER, due_at=None
    )
    waiting = list(_waiting(late, now).values_list("booking_id", "kind"))
    for booking_id, kind in waiting:
        async_task(SEND, booking_id, kind)
    return len(waiting)


def _waiting(mails: QuerySet[BookingMail], now: dt.datetime) -> QuerySet[BookingMail]:
    """Return those of `mails` that were not sent and that nobody is sending at `now`."""
    return mails.filter(Q(tried_at=None) | Q(tried_at__lt=now - AGAIN_AFTER), sent_at=None)
