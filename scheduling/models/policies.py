"""The policy for missed sessions, version by version."""

from django.core.validators import MaxValueValidator
from django.db import models


class Policy(models.Model):
    """One version of the policy. Bookings keep the version that their client accepted."""

    version = models.PositiveIntegerField(unique=True)
    text = models.TextField(help_text="What the client reads and accepts before booking.")
    notice_hours = models.PositiveSmallIntegerField(
        "hours of notice",
        validators=[MaxValueValidator(336)],
        help_text="Until how long before the session a client can cancel online.",
    )
    published_at = models.DateTimeField(auto_now_add=True)
    is_sample = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ["-version"]
        verbose_name_plural = "policies"

    def __str__(self) -> str:
        return f"Version {self.version}"
