"""A therapist whose calendar was read a while ago and can't be read now, and a client who asks."""

import datetime as dt

from scheduling.models import CalendarFeed
from scheduling.selectors.openings import Wanted
from scheduling.services.confirm_booking import ClientDetails, confirm_booking
from scheduling.services.hold_time import hold_time
from tests.practice import NOW, at

CASEY = ClientDetails("Casey Sample", "casey@example.org", "+13125550123", "America/Chicago")
HOUR = dt.timedelta(hours=1)


def add_feed(therapist, *, age, now=NOW):
    """Add a calendar that was read at `age` before `now`, at an address that nobody may ask."""
    return CalendarFeed.objects.create(
        therapist=therapist,
        name="Sample",
        address="https://127.0.0.1:1/calendar.ics",
        succeeded_at=now - age,
        covered_until=now + dt.timedelta(days=90),
    )


def ask_for(practice, starts_at=None, *, now=NOW):
    """Hold and confirm a time at the office."""
    wanted = Wanted(practice.therapist, practice.service, practice.office, starts_at or at(9))
    held = hold_time(wanted, now=now)
    return confirm_booking(held.token, CASEY, idempotency_key="k", now=now).booking
