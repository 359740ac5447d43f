"""What the practice decides about booking."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

DAY_MINUTES = 24 * 60
LONGEST_NIGHT_MINUTES = 14 * 60


@register_setting(icon="calendar", order=20)
class SchedulingSettings(BaseGenericSetting):
    """Rules about starts, and how old a calendar may be."""

    notice_hours = models.PositiveSmallIntegerField(
        "shortest notice, in hours",
        default=12,
        validators=[MaxValueValidator(336)],
        help_text="Sessions that begin sooner than this can't be booked on the site.",
    )
    horizon_days = models.PositiveSmallIntegerField(
        "how many days ahead",
        default=60,
        validators=[MinValueValidator(1), MaxValueValidator(180)],
    )
    daily_limit = models.PositiveSmallIntegerField(
        "most sessions a therapist has on a day", null=True, blank=True
    )
    grid_minutes = models.PositiveSmallIntegerField(
        "minutes between two starts",
        default=30,
        choices=[(minutes, str(minutes)) for minutes in (5, 10, 15, 20, 30, 60)],
    )
    hold_minutes = models.PositiveSmallIntegerField(
        "minutes a time is held while the client fills in the form",
        default=10,
        validators=[MinValueValidator(5), MaxValueValidator(30)],
    )
    complete_after_hours = models.PositiveSmallIntegerField(
        "hours after its end until a session counts as having taken place",
        default=24,
        validators=[MaxValueValidator(336)],
        help_text="Until then you can say that a client did not come; later you can correct it.",
    )
    series_limit = models.PositiveSmallIntegerField(
        "most sessions booked in a row",
        default=12,
        validators=[MaxValueValidator(26)],
        help_text=(
            "Every week or every two weeks, at the same hour. 0 or 1: clients book one at a time. "
            "Dates farther ahead than can be booked are left out, and the client is told."
        ),
    )
    fresh_minutes = models.PositiveSmallIntegerField(
        "a calendar read within this many minutes is trusted at once", default=30
    )
    refresh_hours = models.PositiveSmallIntegerField(
        "within this many hours it must be read again during the booking", default=6
    )
    offer_hours = models.PositiveSmallIntegerField(
        "up to this many hours clients can ask for a time; beyond, the therapist is not offered",
        default=48,
    )
    request_hours = models.PositiveSmallIntegerField(
        "hours in which a therapist answers when a client asks for a time",
        default=24,
        validators=[MinValueValidator(1), MaxValueValidator(168)],
        help_text=(
            "Then the request ends and the client is told. It ends sooner where the session is "
            "near: after half of the time that is left until then."
        ),
    )
    requests_to = models.EmailField(
        "who is told as well when a client asks for a time",
        blank=True,
        help_text="With a link to answer. Left empty, it is the practice's public e-mail.",
    )
    early_reminder_hours = models.PositiveSmallIntegerField(
        "earlier reminder, in hours before the session",
        null=True,
        blank=True,
        default=24,
        validators=[MinValueValidator(1), MaxValueValidator(168)],
        help_text="24 is the same hour on the day before. Left empty, clients are not offered it.",
    )
    late_reminder_hours = models.PositiveSmallIntegerField(
        "later reminder, in hours before the session",
        null=True,
        blank=True,
        default=2,
        validators=[MinValueValidator(1), MaxValueValidator(168)],
        help_text="Left empty, clients are not offered it.",
    )
    default_reminders = models.CharField(
        "which of them is ticked at first",
        max_length=5,
        choices=[
            ("none", "none"),
            ("early", "the earlier one"),
            ("late", "the later one"),
            ("both", "both"),
        ],
        default="early",
        help_text="Clients choose when they book, and can change it on the page of their session.",
    )
    quiet_from = models.TimeField(
        "no reminder goes out from",
        default=dt.time(21),
        help_text=(
            "By the practice's clock, and by the client's where it shows another time. What would "
            "come in these hours comes in the evening before them."
        ),
    )
    quiet_until = models.TimeField("until", default=dt.time(8))
    calendar_alerts_to = models.EmailField(
        "who is told when a calendar can't be read",
        blank=True,
        help_text="The therapist is told as well. Left empty, it is the practice's public e-mail.",
    )

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("notice_hours"),
                FieldPanel("horizon_days"),
                FieldPanel("daily_limit"),
                FieldPanel("grid_minutes"),
                FieldPanel("hold_minutes"),
                FieldPanel("series_limit"),
                FieldPanel("complete_after_hours"),
            ],
            heading="What can be booked",
        ),
        MultiFieldPanel(
            [
                FieldPanel("fresh_minutes"),
                FieldPanel("refresh_hours"),
                FieldPanel("offer_hours"),
                FieldPanel("calendar_alerts_to"),
            ],
            heading="How old a therapist's calendar may be",
        ),
        MultiFieldPanel(
            [
                FieldPanel("early_reminder_hours"),
                FieldPanel("late_reminder_hours"),
                FieldPanel("default_reminders"),
                FieldPanel("quiet_from"),
                FieldPanel("quiet_until"),
            ],
            heading="Reminders by mail",
        ),
        MultiFieldPanel(
            [FieldPanel("request_hours"), FieldPanel("requests_to")],
            heading="When a client can only ask for a time",
        ),
    ]

    class Meta:
        verbose_name = "Booking rules"

    @property
    def offered_reminders(self) -> tuple[int, ...]:
        """How many hours before the session clients may be reminded, the earliest first."""
        offered = {self.early_reminder_hours, self.late_reminder_hours} - {None}
        return tuple(sorted((hours for hours in offered if hours), reverse=True))

    @property
    def ticked_reminders(self) -> tuple[int, ...]:
        """Those of the offered ones that a client gets who chooses nothing."""
        ticked = {
            "early": [self.early_reminder_hours],
            "late": [self.late_reminder_hours],
            "both": [self.early_reminder_hours, self.late_reminder_hours],
        }.get(self.default_reminders, [])
        return tuple(hours for hours in self.offered_reminders if hours in ticked)

    def clean(self) -> None:
        """Refuse limits of age that are out of order, and nights that leave hardly a day."""
        super().clean()
        if not self.fresh_minutes <= self.refresh_hours * 60 <= self.offer_hours * 60:
            raise ValidationError("Each limit for a calendar's age must be longer than the last.")
        night = _minutes(self.quiet_until) - _minutes(self.quiet_from)
        if night % DAY_MINUTES > LONGEST_NIGHT_MINUTES:
            raise ValidationError(
                {"quiet_until": "That leaves too little of the day: at most 14 hours can be quiet."}
            )


def _minutes(time: dt.time) -> int:
    return time.hour * 60 + time.minute
