"""Neighborhoods that clients come from."""

from django.db import models

from .located import Located


class Neighborhood(Located):
    """A neighborhood whose people come to the offices."""

    name = models.CharField(max_length=80, unique=True)
    position = models.PositiveSmallIntegerField(
        default=0, help_text="Neighborhoods with lower numbers are named first."
    )
    is_sample = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ["position", "name"]
        verbose_name = "neighborhood"

    def __str__(self) -> str:
        return self.name
