"""Let a held time go before its minutes are over."""

import datetime as dt

from django.db import transaction

from scheduling.services import claim_time, tokens
from scheduling.services.follow_claims import follow_claims


def release_hold(token: str, *, now: dt.datetime) -> bool:
    """Give back the times held under `token`; return whether there were any."""
    with transaction.atomic():
        holds = claim_time.lock_own_holds(tokens.digest(token))
        for hold in holds:
            hold.delete()
        follow_claims(holds, now=now)
    return bool(holds)
