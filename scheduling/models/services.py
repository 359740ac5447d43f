"""What is booked."""

import datetime as dt
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from locations.models import Place


class ServiceQuerySet(models.QuerySet["Service"]):
    """Services by who may book them."""

    def bookable(self) -> Self:
        """Return the services that anyone may book on the site."""
        return self.filter(bookable_by=Service.Audience.EVERYONE)


class Service(models.Model):
    """A kind of session: its length, its price and where it may happen."""

    class Audience(models.IntegerChoices):
        """Who may book it; each may book what those before may."""

        EVERYONE = 1, "anyone, on the site"
        EXISTING_CLIENTS = 2, "existing clients"
        STAFF = 3, "staff only"

    name = models.CharField(max_length=80, unique=True)
    slug = models.SlugField(unique=True)
    description = models.TextField(blank=True)
    minutes = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(5), MaxValueValidator(480)]
    )
    price = models.DecimalField(
        max_digits=7,
        decimal_places=2,
        help_text="Self-pay, in US dollars.",
        validators=[MinValueValidator(0)],
    )
    price_unit = models.CharField(
        max_length=30, default="a session", help_text="As it follows the price: a session, an hour."
    )
    in_person = models.BooleanField("at offices", default=True)
    online = models.BooleanField(default=True)
    by_phone = models.BooleanField(
        "by phone",
        default=False,
        help_text="What is not at an office is a phone call. Pages and mails then say so.",
    )
    buffer_minutes = models.PositiveSmallIntegerField(
        "minutes kept free afterwards",
        default=10,
        validators=[MaxValueValidator(120)],
        help_text="For notes and a breath between two sessions.",
    )
    in_series = models.BooleanField(
        "every week or every two weeks",
        default=True,
        help_text="Clients may book several sessions of it in a row.",
    )
    bookable_by = models.PositiveSmallIntegerField(choices=Audience, default=Audience.EVERYONE)
    position = models.PositiveSmallIntegerField(default=0)
    is_sample = models.BooleanField(default=False, editable=False)

    objects = ServiceQuerySet.as_manager()

    class Meta:
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_bookable(self) -> bool:
        """Whether anyone may book it on the site."""
        return self.bookable_by == self.Audience.EVERYONE

    def where(self, place: Place) -> str:
        """Return where this happens at `place`, as clients read it: a call is not "online"."""
        if self.by_phone and place.is_online:
            return f"By phone, while you are in {place.jurisdiction.name}"
        return place.label

    @property
    def length(self) -> dt.timedelta:
        """How long the session is, without the buffer."""
        return dt.timedelta(minutes=self.minutes)

    @property
    def buffer(self) -> dt.timedelta:
        """The time kept free after the session."""
        return dt.timedelta(minutes=self.buffer_minutes)
