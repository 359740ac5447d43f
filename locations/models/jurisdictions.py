"""The states, and the District, whose law decides who may see a client there."""

from django.db import models


class Jurisdiction(models.Model):
    """A state or district that licenses therapists."""

    code = models.CharField(
        max_length=2, unique=True, help_text="The two-letter postal code, such as IL or DC."
    )
    name = models.CharField(max_length=60, help_text="As it stands in sentences: Illinois.")
    licence_lookup_url = models.URLField(
        "licence look-up",
        blank=True,
        help_text="Where anyone can check a licence with the authority.",
    )
    is_sample = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
