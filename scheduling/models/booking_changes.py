"""What happened to a booking: one row for each change, which nobody can alter."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import models

from cms.core.fields import EncryptedTextField
from scheduling.domain import Actor, State, cutoff

from .bookings import Booking

WORDS = {
    (State.HELD, State.REQUESTED): "asked for",
    (State.HELD, State.CONFIRMED): "booked",
    (State.REQUESTED, State.CONFIRMED): "accepted",
}


class BookingChangeError(Exception):
    """Somebody tried to alter a row of a booking's history."""


class BookingChange(models.Model):
    """One change of a booking: when, by whom, from what to what.

    Where the session only moved, it is the same before and after, and `moved_from` is the start it
    had. The database refuses to alter a row (migration 0003); rows go only with their booking.
    """

    class By(models.TextChoices):
        """Who brought it about."""

        CLIENT = Actor.CLIENT.value, "client"
        THERAPIST = Actor.THERAPIST.value, "therapist, by the link in a mail"
        STAFF = Actor.STAFF.value, "staff, by the link in a mail"
        PROGRAM = Actor.PROGRAM.value, "program"

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="changes")
    at = models.DateTimeField("when")
    by = models.CharField("who", max_length=16, choices=By)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,  # the row outlives the log-in
        related_name="+",
    )
    user_name = models.CharField(max_length=150, blank=True)
    before = models.CharField(
        max_length=16, choices=[(State.HELD.value, "held"), *Booking.Status.choices]
    )
    after = models.CharField(max_length=16, choices=Booking.Status)
    moved_from = models.DateTimeField(null=True, help_text="The start it had, where it moved.")
    reason = EncryptedTextField(blank=True)
    overridden = models.JSONField(
        default=list,
        blank=True,
        help_text="The rules, by code, that staff did not let stand in the way.",
    )

    class Meta:
        ordering = ["at", "pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.booking}: {self.after}"

    @property
    def who(self) -> str:
        """Who brought it about, as staff read it; a log-in by its name.

        Staff without one answered a request by the link in a mail.
        """
        return self.user_name or self.get_by_display()

    @property
    def is_late_move(self) -> bool:
        """Whether the client moved it after the cut-off of the policy that they accepted."""
        if self.moved_from is None or self.by != self.By.CLIENT:
            return False
        policy = self.booking.policy
        notice = dt.timedelta(hours=policy.notice_hours if policy else 0)
        return self.at > cutoff(self.moved_from, notice)

    @property
    def what(self) -> str:
        """What happened, in a few words."""
        if self.moved_from is not None:
            return f"moved{' late' if self.is_late_move else ''} to another time"
        return WORDS.get((State(self.before), State(self.after))) or self.get_after_display()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the row. Raises BookingChangeError where it exists already."""
        if not self._state.adding:
            raise BookingChangeError("A row of a booking's history can't be changed.")
        super().save(*args, **kwargs)
