"""Where clients may be during an online session."""

from typing import Any

from django.db import models

from .places import Place


class ServiceArea(Place):
    """A jurisdiction whose people the practice sees online."""

    rules = models.TextField(
        "what clients should know",
        blank=True,
        help_text="Shown when a client chooses to be seen online here.",
    )

    class Meta:
        ordering = ["position", "name"]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the kind of the place true."""
        self.is_online = True
        super().save(*args, **kwargs)
