"""Calendars that therapists keep elsewhere, and what was read from them."""

from django.core.validators import validate_email
from django.db import models
from django.utils import timezone

from cms.core.fields import EncryptedTextField
from locations.models import Office

from .therapists import Therapist


def validate_addresses(text: str) -> None:
    """Refuse what is no e-mail address, or several with commas between them."""
    for address in text.split(","):
        validate_email(address.strip())


class CalendarFeed(models.Model):
    """The private iCal address of a calendar, and how reading it went.

    Only times are kept of what it holds: a title may be a client's name.
    """

    class Role(models.TextChoices):
        """What the events of the calendar mean."""

        BUSY = "busy", "time that is taken"
        OPEN = "open", "time that is open for sessions"

    therapist = models.ForeignKey(Therapist, on_delete=models.CASCADE, related_name="feeds")
    name = models.CharField(max_length=80, help_text="For staff: Google, practice system …")
    role = models.CharField("its events are", max_length=4, choices=Role, default=Role.BUSY)
    address = EncryptedTextField(
        "private iCal address",
        help_text="Whoever has it can read the calendar. It is stored encrypted.",
    )
    owner_address = EncryptedTextField(
        "therapist's e-mail address in this calendar",
        blank=True,
        validators=[validate_addresses],
        help_text=(
            "Invitations that this address declined take no time. Left empty, it is the "
            "therapist's e-mail for notices. Several are separated by commas. Stored encrypted."
        ),
    )
    free_days_are_busy = models.BooleanField(
        "whole days marked as free are taken",
        default=False,
        help_text="Some calendars mark vacations as free. Switch this on to keep them closed.",
    )
    is_active = models.BooleanField("read this calendar", default=True)

    # What the last accepted answer was, and under which zone, role and places it was understood.
    etag = models.TextField(blank=True, editable=False)
    last_modified = models.CharField(max_length=80, blank=True, editable=False)
    body_digest = models.CharField(max_length=64, blank=True, editable=False)
    context_digest = models.CharField(max_length=64, blank=True, editable=False)
    generation = models.PositiveIntegerField(default=0, editable=False)
    covered_from = models.DateTimeField(null=True, editable=False)
    covered_until = models.DateTimeField(null=True, editable=False)
    # Rises with every reading and every change of the address: of two readings at the same time
    # the one that comes second is dropped.
    version = models.PositiveIntegerField(default=0, editable=False)

    checked_at = models.DateTimeField("last tried", null=True, editable=False)
    succeeded_at = models.DateTimeField("last success", null=True, editable=False)
    changed_at = models.DateTimeField("last change of its times", null=True, editable=False)
    next_check_at = models.DateTimeField(
        "next check", default=timezone.now, db_index=True, editable=False
    )
    failures = models.PositiveIntegerField("failures in a row", default=0, editable=False)
    failing_since = models.DateTimeField(null=True, editable=False)
    # How old it was when people were last told of trouble; empty while all is well.
    told_grade = models.PositiveSmallIntegerField(null=True, editable=False)
    # How often a visit went well, failed or was doubted, by the therapist's local day.
    visits = models.JSONField(default=dict, editable=False)
    # How many times the last new generation brought and took away.
    times_came = models.PositiveIntegerField(null=True, editable=False)
    times_went = models.PositiveIntegerField(null=True, editable=False)
    error_code = models.CharField(max_length=40, blank=True, editable=False)
    error_message = models.TextField("what went wrong", blank=True, editable=False)
    warnings = models.JSONField(default=list, blank=True, editable=False)
    # What the producer asks for, and the whole days that it marks as free, as [start, end].
    refresh_interval = models.DurationField(null=True, editable=False)
    free_days = models.JSONField(default=list, blank=True, editable=False)
    is_sample = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ["therapist__name", "name"]
        verbose_name = "calendar"
        indexes = [
            # Each search asks for the few that were last read too long ago.
            models.Index(
                fields=["succeeded_at", "therapist"],
                condition=models.Q(is_active=True),
                name="feed_by_success",
            ),
            models.Index(
                fields=["therapist"],
                condition=models.Q(is_active=True, succeeded_at=None),
                name="feed_never_read",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.therapist}: {self.name}"


class FeedMemory(models.Model):
    """What the reader remembers of a calendar: digests and times, so that only changes are read.

    It is no fact of its own. Without it, or where it does not fit any more, the whole calendar is
    read. It stands beside the feed because it is large and only a visit needs it.
    """

    feed = models.OneToOneField(CalendarFeed, on_delete=models.CASCADE, related_name="memory")
    state = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.feed}: {len(self.state)} bytes"


class FeedTime(models.Model):
    """An interval that one generation of a feed gives."""

    generation = models.PositiveIntegerField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M} to {self.ends_at:%Y-%m-%d %H:%M} UTC"


class BusyTime(FeedTime):
    """Time that a feed says is taken."""

    feed = models.ForeignKey(CalendarFeed, on_delete=models.CASCADE, related_name="busy_times")

    class Meta:
        ordering = ["starts_at"]
        indexes = [models.Index(fields=["feed", "ends_at"], name="busy_time_by_feed")]


class OpenTime(FeedTime):
    """Time that a feed opens for sessions, at the office it names or, without one, online."""

    feed = models.ForeignKey(CalendarFeed, on_delete=models.CASCADE, related_name="open_times")
    office = models.ForeignKey(
        Office,
        null=True,
        on_delete=models.CASCADE,
        related_name="+",
    )

    class Meta:
        ordering = ["starts_at"]
        indexes = [models.Index(fields=["feed", "ends_at"], name="open_time_by_feed")]
