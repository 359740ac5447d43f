"""Reads about times that are being held."""

import datetime as dt

from scheduling.models import Hold


def live_hold(token_digest: str, *, now: dt.datetime) -> Hold | None:
    """Return the hold with this digest of its token that is kept at `now`, or None."""
    holds = Hold.objects.select_related("therapist", "service", "place__jurisdiction")
    return holds.filter(token_digest=token_digest, expires_at__gt=now).first()


def live_holds_of(client_index: str, *, now: dt.datetime) -> int:
    """Return how many times are held at `now` by whoever has this digest."""
    return Hold.objects.filter(client_index=client_index, expires_at__gt=now).count()
