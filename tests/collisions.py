"""Sessions a week ahead, and calendars that come to meet them."""

import datetime as dt

from scheduling.models import BusyTime, Collision
from scheduling.selectors.openings import Wanted
from scheduling.services.confirm_booking import ClientDetails, confirm_booking
from scheduling.services.follow_collisions import follow_collisions
from scheduling.services.hold_time import hold_time
from scheduling.services.sync_feed import sync_feed
from tests import feed_server as fs
from tests.practice import NOW, TUESDAY, at

PATH = "/private-token.ics"
MINUTE = dt.timedelta(minutes=1)
EVENING = at(18), at(19)
CLIENT = ClientDetails("Casey Sample", "casey@example.org", "", "America/Chicago")


def next_tuesday(hour, minute=0):
    """Return an instant that is far enough ahead for a session to be moved or cancelled online."""
    return at(hour, minute, day=TUESDAY + dt.timedelta(days=7))


def session_at(practice, starts_at, key="k1"):
    """Book a session at `starts_at`."""
    wanted = Wanted(practice.therapist, practice.service, practice.office, starts_at)
    token = hold_time(wanted, now=NOW).token
    return confirm_booking(token, CLIENT, idempotency_key=key, now=NOW).booking


def visit(feed, server, *spans, minutes=10):
    """Let the calendar hold `spans` beside its evening and visit it so many minutes after NOW."""
    server.answers[PATH] = fs.calendar(fs.events(EVENING, *spans))
    return sync_feed(feed.pk, now=NOW + minutes * MINUTE)


def collide(booking, feed, *, now=NOW):
    """Let `feed` hold the hour of `booking`; return the collision that is found."""
    BusyTime.objects.create(
        feed=feed, generation=1, starts_at=booking.starts_at, ends_at=booking.ends_at + 10 * MINUTE
    )
    follow_collisions(booking.therapist_id, now=now)
    return Collision.objects.get(booking=booking, ended_at=None)
