"""How a client starts, step by step."""

from django.db import models


class StartingStep(models.Model):
    """One step of a way in. Every page that says how to start shows the same steps."""

    class Way(models.TextChoices):
        """Who pays decides the way."""

        SELF_PAY = "self_pay", "paying yourself"
        INSURANCE = "insurance", "using insurance"

    way = models.CharField("for clients who are", max_length=12, choices=Way)
    title = models.CharField(max_length=80, help_text="What to do, in a few words.")
    text = models.TextField(blank=True, help_text="One or two sentences that say how.")
    position = models.PositiveSmallIntegerField(
        default=0, help_text="Steps with lower numbers come first."
    )
    is_sample = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ["-way", "position", "pk"]
        verbose_name = "step of how to start"
        verbose_name_plural = "how to start"

    def __str__(self) -> str:
        return f"{self.get_way_display()}: {self.title}"
