"""The read model that search asks."""

import datetime as dt

from django.db import models

from locations.models import Place

from .services import Service
from .therapists import Therapist


class Opening(models.Model):
    """A start that can be booked, as computed when the therapist's facts last changed.

    It is a hint, never proof: hold and confirm compute again from the facts. Each index serves one
    question; the foreign keys have none of their own, since one of these begins with each.
    """

    class DayPart(models.IntegerChoices):
        """The part of the day in which it starts, on the clocks of the place."""

        MORNING = 0, "morning"
        AFTERNOON = 1, "afternoon"
        EVENING = 2, "evening"

    therapist = models.ForeignKey(
        Therapist, on_delete=models.CASCADE, related_name="openings", db_index=False
    )
    service = models.ForeignKey(
        Service, on_delete=models.CASCADE, related_name="openings", db_index=False
    )
    place = models.ForeignKey(
        Place, on_delete=models.CASCADE, related_name="openings", db_index=False
    )
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    local_date = models.DateField(help_text="The day on which it starts, in the zone of the place.")
    weekday = models.PositiveSmallIntegerField(help_text="Of that day; Monday is 0.")
    day_part = models.PositiveSmallIntegerField(choices=DayPart)

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
            models.Index(
                fields=["place", "day_part", "starts_at", "therapist"], name="opening_by_part"
            ),
            models.Index(fields=["starts_at", "therapist"], name="opening_next"),
            models.Index(fields=["therapist", "starts_at"], name="opening_of_therapist"),
        ]

    def __str__(self) -> str:
        return f"{self.therapist} at {self.place}, {self.starts_at:%Y-%m-%d %H:%M} UTC"

    @classmethod
    def part_at(cls, local: dt.datetime) -> "Opening.DayPart":
        """Return the part of the day at the wall-clock time `local`."""
        if local.hour < 12:
            return cls.DayPart.MORNING
        return cls.DayPart.AFTERNOON if local.hour < 17 else cls.DayPart.EVENING


class OpenStarts(models.Model):
    """Which starts of a therapist's service at a place have a row among the openings, as bits.

    Written together with these rows, so that a rebuild finds what differs without reading them.
    The length and the zone are those with which they were written.
    """

    therapist = models.ForeignKey(
        Therapist, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+")
    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="+")
    minutes = models.PositiveSmallIntegerField()
    time_zone = models.CharField(max_length=64)
    origin = models.BigIntegerField(help_text="Seconds since 1970 (UTC): where the bits begin.")
    bits = models.BinaryField(help_text="Five-minute steps from there, the lowest bit first.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["therapist", "service", "place"], name="open_starts_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.therapist_id}: {self.service_id} at {self.place_id}"


class MonthOfOpenings(models.Model):
    """How many openings a therapist has on each day of a month, and in each part of the day.

    A calendar for many therapists adds up these few rows instead of counting every opening. There
    is a row for each service at each place, one for each place and all services, and one for all of
    them together.
    """

    therapist = models.ForeignKey(
        Therapist, on_delete=models.CASCADE, related_name="months_of_openings", db_index=False
    )
    service = models.ForeignKey(
        Service, null=True, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    place = models.ForeignKey(
        Place, null=True, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    month = models.PositiveIntegerField(help_text="Months since the year 0.")
    counts = models.BinaryField(help_text="As the domain packs them.")

    class Meta:
        indexes = [
            models.Index(fields=["therapist", "month"], name="month_by_therapist"),
            # The counts are in it, so that they are read from where they are found.
            models.Index(
                fields=["place", "month", "service", "therapist", "counts"], name="month_search"
            ),
            models.Index(fields=["service", "month"], name="month_by_service"),
        ]

    def __str__(self) -> str:
        return f"{self.therapist}, {self.month // 12}-{self.month % 12 + 1:02}"


class MonthTotal(models.Model):
    """A part of how many openings all therapists together have on each day of a month.

    The parts of a month add up to the sum of its rows of `MonthOfOpenings` for everything together.
    Who changes such a row adds the difference to a part that nobody else is writing, so that nobody
    waits for anybody; so one part alone means nothing, and may be negative.
    """

    month = models.PositiveIntegerField(db_index=True, help_text="Months since the year 0.")
    counts = models.BinaryField(help_text="As the domain packs them.")

    def __str__(self) -> str:
        return f"{self.month // 12}-{self.month % 12 + 1:02}"
