"""The read model that search asks."""

from django.db import models

from locations.models import Place

from .services import Service
from .therapists import Therapist


class Opening(models.Model):
    """A start that can be booked, as computed when the therapist's facts last changed.

    It is a hint, never proof: hold and confirm compute again from the facts.
    """

    therapist = models.ForeignKey(Therapist, on_delete=models.CASCADE, related_name="openings")
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="openings")
    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="openings")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    local_date = models.DateField(help_text="The day on which it starts, in the zone of the place.")

    class Meta:
        ordering = ["starts_at", "therapist_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["therapist", "service", "place", "starts_at"], name="opening_unique"
            )
        ]
        indexes = [
            models.Index(
                fields=["service", "place", "starts_at", "therapist"], name="opening_search"
            ),
            models.Index(fields=["service", "place", "local_date"], name="opening_days"),
        ]

    def __str__(self) -> str:
        return f"{self.therapist} at {self.place}, {self.starts_at:%Y-%m-%d %H:%M} UTC"
