"""Offices and their rooms."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from phonenumber_field.modelfields import PhoneNumberField

from .located import Located
from .places import Place


class Office(Located, Place, ClusterableModel):
    """An office where clients are seen in person."""

    neighborhood = models.CharField(
        "neighborhood",
        max_length=80,
        help_text="As it stands in sentences: South Loop.",
    )
    street = models.CharField(max_length=120, blank=True)
    city = models.CharField(max_length=80, default="Chicago")
    zip_code = models.CharField("ZIP code", max_length=10, blank=True)
    phone = PhoneNumberField(blank=True)
    arrival = models.TextField(
        "what to expect at the door", blank=True, help_text="Doorbell, waiting room, who comes."
    )
    accessibility = models.TextField(
        blank=True, help_text="Steps, lift, door widths, toilets, quiet space, assistance animals."
    )
    transit = models.TextField("by train and bus", blank=True)
    parking = models.TextField("by car", blank=True)

    class Meta:
        ordering = ["position", "name"]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the kind of the place true."""
        self.is_online = False
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """Return the path of the office's public page."""
        return f"/locations/{self.slug}/"

    @property
    def address_lines(self) -> list[str]:
        """The postal address as lines; empty lines left out."""
        city = f"{self.city}, {self.jurisdiction.code} {self.zip_code}".strip()
        return [line for line in (self.street, city) if line]


class Room(models.Model):
    """A room of an office. A session in person takes one."""

    office = ParentalKey(Office, on_delete=models.CASCADE, related_name="rooms")
    name = models.CharField(max_length=60)
    is_active = models.BooleanField("in use", default=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["office", "name"], name="room_name_unique_in_office")
        ]

    def __str__(self) -> str:
        return f"{self.office.name}: {self.name}"


class OfficeHours(models.Model):
    """When the office's door is open on a weekday. Shown to clients; it books nothing."""

    class Weekday(models.IntegerChoices):
        """Days as Python counts them."""

        MONDAY = 0
        TUESDAY = 1
        WEDNESDAY = 2
        THURSDAY = 3
        FRIDAY = 4
        SATURDAY = 5
        SUNDAY = 6

    office = ParentalKey(Office, on_delete=models.CASCADE, related_name="hours")
    weekday = models.PositiveSmallIntegerField(choices=Weekday)
    opens = models.TimeField()
    closes = models.TimeField()

    class Meta:
        ordering = ["weekday", "opens"]
        verbose_name_plural = "office hours"

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens:%H:%M} to {self.closes:%H:%M}"

    def clean(self) -> None:
        """Refuse hours that end before they begin."""
        super().clean()
        if self.opens and self.closes and self.closes <= self.opens:
            raise ValidationError({"closes": "The closing time must be later than the opening."})
