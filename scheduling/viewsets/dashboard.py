"""What staff see first in the admin."""

from typing import Any

from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.ui.components import Component

from cms.core.zones import local_stretch, local_time, practice_day
from scheduling.models import Booking
from scheduling.selectors.bookings import bookings_visible_to, mails_in_trouble, next_first
from scheduling.selectors.collisions import State, collisions_visible_to, in_state
from scheduling.selectors.feeds import feeds_in_trouble, feeds_visible_to, health_of
from scheduling.selectors.licences import ending_licences
from scheduling.selectors.requests import waiting_requests

from .one_booking import address_of
from .planning import own_planning_links

NEXT_SESSIONS = 8


class CollisionsPanel(Component):
    """The sessions that a calendar now holds something else for, until somebody decides."""

    name = "collisions"
    template_name = "scheduling/admin/collisions.html"
    order = 35

    def __init__(self, user: User) -> None:
        self.user = user

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """Return the rows, the next session first."""
        now = timezone.now()
        collisions = collisions_visible_to(self.user)
        return {
            "rows": [
                {
                    "collision": collision,
                    "url": reverse("collision:inspect", args=[collision.pk]),
                    "session": local_time(collision.booking.starts_at),
                    "taken": local_stretch(collision.busy_from, collision.busy_until),
                }
                for collision in in_state(collisions, State.WAITING, now=now)
            ]
        }


class CalendarsInTroublePanel(Component):
    """The calendars that somebody should look at, what clients see, and what to do."""

    name = "calendars_in_trouble"
    template_name = "scheduling/admin/calendars_in_trouble.html"
    order = 40

    def __init__(self, user: User) -> None:
        self.user = user

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """Return the rows, those in trouble longest first."""
        now = timezone.now()
        return {
            "rows": [
                {
                    "feed": feed,
                    "health": health_of(feed, now=now),
                    "url": reverse("calendarfeed:inspect", args=[feed.pk]),
                }
                for feed in feeds_in_trouble(feeds_visible_to(self.user), now=now)
            ]
        }


class LicencesPanel(Component):
    """The licences that end soon or have ended, and what clients are offered then."""

    name = "licences"
    template_name = "scheduling/admin/licences.html"
    order = 42

    def __init__(self, user: User) -> None:
        self.user = user

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """Return the rows, those that ended longest ago first."""
        today = practice_day(timezone.now())
        screen = "edit" if self.user.has_perm("scheduling.change_therapist") else "inspect"
        return {
            "rows": [
                {
                    "licence": licence,
                    "has_ended": licence.valid_until < today,
                    "url": reverse(f"therapist:{screen}", args=[licence.therapist_id]),
                }
                for licence in ending_licences(today=today)
            ]
        }


class MailsInTroublePanel(Component):
    """The mails about bookings that could not be sent, so that somebody calls instead."""

    name = "mails_in_trouble"
    template_name = "scheduling/admin/mails_in_trouble.html"
    order = 45

    def __init__(self, user: User) -> None:
        self.user = user

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """Return the rows, the oldest first."""
        return {
            "rows": [
                {
                    "mail": mail,
                    "url": address_of(mail.booking),
                    "since": local_time(mail.created_at),
                }
                for mail in mails_in_trouble(bookings_visible_to(self.user))
            ]
        }


class RequestsPanel(Component):
    """The times that clients asked for and that wait for an answer, the most urgent first."""

    name = "requests"
    template_name = "scheduling/admin/requests.html"
    order = 30

    def __init__(self, user: User) -> None:
        self.user = user

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """Return the rows."""
        requests = waiting_requests(bookings_visible_to(self.user), now=timezone.now())
        return {
            "rows": [
                {
                    "booking": booking,
                    "when": local_time(booking.starts_at),
                    "until": local_time(booking.answer_until),
                    "url": address_of(booking),
                }
                for booking in requests
                if booking.answer_until
            ]
        }


class NextSessionsPanel(Component):
    """The next sessions that the user may see, without a word about clients."""

    name = "next_sessions"
    template_name = "scheduling/admin/next_sessions.html"
    order = 50

    def __init__(self, user: User) -> None:
        self.user = user

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """Return the rows, the soonest first."""
        now = timezone.now()
        coming = bookings_visible_to(self.user).filter(
            status=Booking.Status.CONFIRMED, ends_at__gt=now
        )
        rows = [
            {"booking": booking, "when": local_time(booking.starts_at), "url": address_of(booking)}
            for booking in next_first(coming, now=now)[:NEXT_SESSIONS]
        ]
        return {"rows": rows, "total": coming.count(), "plan": own_planning_links(self.user)}
