"""Tell the therapist and the desk that sessions collide with a calendar."""

import datetime as dt
import smtplib

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse

from scheduling import domain
from scheduling.models import Collision, Therapist
from scheduling.selectors.collisions import untold_collisions
from scheduling.services.send_booking_mail import AGAIN_AFTER, GIVE_UP_AFTER
from scheduling.services.send_feed_mail import readers_of
from scheduling.services.tell_of_collisions import tell_of_collisions

SUBJECT = "A session needs a look"

log = structlog.get_logger(__name__)


def send_collision_mail(therapist_id: int, *, now: dt.datetime) -> int:
    """Send one mail about all collisions of the therapist that nobody was told of; return to how
    many readers it went.

    The collisions are claimed before the mail is sent and marked after, as with mails about
    bookings: two workers with the same task send one mail. What was decided or is over meanwhile is
    left out. Once one reader has it, it is not sent again.
    """
    mine = _claim(therapist_id, now)
    if not mine:
        return 0
    therapist = Therapist.objects.get(pk=therapist_id)
    collisions = Collision.objects.filter(pk__in=mine)
    text = _text(collisions, therapist)
    sent = sum(_send(text, reader, therapist) for reader in readers_of(therapist))
    if sent:
        collisions.update(told_at=now)
    return sent


def retell_of_collisions(*, now: dt.datetime) -> int:
    """Enqueue again the mails that could not be sent, for two days; return how many that was."""
    late = Collision.objects.filter(
        told_at=None,
        kept_at=None,
        ended_at=None,
        found_at__lt=now - AGAIN_AFTER,
        found_at__gt=now - GIVE_UP_AFTER,
        booking__ends_at__gt=now,
    )
    therapists = set(_free(late, now).values_list("booking__therapist", flat=True))
    for therapist_id in sorted(therapists):
        tell_of_collisions(therapist_id)
    return len(therapists)


def _claim(therapist_id: int, now: dt.datetime) -> list[int]:
    """Return the collisions that this call is to tell of; no other call gets them meanwhile."""
    with transaction.atomic():
        untold = _free(untold_collisions(therapist_id, now=now), now)
        mine = [each.pk for each in untold.select_for_update(of=("self",), no_key=True)]
        Collision.objects.filter(pk__in=mine).update(tried_at=now)
    return mine


def _free(collisions: QuerySet[Collision], now: dt.datetime) -> QuerySet[Collision]:
    """Return those of `collisions` that nobody is writing of at `now`."""
    return collisions.filter(Q(tried_at=None) | Q(tried_at__lt=now - AGAIN_AFTER))


def _text(collisions: QuerySet[Collision], therapist: Therapist) -> str:
    shown = collisions.select_related(
        "booking__service", "booking__place__jurisdiction", "feed"
    ).order_by("session_starts_at")
    rows = [
        {
            "booking": each.booking,
            "feed": each.feed,
            "begins": domain.moment_words(each.booking.starts_at, therapist.zone),
            "taken_from": domain.moment_words(each.busy_from, therapist.zone),
            "taken_until": domain.moment_words(each.busy_until, therapist.zone),
            "link": settings.BASE_URL + reverse("collision:inspect", args=[each.pk]),
        }
        for each in shown
    ]
    context = {"therapist": therapist, "rows": rows}
    return render_to_string("scheduling/mail/collisions.txt", context)


def _send(text: str, reader: str, therapist: Therapist) -> bool:
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
        log.warning("collision_mail_failed", therapist=therapist.pk, failure=type(failure).__name__)
        return False
