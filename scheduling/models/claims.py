"""What occupies the time of a therapist or a room."""

from typing import cast

from django.db import models

from locations.models import Room

from .bookings import Booking, Hold
from .therapists import Therapist


class Resource(models.Model):
    """A therapist or a room: what can be in one session at a time.

    Its row is what a booking locks first, in the order of ids.
    """

    therapist = models.OneToOneField(
        Therapist, null=True, blank=True, on_delete=models.CASCADE, related_name="resource"
    )
    room = models.OneToOneField(
        Room, null=True, blank=True, on_delete=models.CASCADE, related_name="resource"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(therapist=None, room__isnull=False)
                | models.Q(therapist__isnull=False, room=None),
                name="resource_is_one_thing",
            )
        ]

    def __str__(self) -> str:
        return str(self.therapist or self.room)


class Claim(models.Model):
    """Time of one resource that a hold or a booking occupies, buffers included."""

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="claims")
    hold = models.ForeignKey(
        Hold, null=True, blank=True, on_delete=models.CASCADE, related_name="claims"
    )
    booking = models.ForeignKey(
        Booking, null=True, blank=True, on_delete=models.CASCADE, related_name="claims"
    )
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["resource", "ends_at"], name="claim_by_resource")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(hold=None, booking__isnull=False)
                | models.Q(hold__isnull=False, booking=None),
                name="claim_is_of_one_thing",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="claim_ends_after_start"
            ),
        ]

    @property
    def session(self) -> Hold | Booking:
        """The hold or the booking that occupies the time: the database keeps that it is one."""
        return cast("Hold | Booking", self.hold or self.booking)

    def __str__(self) -> str:
        return f"{self.resource}: {self.starts_at:%Y-%m-%d %H:%M} to {self.ends_at:%H:%M} UTC"


class ClaimedCell(models.Model):
    """Five minutes of a resource. That it is unique is what refuses an overlap, on any database."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="cells")
    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="+")
    cell = models.PositiveIntegerField(help_text="Five-minute steps since 1970 (UTC).")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["resource", "cell"], name="cell_claimed_once")
        ]

    def __str__(self) -> str:
        return f"{self.resource_id}/{self.cell}"
