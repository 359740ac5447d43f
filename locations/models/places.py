"""A place: an office, or online in a jurisdiction."""

import datetime as dt
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from .jurisdictions import Jurisdiction


class PlaceQuerySet(models.QuerySet["Place"]):
    """Places by kind and by date."""

    def open_on(self, day: dt.date) -> Self:
        """Return the places that are open on `day` (a local day of the practice)."""
        return self.filter(
            Q(opens_on=None) | Q(opens_on__lte=day), Q(closed_on=None) | Q(closed_on__gt=day)
        )


class Place(models.Model):
    """Where a session happens. `Office` and `ServiceArea` extend it.

    One table for both lets an opening, a hold and a booking point at their place with one key, and
    lets the database keep that key unique beside the time.
    """

    name = models.CharField(max_length=80)
    slug = models.SlugField(
        unique=True, help_text="The last part of this place's address on the site."
    )
    jurisdiction = models.ForeignKey(
        Jurisdiction,
        on_delete=models.PROTECT,
        related_name="places",
        help_text="Where the client is during the session: a license there is needed.",
    )
    is_online = models.BooleanField(editable=False)
    opens_on = models.DateField(
        null=True, blank=True, help_text="Leave empty if it is open already."
    )
    closed_on = models.DateField(
        "closed from", null=True, blank=True, help_text="The first day without sessions here."
    )
    position = models.PositiveSmallIntegerField(
        default=0, help_text="Places with lower numbers are named first."
    )
    is_sample = models.BooleanField(default=False, editable=False)

    objects = PlaceQuerySet.as_manager()

    class Meta:
        ordering = ["is_online", "position", "name"]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The place as a client reads it: "South Loop office", "Online in Illinois"."""
        return f"Online in {self.jurisdiction.name}" if self.is_online else f"{self.name} office"

    @property
    def last_day(self) -> dt.date | None:
        """The last day with sessions here, where it is known."""
        return self.closed_on - dt.timedelta(days=1) if self.closed_on else None

    def clean(self) -> None:
        """Refuse a closing day that is not after the opening day."""
        super().clean()
        if self.opens_on and self.closed_on and self.closed_on <= self.opens_on:
            raise ValidationError(
                {"closed_on": "The closing day must come after the day on which it opens."}
            )

    def is_open_on(self, day: dt.date) -> bool:
        """Return whether sessions happen here on `day` (a local day of the practice)."""
        return (self.opens_on is None or self.opens_on <= day) and (
            self.closed_on is None or day < self.closed_on
        )
