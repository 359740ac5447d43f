"""Tell the therapist and the desk that a licence ends soon."""

import datetime as dt
import smtplib

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse

from cms.core.zones import practice_day
from scheduling import domain
from scheduling.models import Licence, LicenceWarning
from scheduling.selectors.licences import due_warning, ending_licences
from scheduling.services.send_booking_mail import AGAIN_AFTER
from scheduling.services.send_feed_mail import readers_of

SUBJECT = "A license ends soon"

log = structlog.get_logger(__name__)


def send_licence_mail(warning_id: int, *, now: dt.datetime) -> int:
    """Send a warning, unless it was sent or has been overtaken; return to how many readers it went.

    It is claimed before the mail is sent and marked after: two workers with the same task send one
    mail. Once one reader has it, it is not sent again.
    """
    today = practice_day(now)
    licence = _claim(warning_id, today=today, now=now)
    if licence is None:
        return 0
    text = _text(licence, today)
    sent = sum(_send(text, reader, warning_id) for reader in readers_of(licence.therapist))
    if sent:
        LicenceWarning.objects.filter(pk=warning_id).update(told_at=now)
    return sent


@transaction.atomic
def _claim(warning_id: int, *, today: dt.date, now: dt.datetime) -> Licence | None:
    """Return the licence that this call is to tell of, where that is still true and untold."""
    untold = LicenceWarning.objects.select_for_update(no_key=True).filter(told_at=None)
    free = untold.filter(Q(tried_at=None) | Q(tried_at__lt=now - AGAIN_AFTER))
    warning = free.filter(pk=warning_id).first()
    if warning is None:
        return None
    ending = {licence.pk: licence for licence in ending_licences(today=today)}
    licence = ending.get(warning.licence_id)
    if licence is None or licence.valid_until != warning.valid_until:
        return None
    if due_warning(licence, today=today) != warning.days:
        return None
    LicenceWarning.objects.filter(pk=warning_id).update(tried_at=now)
    return licence


def _text(licence: Licence, today: dt.date) -> str:
    last_day = licence.valid_until
    context = {
        "licence": licence,
        "last_day": f"{domain.day_words(last_day)}, {last_day.year}",
        "steps": domain.WARNING_DAYS_WORDS,
        "days_left": (last_day - today).days,
        "link": settings.BASE_URL + reverse("therapist:inspect", args=[licence.therapist_id]),
    }
    return render_to_string("scheduling/mail/licence_ends.txt", context)


def _send(text: str, reader: str, warning_id: int) -> bool:
    message = EmailMessage(
        subject=SUBJECT,
        body=text,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[reader],
        headers={"Auto-Submitted": "auto-generated"},
    )
    try:
        return bool(message.send())
    except (OSError, smtplib.SMTPException) as failure:
        log.warning("licence_mail_failed", warning=warning_id, failure=type(failure).__name__)
        return False
