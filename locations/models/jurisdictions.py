"""The states, and the District, whose law decides who may see a client there."""

from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.db import models


class Jurisdiction(models.Model):
    """A state or district that licenses therapists."""

    code = models.CharField(
        max_length=2, unique=True, help_text="The two-letter postal code, such as IL or DC."
    )
    name = models.CharField(max_length=60, help_text="As it stands in sentences: Illinois.")
    time_zone = models.CharField(
        max_length=64,
        default="America/Chicago",
        help_text="The zone in which clients there read times, such as America/New_York.",
    )
    licence_lookup_url = models.URLField(
        "license look-up",
        blank=True,
        help_text="Where anyone can check a license with the authority.",
    )
    is_sample = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ["name"]

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which clients there read times."""
        return ZoneInfo(self.time_zone)

    def clean(self) -> None:
        """Refuse a time zone that doesn't exist."""
        super().clean()
        if self.time_zone not in available_timezones():
            raise ValidationError(
                {"time_zone": "Write the zone as Region/City, such as America/Chicago."}
            )

    def __str__(self) -> str:
        return self.name
