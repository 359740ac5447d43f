"""Where on the globe something is."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from locations.points import Point


class Located(models.Model):
    """A record that knows where it is, once staff have said so."""

    latitude = models.FloatField(
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
        help_text="Degrees north, such as 41.8781. With it, clients are told what is near them.",
    )
    longitude = models.FloatField(
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
        help_text="Degrees east; in America it begins with a minus, such as -87.6298.",
    )

    class Meta:
        abstract = True

    @property
    def point(self) -> Point | None:
        """Where it is; None where nobody has said so."""
        if self.latitude is None or self.longitude is None:
            return None
        return Point(self.latitude, self.longitude)

    def clean(self) -> None:
        """Refuse one half of a point."""
        super().clean()
        if (self.latitude is None) != (self.longitude is None):
            missing = "latitude" if self.latitude is None else "longitude"
            raise ValidationError({missing: "Give both numbers, or neither."})
