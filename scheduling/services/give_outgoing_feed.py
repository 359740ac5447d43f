"""Answer a calendar program that asks for a therapist's sessions."""

import datetime as dt
import hashlib
from typing import NamedTuple

from scheduling.models import OutgoingFeed
from scheduling.selectors.invitations import subscription
from scheduling.selectors.outgoing_feeds import live_feed, sessions_in
from scheduling.services import tokens

SECOND = dt.timedelta(seconds=1)


class Given(NamedTuple):
    """A calendar, a digest of it, and since when it has been so, in whole seconds."""

    body: bytes
    digest: str
    changed_at: dt.datetime


def give_outgoing_feed(token: str, *, now: dt.datetime) -> Given | None:
    """Return the calendar of the secret address with `token` as it is at `now`, or None.

    Whatever changed it (a session, a name, the window that moves on), it is noticed here: the
    digest differs from that of the last answer, and only then something is written.
    """
    feed = live_feed(tokens.digest(token))
    if feed is None:
        return None
    body = subscription(sessions_in(feed, now=now), with_details=feed.shows_details)
    digest = hashlib.sha256(body).hexdigest()
    if digest == feed.body_digest and feed.changed_at:
        return Given(body, digest, feed.changed_at)
    changed_at = _later(feed.changed_at, now)
    OutgoingFeed.objects.filter(pk=feed.pk, token_digest=feed.token_digest).update(
        body_digest=digest, changed_at=changed_at
    )
    return Given(body, digest, changed_at)


def _later(last: dt.datetime | None, now: dt.datetime) -> dt.datetime:
    """Return `now` in whole seconds, but after `last`: HTTP can't tell two changes in one apart."""
    second = now.replace(microsecond=0)
    return max(second, last + SECOND) if last else second
