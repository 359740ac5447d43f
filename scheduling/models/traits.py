"""What therapists can be found by: records that staff name and that therapists are linked to."""

from typing import Self

from django.db import models


class TopicQuerySet(models.QuerySet["Topic"]):
    """Topics by whether somebody works with them."""

    def treated(self) -> Self:
        """Return the topics that a therapist on the site works with."""
        return self.filter(therapists__is_active=True).distinct()


class Trait(models.Model):
    """A name that therapists can have in common, and how addresses spell it."""

    name = models.CharField(max_length=80, unique=True)
    slug = models.SlugField(unique=True)
    is_sample = models.BooleanField(default=False, editable=False)

    class Meta:
        abstract = True
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Topic(Trait):
    """What brings clients: anxiety, relationships …"""

    objects = TopicQuerySet.as_manager()


class Approach(Trait):
    """A way of working: cognitive behavioral therapy, the Gottman method …"""

    class Meta(Trait.Meta):
        verbose_name_plural = "approaches"


class Language(Trait):
    """A language in which sessions can be held."""


class ClientGroup(Trait):
    """Who is seen: by age (teenagers, adults), or by who comes together (couples, families)."""

    class By(models.TextChoices):
        """What the group is told apart by."""

        AGE = "age", "their age"
        COMPANY = "company", "who comes together"

    by = models.CharField("told apart by", max_length=10, choices=By)
    position = models.PositiveSmallIntegerField(
        default=0, help_text="Groups with lower numbers are named first."
    )

    class Meta(Trait.Meta):
        ordering = ["by", "position", "name"]
        verbose_name = "group of clients"
        verbose_name_plural = "groups of clients"


class Identity(Trait):
    """Who a therapist is or what they have lived through, as they wish clients to know it.

    It stands on a profile, and finds it, only where the therapist has chosen so.
    """

    class Meta(Trait.Meta):
        verbose_name = "identity or lived experience"
        verbose_name_plural = "identities and lived experience"


class Insurer(Trait):
    """A health insurance company with which some therapists are in network."""

    note = models.CharField(
        max_length=200,
        blank=True,
        help_text="Shown beside the name, such as which of its plans are meant.",
    )


# The traits by which searches ask for therapists, and the relation of a therapist to each.
RELATIONS: dict[str, str] = {
    "topic": "topics",
    "approach": "approaches",
    "language": "languages",
    "client_group": "client_groups",
    "insurer": "insurers",
    "identity": "identities",
}
TRAITS: dict[str, type[Trait]] = {
    "topic": Topic,
    "approach": Approach,
    "language": Language,
    "client_group": ClientGroup,
    "insurer": Insurer,
    "identity": Identity,
}
