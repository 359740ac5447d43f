"""Who looked at clients' details: one row for each look, which nobody can change."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, NoReturn

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models


class AccessRecordError(Exception):
    """Somebody tried to change or delete a row of the audit."""


class AccessRecord(models.Model):
    """One look at, or one export of, the details of a client.

    It says which record and which details, never what they were. The database refuses to change or
    delete a row (migration core 0002), so nothing may point here with a rule that would.
    """

    class Action(models.TextChoices):
        """What was done."""

        VIEW = "view", "viewed"
        EXPORT = "export", "exported"
        SEARCH = "search", "found"

    at = models.DateTimeField("when", db_index=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,  # the row outlives the log-in
        related_name="+",
    )
    user_name = models.CharField("who", max_length=150)
    action = models.CharField(max_length=8, choices=Action)
    record_type = models.CharField(max_length=80)
    record_id = models.PositiveBigIntegerField()
    record_label = models.CharField("record", max_length=80)
    details = models.CharField("what", max_length=200)

    class Meta:
        ordering = ["-at", "-pk"]
        default_permissions = ("view",)
        verbose_name = "look at client details"
        verbose_name_plural = "looks at client details"
        indexes = [models.Index(fields=["record_type", "record_id"], name="access_by_record")]

    def __str__(self) -> str:
        return f"{self.user_name} {self.get_action_display()} {self.record_label}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the row. Raises AccessRecordError where it exists already."""
        if not self._state.adding:
            raise AccessRecordError("A row of the audit can't be changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse."""
        raise AccessRecordError("A row of the audit can't be deleted.")


def record_access(
    record: models.Model,
    *,
    user: User,
    details: str,
    now: dt.datetime,
    action: AccessRecord.Action = AccessRecord.Action.VIEW,
) -> AccessRecord:
    """Write that `user` saw `details` ("name, e-mail") of `record` at the instant `now`.

    Call it before the details are shown: where the row can't be written, nothing is shown.
    """
    (made,) = record_accesses([record], user=user, details=details, now=now, action=action)
    return made


def record_accesses(
    records: Iterable[models.Model],
    *,
    user: User,
    details: str,
    now: dt.datetime,
    action: AccessRecord.Action = AccessRecord.Action.VIEW,
) -> list[AccessRecord]:
    """Write that `user` saw the same `details` of each of `records`, as `record_access` does."""
    return AccessRecord.objects.bulk_create(
        AccessRecord(
            at=now,
            user=user,
            user_name=user.get_username(),
            action=action,
            record_type=record._meta.label_lower,
            record_id=record.pk,
            record_label=str(record)[:80],
            details=details,
        )
        for record in records
    )
