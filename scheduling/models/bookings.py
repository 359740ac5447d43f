"""A time that a client has taken, for ten minutes or for good."""

import datetime as dt
import secrets

from django.db import models
from django.utils import timezone

from cms.core.fields import EncryptedTextField, blind_index
from locations.models import Place, Room
from scheduling.domain import OVER, State

from .policies import Policy
from .services import Service
from .therapists import Therapist

REFERENCE_LENGTH = 8


def new_reference() -> str:
    """Return a short reference that can be read aloud and tells nothing about the booking."""
    return "".join(
        secrets.choice("ABCDEFGHJKLMNPQRSTUVWXYZ23456789") for _ in range(REFERENCE_LENGTH)
    )


def email_index_of(email: str) -> str:
    """Return the digest by which the bookings of an address are found without being readable."""
    return blind_index(email, purpose="booking-email")


class SessionTime(models.Model):
    """Who, what, where and when."""

    therapist = models.ForeignKey(Therapist, on_delete=models.PROTECT, related_name="%(class)ss")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="%(class)ss")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="%(class)ss")
    room = models.ForeignKey(
        Room, null=True, blank=True, on_delete=models.PROTECT, related_name="%(class)ss"
    )
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True


class Hold(SessionTime):
    """A time kept for one client while the form is filled in."""

    token_digest = models.CharField(max_length=64, unique=True)
    client_index = models.CharField(
        max_length=64,
        blank=True,
        help_text="A keyed digest of where the request came from, to limit how much one can hold.",
    )
    series_digest = models.CharField(
        max_length=64,
        blank=True,
        db_index=True,
        help_text="The digest of the token under which all the dates of a series are held.",
    )
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        indexes = [models.Index(fields=["client_index", "expires_at"], name="hold_by_client")]

    def __str__(self) -> str:
        return f"Held until {self.expires_at:%H:%M} UTC"

    def has_expired(self, now: dt.datetime) -> bool:
        """Return whether the time is no longer kept at the instant `now`."""
        return self.expires_at <= now


