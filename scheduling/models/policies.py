"""The policy for missed sessions, version by version."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models


class Policy(models.Model):
    """One version of the policy. Bookings keep the version that their client accepted."""

    version = models.PositiveIntegerField(unique=True)
    text = models.TextField(help_text="What the client reads and accepts before booking.")
    notice_hours = models.PositiveSmallIntegerField(
        "hours of notice",
        validators=[MaxValueValidator(336)],
        help_text=(
            "Until how long before the session a client can cancel and move it at no cost. Later, "
            "and until it begins, they can still do it online and are told before what it costs."
        ),
    )
    late_fee = models.DecimalField(
        "what cancelling late costs, in dollars",
        max_digits=8,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text=(
            "Clients read it before they book and before they cancel late. 0 means that it costs "
            "nothing. Left empty, they read that the practice will tell them."
        ),
    )
    late_terms = models.CharField(
        "what else there is to say about cancelling late",
        max_length=200,
        blank=True,
        help_text="A sentence, such as who pays it or when it is waived. It can replace the sum.",
    )
    published_at = models.DateTimeField(auto_now_add=True)
    is_sample = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ["-version"]
        verbose_name_plural = "policies"

    def __str__(self) -> str:
        return f"Version {self.version}"
