"""Tell the therapist and the desk how a calendar is doing."""

import datetime as dt
import smtplib
from collections.abc import Iterator

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from cms.core.models import PracticeSettings
from scheduling import domain
from scheduling.models import CalendarFeed, SchedulingSettings, Therapist
from scheduling.selectors.feeds import health_of

SUBJECTS = {"trouble": "A calendar needs a look", "recovered": "A calendar can be read again"}

log = structlog.get_logger(__name__)


def send_feed_mail(feed_id: int, kind: str, *, now: dt.datetime) -> int:
    """Send the news of this kind, as it is at `now`, to each who is told; return how many got it.

    News that has been overtaken is not sent: a calendar that is well again is in no trouble. A
    failure is logged by its kind alone, since a mail server's answer quotes addresses.
    """
    feeds = CalendarFeed.objects.select_related("therapist").defer("address")
    feed = feeds.filter(pk=feed_id, is_active=True).first()
    if feed is None or bool(feed.error_code) is not (kind == "trouble"):
        return 0
    return sum(_send(feed, kind, reader, now) for reader in readers_of(feed.therapist))


def readers_of(therapist: Therapist) -> Iterator[str]:
    """Yield who is told what the therapist's calendars bring about: the therapist and the desk."""
    desk = SchedulingSettings.load().calendar_alerts_to or PracticeSettings.load().email
    yield from dict.fromkeys(filter(None, (therapist.email, desk)))


def _send(feed: CalendarFeed, kind: str, reader: str, now: dt.datetime) -> bool:
    zone = feed.therapist.zone
    context = {
        "feed": feed,
        "health": health_of(feed, now=now),
        "since": feed.failing_since and domain.moment_words(feed.failing_since, zone),
        "read": feed.succeeded_at and domain.moment_words(feed.succeeded_at, zone),
        "link": settings.BASE_URL + reverse("calendarfeed:inspect", args=[feed.pk]),
    }
    message = EmailMessage(
        subject=SUBJECTS[kind],
        body=render_to_string(f"scheduling/mail/feed_{kind}.txt", context),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[reader],
        headers={"Auto-Submitted": "auto-generated"},
    )
    try:
        return bool(message.send())
    except (OSError, smtplib.SMTPException) as failure:
        log.warning("feed_mail_failed", feed=feed.pk, failure=type(failure).__name__)
        return False
