"""Sessions that were booked together, every week or every two weeks."""

from django.db import models
from django.utils import timezone

from .bookings import REFERENCE_LENGTH, new_reference


class Series(models.Model):
    """What joins the bookings of a series. Each is a booking like any other, with its own cut-off.

    The private link of a series shows all of them, and cancels those that still can be.
    """

    class Rhythm(models.IntegerChoices):
        """How many weeks lie between two sessions."""

        WEEKLY = 1, "every week"
        FORTNIGHTLY = 2, "every two weeks"

    reference = models.CharField(
        max_length=REFERENCE_LENGTH, unique=True, default=new_reference, editable=False
    )
    weeks = models.PositiveSmallIntegerField("rhythm", choices=Rhythm)
    all_or_nothing = models.BooleanField(
        default=False,
        help_text="Whether it was to be booked only if every date was still free.",
    )
    lost = models.JSONField(
        default=list,
        editable=False,
        help_text="The starts that somebody else took before it was confirmed.",
    )
    idempotency_digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    is_sample = models.BooleanField(default=False, editable=False)

    class Meta:
        verbose_name_plural = "series"
        default_permissions = ()

    def __str__(self) -> str:
        return f"Series {self.reference}"
