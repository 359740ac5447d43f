"""How long it takes from one office to another."""

from django.core.validators import MaxValueValidator
from django.db import models

from locations.models import Office


class TravelTime(models.Model):
    """Minutes that a therapist needs between sessions at two offices, either way."""

    origin = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="+")
    destination = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="+")
    minutes = models.PositiveSmallIntegerField(validators=[MaxValueValidator(480)])

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["origin", "destination"], name="travel_time_unique"),
            models.CheckConstraint(
                condition=~models.Q(origin=models.F("destination")), name="travel_time_between_two"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.origin.name} to {self.destination.name}: {self.minutes} minutes"
