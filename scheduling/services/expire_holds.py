"""Give back the time of holds whose minutes have passed."""

import datetime as dt

from django.db import transaction

from scheduling.models import Hold
from scheduling.services import claim_time
from scheduling.services.follow_claims import follow_claims


def expire_holds(*, now: dt.datetime) -> int:
    """Delete the holds that have expired at the instant `now`, make their times openings again,
    and return how many there were.

    Each goes in a transaction of its own, so that a busy therapist doesn't keep the others waiting.
    """
    expired = Hold.objects.filter(expires_at__lte=now).order_by("expires_at")
    return sum(_expire(key, now) for key in list(expired.values_list("pk", flat=True)))


def _expire(key: int, now: dt.datetime) -> bool:
    with transaction.atomic():
        hold = claim_time.lock_hold(pk=key)
        if hold is None:
            return False
        hold.delete()
        follow_claims([hold], now=now)
    return True
