"""What staff see first in the admin."""

from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone
from wagtail.admin.ui.components import Component

from scheduling.models import Booking
from scheduling.selectors.bookings import bookings_visible_to, next_first

from .one_booking import address_of, local_time

NEXT_SESSIONS = 8


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
        return {"rows": rows, "total": coming.count()}
