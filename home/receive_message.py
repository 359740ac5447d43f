"""Take in what somebody wrote through the contact page, once, and tell the desk."""

import datetime as dt
import hashlib
import secrets

from django.db import IntegrityError, transaction
from django_q.tasks import async_task

from cms.core.fields import blind_index
from home.forms import ContactForm
from home.models import ContactMessage

HOUR = dt.timedelta(hours=1)
# From one address of the internet within an hour: beyond the first, messages are kept without a
# mail to the desk; beyond the second they are refused.
SUSPECT_AFTER, REFUSED_AFTER = 5, 30
TELL = "home.tasks.tell_of_message"


class TooManyMessagesError(Exception):
    """So many messages came from one address that no more is taken in for now."""


def receive_message(form: ContactForm, *, network: str, now: dt.datetime) -> ContactMessage:
    """Keep the message of the valid `form` that came from `network` at `now`.

    The same form sent again gives the message it gave before. What may be spam is kept and marked,
    and the desk is not told by mail. Raises TooManyMessagesError.
    """
    digest = _digest_of(form)
    try:
        with transaction.atomic():
            return _known(digest) or _keep(form, digest, network, now)
    except IntegrityError:  # the same form, sent twice at once
        return ContactMessage.objects.get(form_digest=digest)


def _keep(form: ContactForm, digest: str, network: str, now: dt.datetime) -> ContactMessage:
    sender = blind_index(network, purpose="message-network") if network else ""
    before = _from_sender(sender, now)
    if before >= REFUSED_AFTER:
        raise TooManyMessagesError
    message: ContactMessage = form.save(commit=False)
    message.received_at, message.sender_index, message.form_digest = now, sender, digest
    message.is_suspect = before >= SUSPECT_AFTER or form.seems_automatic(now)
    message.save()
    if not message.is_suspect:
        async_task(TELL, message.pk)
    return message


def _known(digest: str) -> ContactMessage | None:
    return ContactMessage.objects.filter(form_digest=digest).first()


def _from_sender(sender: str, now: dt.datetime) -> int:
    """Return how many messages came from there in the last hour; 0 where nobody knows."""
    if not sender:
        return 0
    return ContactMessage.objects.filter(sender_index=sender, received_at__gt=now - HOUR).count()


def _digest_of(form: ContactForm) -> str:
    """Return by what a form is known again; one without our stamp is new each time."""
    key = form.stamped.key or secrets.token_urlsafe()
    return hashlib.sha256(key.encode()).hexdigest()
