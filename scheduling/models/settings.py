"""What the practice decides about booking."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting


@register_setting(icon="calendar", order=20)
class SchedulingSettings(BaseGenericSetting):
    """Rules about starts, and how old a calendar may be."""

    notice_hours = models.PositiveSmallIntegerField(
        "shortest notice, in hours",
        default=12,
        validators=[MaxValueValidator(336)],
        help_text="Sessions that begin sooner than this can't be booked on the site.",
    )
    horizon_days = models.PositiveSmallIntegerField(
        "how many days ahead",
        default=60,
        validators=[MinValueValidator(1), MaxValueValidator(180)],
    )
    daily_limit = models.PositiveSmallIntegerField(
        "most sessions a therapist has on a day", null=True, blank=True
    )
    grid_minutes = models.PositiveSmallIntegerField(
        "minutes between two starts",
        default=30,
        choices=[(minutes, str(minutes)) for minutes in (5, 10, 15, 20, 30, 60)],
    )
    hold_minutes = models.PositiveSmallIntegerField(
        "minutes a time is held while the client fills in the form",
        default=10,
        validators=[MinValueValidator(5), MaxValueValidator(30)],
    )
    complete_after_hours = models.PositiveSmallIntegerField(
        "hours after its end until a session counts as having taken place",
        default=24,
        validators=[MaxValueValidator(336)],
        help_text="Until then you can say that a client did not come; later you can correct it.",
    )
    fresh_minutes = models.PositiveSmallIntegerField(
        "a calendar read within this many minutes is trusted at once", default=30
    )
    refresh_hours = models.PositiveSmallIntegerField(
        "within this many hours it must be read again during the booking", default=6
    )
    offer_hours = models.PositiveSmallIntegerField(
        "older than this many hours, its therapist is not offered", default=48
    )
    calendar_alerts_to = models.EmailField(
        "who is told when a calendar can't be read",
        blank=True,
        help_text="The therapist is told as well. Left empty, it is the practice's public e-mail.",
    )

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("notice_hours"),
                FieldPanel("horizon_days"),
                FieldPanel("daily_limit"),
                FieldPanel("grid_minutes"),
                FieldPanel("hold_minutes"),
                FieldPanel("complete_after_hours"),
            ],
            heading="What can be booked",
        ),
        MultiFieldPanel(
            [
                FieldPanel("fresh_minutes"),
                FieldPanel("refresh_hours"),
                FieldPanel("offer_hours"),
                FieldPanel("calendar_alerts_to"),
            ],
            heading="How old a therapist's calendar may be",
        ),
    ]

    class Meta:
        verbose_name = "Booking rules"

    def clean(self) -> None:
        """Refuse limits of age that are out of order."""
        super().clean()
        if not self.fresh_minutes <= self.refresh_hours * 60 <= self.offer_hours * 60:
            raise ValidationError("Each limit for a calendar's age must be longer than the last.")
