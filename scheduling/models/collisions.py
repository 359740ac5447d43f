"""Sessions that a therapist's calendar now holds something else for."""

from django.conf import settings
from django.db import models

from .bookings import Booking
from .calendars import CalendarFeed


class Collision(models.Model):
    """A booked session and the busy time that one calendar has come to hold at the same time.

    It stands until the two no longer meet, whether or not somebody has said that both are right. Of
    the calendar it knows times alone, as everything does.
    """

    class Ending(models.TextChoices):
        """Why the two no longer meet."""

        MOVED = "moved", "the session was moved"
        CANCELLED = "cancelled", "the session was cancelled"
        FREED = "freed", "the calendar is free then"
        UNREAD = "unread", "the calendar no longer counts"
        GREW = "grew", "the calendar took more of the session"

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="collisions")
    feed = models.ForeignKey(
        CalendarFeed,
        on_delete=models.CASCADE,
        related_name="collisions",
        verbose_name="calendar",
    )
    session_starts_at = models.DateTimeField("when the session begins", editable=False)
    busy_from = models.DateTimeField("taken from", editable=False)
    busy_until = models.DateTimeField("taken until", editable=False)
    found_at = models.DateTimeField("found", editable=False)
    tried_at = models.DateTimeField("mail last tried", null=True, editable=False)
    told_at = models.DateTimeField("told by mail", null=True, editable=False)
    kept_at = models.DateTimeField("both kept", null=True, editable=False)
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="who kept both",
        editable=False,
    )
    ended_at = models.DateTimeField("over since", null=True, editable=False)
    ending = models.CharField(
        "why it is over", max_length=9, choices=Ending, blank=True, editable=False
    )

    class Meta:
        ordering = ["session_starts_at"]
        permissions = [
            ("keep_collision", "Can say that a session and the calendar's event are both right")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["booking", "feed"],
                condition=models.Q(ended_at=None),
                name="collision_stands_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.booking} and {self.feed}"