class Booking(SessionTime):
    """A session that a client has booked. The client's details are encrypted."""

    class Status(models.TextChoices):
        """What has become of it. `scheduling.domain.states` says what may follow what."""

        REQUESTED = State.REQUESTED.value, "asked for"
        CONFIRMED = State.CONFIRMED.value, "confirmed"
        DECLINED = State.DECLINED.value, "declined"
        EXPIRED = State.EXPIRED.value, "not answered in time"
        CANCELLED = State.CANCELLED.value, "cancelled"
        LATE_CANCELLED = State.LATE_CANCELLED.value, "cancelled late"
        COMPLETED = State.COMPLETED.value, "took place"
        NO_SHOW = State.NO_SHOW.value, "client did not come"

    reference = models.CharField(
        max_length=REFERENCE_LENGTH, unique=True, default=new_reference, editable=False
    )
    status = models.CharField(max_length=16, choices=Status, default=Status.CONFIRMED)
    client_name = EncryptedTextField("name")
    client_email = EncryptedTextField("e-mail")
    client_phone = EncryptedTextField("phone")
    email_index = models.CharField(max_length=64, db_index=True, editable=False)
    client_zone = models.CharField(
        max_length=64, help_text="The zone in which the client was shown the time."
    )
    reminder_hours = models.JSONField(
        "reminders",
        default=list,
        blank=True,
        editable=False,
        help_text="How many hours before the session the client wants to be reminded.",
    )
    series = models.ForeignKey(
        "scheduling.Series",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="bookings",
    )
    policy = models.ForeignKey(
        Policy, null=True, blank=True, on_delete=models.PROTECT, related_name="bookings"
    )
    policy_told = models.BooleanField(
        default=False,
        editable=False,
        help_text="Staff told the client the policy and booked; the client ticked nothing.",
    )
    cancel_until = models.DateTimeField(
        help_text="Until this instant cancelling or moving costs nothing; fixed when it was booked."
    )
    answer_until = models.DateTimeField(
        null=True,
        blank=True,
        editable=False,
        help_text="Until this instant a request waits for the therapist's answer.",
    )
    idempotency_digest = models.CharField(max_length=64, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    cancelled_at = models.DateTimeField(null=True, blank=True, editable=False)
    is_sample = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ["-starts_at"]
        permissions = [
            ("view_client_details", "Can see clients' names and how to reach them"),
            ("view_all_bookings", "Can see the bookings of every therapist, not only their own"),
            ("answer_request", "Can accept or decline a time that a client asked for"),
            ("book_for_client", "Can book a time for a client"),
            ("move_booking", "Can move a booking for a client"),
            ("override_rules", "Can book a time that the rules refuse, with a reason"),
            ("cancel_booking", "Can cancel a booking for a client"),
            ("record_outcome", "Can say whether a session took place"),
        ]
        indexes = [models.Index(fields=["status", "ends_at"], name="booking_by_status")]

    def __str__(self) -> str:
        return f"Booking {self.reference}"

    @property
    def state(self) -> State:
        """Its status, as the rules know it."""
        return State(self.status)

    @property
    def is_over(self) -> bool:
        """Whether its time was given back, so that nothing will happen any more."""
        return self.state in OVER

    def waits_for_answer(self, now: dt.datetime) -> bool:
        """Return whether it is a request that can still be answered at the instant `now`."""
        if self.answer_until is None:
            return False
        return self.state is State.REQUESTED and now < self.answer_until


class BookingMail(models.Model):
    """One mail about a booking: written down with the booking, sent later, and never twice."""

    class Kind(models.TextChoices):
        """To whom, and what it says."""

        CLIENT_CONFIRMED = "client_confirmed", "to the client: booked"
        CLIENT_MOVED = "client_moved", "to the client: moved"
        CLIENT_CANCELLED = "client_cancelled", "to the client: cancelled"
        CLIENT_REMINDER = "client_reminder", "to the client: reminder"
        CLIENT_SERIES_CONFIRMED = "client_series_confirmed", "to the client: several booked"
        CLIENT_SERIES_CANCELLED = "client_series_cancelled", "to the client: several cancelled"
        CLIENT_ASKED = "client_asked", "to the client: asked for"
        CLIENT_DECLINED = "client_declined", "to the client: declined"
        CLIENT_EXPIRED = "client_expired", "to the client: not answered in time"
        CLIENT_WITHDRAWN = "client_withdrawn", "to the client: taken back"
        THERAPIST_CONFIRMED = "therapist_confirmed", "to the therapist: booked"
        THERAPIST_MOVED = "therapist_moved", "to the therapist: moved"
        THERAPIST_CANCELLED = "therapist_cancelled", "to the therapist: cancelled"
        THERAPIST_ASKED = "therapist_asked", "to the therapist: asked for"
        THERAPIST_WITHDRAWN = "therapist_withdrawn", "to the therapist: taken back"
        DESK_ASKED = "desk_asked", "to the desk: asked for"
        THERAPIST_SERIES_CONFIRMED = (
            "therapist_series_confirmed",
            "to the therapist: several booked",
        )
        THERAPIST_SERIES_CANCELLED = (
            "therapist_series_cancelled",
            "to the therapist: several cancelled",
        )

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="mails")
    kind = models.CharField(max_length=32, choices=Kind)
    sequence = models.PositiveIntegerField(
        default=0, editable=False, help_text="Which change of the booking it tells of."
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    due_at = models.DateTimeField(
        "due", null=True, editable=False, help_text="When a reminder goes out; others go at once."
    )
    tried_at = models.DateTimeField("last tried", null=True, editable=False)
    tries = models.PositiveSmallIntegerField(default=0, editable=False)
    failure = models.CharField(
        "what went wrong",
        max_length=80,
        blank=True,
        editable=False,
        help_text="The kind of failure only: what mail servers answer quotes addresses.",
    )
    sent_at = models.DateTimeField("sent", null=True, editable=False)

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["booking", "kind", "sequence"],
                condition=models.Q(due_at=None),
                name="booking_mail_once",
            ),
            models.UniqueConstraint(
                fields=["booking", "kind", "sequence", "due_at"],
                condition=models.Q(due_at__isnull=False),
                name="reminder_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"], condition=models.Q(sent_at=None), name="mail_waiting_until"
            )
        ]

    def __str__(self) -> str:
        return f"{self.booking}: {self.get_kind_display()}"
