"""What people write to the practice through the contact page."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from cms.core.fields import EncryptedTextField


class ContactMessage(models.Model):
    """A message to the desk. Who wrote it, and what, is encrypted."""

    class About(models.TextChoices):
        """Who writes, and so what the answer is about."""

        SELF_PAY = "self_pay", "I’m new and pay myself"
        INSURANCE = "insurance", "I’m new and use insurance"
        CLIENT = "client", "I’m a client already"
        COLLEAGUE = "colleague", "I’m a colleague or refer somebody"
        PRESS = "press", "I’m from the press"
        OTHER = "other", "It’s something else"

    class Way(models.TextChoices):
        """How the answer may come."""

        EMAIL = "email", "by e-mail"
        PHONE = "phone", "by phone, to me alone"
        VOICEMAIL = "voicemail", "by phone, on the voicemail too"

    about = models.CharField(max_length=12, choices=About)
    name = EncryptedTextField("name")
    way = models.CharField("answer", max_length=10, choices=Way)
    email = EncryptedTextField("e-mail", blank=True)
    phone = EncryptedTextField(blank=True)
    text = EncryptedTextField("message")
    received_at = models.DateTimeField("received", default=timezone.now, editable=False)
    told_at = models.DateTimeField("the desk was told", null=True, editable=False)
    answered_at = models.DateTimeField("answered", null=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    is_suspect = models.BooleanField(
        "may be spam",
        default=False,
        editable=False,
        help_text="No mail tells of it; it waits in the list like all others.",
    )
    form_digest = models.CharField(
        max_length=64,
        unique=True,
        editable=False,
        help_text="Of the form that was sent: the same form again is the same message.",
    )
    sender_index = models.CharField(
        max_length=64,
        blank=True,
        editable=False,
        help_text="A keyed digest of where it came from, to limit how much one can send.",
    )

    class Meta:
        ordering = ["-received_at"]
        verbose_name = "message"
        indexes = [models.Index(fields=["sender_index", "received_at"], name="message_by_sender")]

    def __str__(self) -> str:
        return f"Message {self.pk}"
