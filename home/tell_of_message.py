"""Tell the desk that somebody has written. The mail says neither who nor what."""

import datetime as dt

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from cms.core.models import PracticeSettings
from home.models import ContactMessage


def tell_of_message(message_id: int, *, now: dt.datetime) -> bool:
    """Mail the practice that the message waits, once; return whether this call did.

    A failure of the mail server is raised, and the task comes again: whoever took the message on by
    setting `told_at` gives it back.
    """
    to = PracticeSettings.load().email
    waiting = ContactMessage.objects.filter(pk=message_id, told_at=None, answered_at=None)
    if not to or not waiting.update(told_at=now):
        return False
    link = settings.BASE_URL + reverse("contactmessage:inspect", args=[message_id])
    mail = EmailMessage(
        subject="A message came in",
        body=render_to_string("home/mail/message_came_in.txt", {"link": link}),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[to],
        headers={"Auto-Submitted": "auto-generated"},
    )
    try:
        return bool(mail.send())
    except Exception:
        ContactMessage.objects.filter(pk=message_id).update(told_at=None)
        raise
