"""When and where a therapist works."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalKey

from cms.core.fields import EncryptedTextField
from locations.models import Office, OfficeHours

from .therapists import Therapist


class Span(models.Model):
    """Hours of a day, and where the therapist is during them."""

    starts = models.TimeField()
    ends = models.TimeField(help_text="00:00 means the midnight that ends the day.")
    office = models.ForeignKey(
        Office,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text="Leave empty for hours with online sessions only.",
    )
    online = models.BooleanField("online sessions too", default=True)

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Refuse hours that end before they begin, and hours that are nowhere."""
        super().clean()
        ends_at_midnight = self.ends == dt.time()
        if self.starts and self.ends and self.ends <= self.starts and not ends_at_midnight:
            raise ValidationError({"ends": "The end must be later than the start."})
        if self.office is None and not self.online:
            raise ValidationError({"office": "Choose an office, online sessions, or both."})


class WorkingHours(Span):
    """Weekly hours in the therapist's own time zone."""

    therapist = ParentalKey(Therapist, on_delete=models.CASCADE, related_name="working_hours")
    weekday = models.PositiveSmallIntegerField(choices=OfficeHours.Weekday)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["weekday", "starts"]
        verbose_name_plural = "working hours"

    def clean(self) -> None:
        """Refuse dates that are out of order as well."""
        super().clean()
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise ValidationError({"valid_until": "The last date comes before the first."})

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.starts:%H:%M} to {self.ends:%H:%M}"


class HoursException(Span):
    """Hours of one date, in place of that weekday's hours."""

    therapist = ParentalKey(Therapist, on_delete=models.CASCADE, related_name="hours_exceptions")
    date = models.DateField()

    class Meta:
        ordering = ["date", "starts"]
        verbose_name = "other hours on one date"
        verbose_name_plural = "other hours on single dates"

    def __str__(self) -> str:
        return f"{self.date:%Y-%m-%d} {self.starts:%H:%M} to {self.ends:%H:%M}"


class TimeOff(models.Model):
    """Time in which a therapist sees nobody."""

    therapist = ParentalKey(Therapist, on_delete=models.CASCADE, related_name="time_off")
    starts_at = models.DateTimeField("from")
    ends_at = models.DateTimeField("until")
    note = EncryptedTextField(blank=True, help_text="For staff only; stored encrypted.")

    class Meta:
        ordering = ["starts_at"]
        verbose_name_plural = "time off"

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d} to {self.ends_at:%Y-%m-%d}"

    def clean(self) -> None:
        """Refuse time off that ends before it begins."""
        super().clean()
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": "The end must be later than the start."})
