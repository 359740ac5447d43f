"""What was told of licences that end."""

from django.db import models

from .therapists import Licence


class LicenceWarning(models.Model):
    """That a licence ends, told so many days before its last valid day.

    With other dates it is another last day, and all is told anew.
    """

    licence = models.ForeignKey(Licence, on_delete=models.CASCADE, related_name="warnings")
    valid_until = models.DateField("last valid day when it was written", editable=False)
    days = models.PositiveSmallIntegerField("days before", editable=False)
    tried_at = models.DateTimeField("mail last tried", null=True, editable=False)
    told_at = models.DateTimeField("told by mail", null=True, editable=False)

    class Meta:
        ordering = ["valid_until", "-days"]
        verbose_name = "license warning"
        constraints = [
            models.UniqueConstraint(
                fields=["licence", "valid_until", "days"], name="licence_warned_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.licence}: {self.days} days before {self.valid_until}"
