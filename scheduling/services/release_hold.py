"""Let a held time go before its minutes are over."""

from scheduling.models import Hold
from scheduling.services import tokens


def release_hold(token: str) -> int | None:
    """Delete the hold of `token`; return its therapist's id, None where it is gone already."""
    hold = Hold.objects.filter(token_digest=tokens.digest(token)).first()
    if hold is None:
        return None
    hold.delete()
    return hold.therapist_id
