"""What tests of the calendars' screens share."""

import datetime as dt

from django.utils import timezone

from tests import feed_server as fs

HOUR = dt.timedelta(hours=1)
DAY = 24 * HOUR
PATH = "/private-token.ics"


def serve(server, days):
    """Serve a calendar with an hour taken on each of the coming `days`."""
    start = timezone.now().replace(microsecond=0) + DAY
    spans = [(start + day * DAY, start + day * DAY + HOUR) for day in range(days)]
    server.answers[PATH] = fs.calendar(fs.events(*spans))


def form(practice, **changes):
    """Return what the form of a calendar posts."""
    data = {"therapist": practice.therapist.pk, "name": "Google", "role": "busy", "is_active": "on"}
    return data | changes
