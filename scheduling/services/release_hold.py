"""Let a held time go before its minutes are over."""

import datetime as dt

from django.db import transaction

from scheduling.services import claim_time, tokens
from scheduling.services.follow_claims import follow_claims


def release_hold(token: str, *, now: dt.datetime) -> bool:
    """Give back the time held under `token`; return whether there was one."""
    with transaction.atomic():
        hold = claim_time.lock_hold(token_digest=tokens.digest(token))
        if hold is None:
            return False
        hold.delete()
        follow_claims([hold], now=now)
    return True
