"""Calendars of sessions that therapists subscribe to."""

from django.db import models

from cms.core.fields import EncryptedTextField

from .therapists import Therapist


class OutgoingFeed(models.Model):
    """The secret address under which a calendar program reads a therapist's sessions.

    The token is kept encrypted, so that its owner can copy the address onto another phone, and as
    a digest, by which a request finds its row. Deleting the row revokes the address.
    """

    therapist = models.OneToOneField(
        Therapist, on_delete=models.CASCADE, related_name="outgoing_feed"
    )
    shows_details = models.BooleanField(
        "say what and where",
        default=False,
        help_text=(
            "Each session then names its service and its place, and never the client. Left off, it "
            "says “Busy”: calendars are shared with families and employers."
        ),
    )
    token = EncryptedTextField(editable=False)
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField("address since", editable=False)
    # What the last answer was and since when, so that whoever has it need not be sent it again.
    body_digest = models.CharField(max_length=64, blank=True, editable=False)
    changed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["therapist__position", "therapist__name"]
        verbose_name = "session calendar"

    def __str__(self) -> str:
        return f"Session calendar of {self.therapist}"
