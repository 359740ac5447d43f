"""Therapists, what they can be found by, and where they are licensed."""

import datetime as dt
from typing import Self
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel

from locations.models import Jurisdiction

from .traits import Approach, ClientGroup, Identity, Insurer, Language, Topic


class TherapistQuerySet(models.QuerySet["Therapist"]):
    """Therapists by whether the public sees them."""

    def public(self) -> Self:
        """Return the therapists that the site shows."""
        return self.filter(is_active=True)


class Therapist(ClusterableModel):
    """A therapist of the practice."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="therapist",
        help_text="The log-in of this therapist, if there is one.",
    )
    name = models.CharField(max_length=120)
    slug = models.SlugField(unique=True, help_text="The last part of the profile's address.")
    pronouns = models.CharField(max_length=40, blank=True)
    credentials = models.CharField(
        max_length=80, blank=True, help_text="As written after the name: LCSW, PhD."
    )
    introduction = models.TextField(
        blank=True, help_text="Two or three sentences in the therapist's own voice."
    )
    email = models.EmailField(
        "e-mail for notices", blank=True, help_text="Never shown to the public."
    )
    time_zone = models.CharField(
        max_length=64,
        default="America/Chicago",
        help_text="The zone in which this therapist's working hours are meant.",
    )
    topics = ParentalManyToManyField(Topic, blank=True, related_name="therapists")
    approaches = ParentalManyToManyField(Approach, blank=True, related_name="therapists")
    services = ParentalManyToManyField("scheduling.Service", related_name="therapists")
    languages = ParentalManyToManyField(
        Language,
        blank=True,
        related_name="therapists",
        help_text="In which sessions can be held, English too.",
    )
    client_groups = ParentalManyToManyField(
        ClientGroup, blank=True, related_name="therapists", verbose_name="who is seen"
    )
    insurers = ParentalManyToManyField(
        Insurer,
        blank=True,
        related_name="therapists",
        verbose_name="in network with",
        help_text="Insurers whose plans this therapist accepts today.",
    )
    accepts_self_pay = models.BooleanField(
        "accepts clients who pay themselves",
        default=True,
        help_text="Turn it off where every client comes through insurance.",
    )
    identities = ParentalManyToManyField(
        Identity,
        blank=True,
        related_name="therapists",
        verbose_name="identities and lived experience",
        help_text="Only what this therapist asked us to show. Clients read it and search by it.",
    )
    about_identity = models.TextField(
        "in the therapist’s own words",
        blank=True,
        help_text="Optional: who they are and what they have lived through, as they put it.",
    )
    is_active = models.BooleanField(
        "on the site",
        default=True,
        help_text="Others are neither shown nor booked.",
    )
    accepts_clients = models.BooleanField("accepting new clients", default=True)
    position = models.PositiveSmallIntegerField(
        default=0, help_text="Therapists with lower numbers are named first."
    )
    is_sample = models.BooleanField(default=False, editable=False)

    objects = TherapistQuerySet.as_manager()

    class Meta:
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> ZoneInfo:
        """The zone of the therapist's working hours."""
        return ZoneInfo(self.time_zone)

    @property
    def name_with_credentials(self) -> str:
        """The name as it stands in headings: "Ada Sample, LCSW"."""
        return f"{self.name}, {self.credentials}" if self.credentials else self.name

    def valid_licences(self, day: dt.date) -> list["Licence"]:
        """Return the licences that hold on the local `day`."""
        return [licence for licence in self.licences.all() if licence.is_valid_on(day)]

    def get_absolute_url(self) -> str:
        """Return the path of the public profile."""
        return f"/therapists/{self.slug}/"

    def clean(self) -> None:
        """Refuse a time zone that doesn't exist."""
        super().clean()
        if self.time_zone not in available_timezones():
            raise ValidationError(
                {"time_zone": "Write the zone as Region/City, such as America/Chicago."}
            )


class Licence(models.Model):
    """A therapist's licence in one jurisdiction."""

    therapist = ParentalKey(Therapist, on_delete=models.CASCADE, related_name="licences")
    jurisdiction = models.ForeignKey(
        Jurisdiction, on_delete=models.PROTECT, related_name="licences"
    )
    authority = models.CharField(max_length=160, help_text="Who granted it.")
    number = models.CharField(max_length=60)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(
        help_text="The last valid day. Sessions after it are not offered."
    )

    class Meta:
        ordering = ["jurisdiction__name", "valid_from"]
        verbose_name = "license"

    def __str__(self) -> str:
        return f"{self.jurisdiction}: {self.number}"

    def clean(self) -> None:
        """Refuse a licence that ends before it begins."""
        super().clean()
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise ValidationError({"valid_until": "The last valid day is before the first."})

    def is_valid_on(self, day: dt.date) -> bool:
        """Return whether the licence holds on the local `day`."""
        return (self.valid_from is None or self.valid_from <= day) and day <= self.valid_until
