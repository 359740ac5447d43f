"""Give a therapist's session calendar an address that nobody knows."""

import datetime as dt

from scheduling.models import OutgoingFeed
from scheduling.services import tokens


def renew_outgoing_feed(feed: OutgoingFeed, *, now: dt.datetime) -> None:
    """Save `feed`, which may be new, under a new secret address; the one before leads nowhere."""
    feed.token = tokens.new_token()
    feed.token_digest = tokens.digest(feed.token)
    feed.created_at = now
    feed.save()
