"""Book a time for a client whose hold may have run out while they were writing."""

import datetime as dt

from scheduling.selectors.holds import live_hold
from scheduling.selectors.openings import Wanted
from scheduling.services import tokens
from scheduling.services.confirm_booking import ClientDetails, Confirmed, confirm_booking
from scheduling.services.errors import HoldExpiredError, TimeTakenError
from scheduling.services.hold_time import hold_time
from scheduling.services.release_hold import release_hold


def book_time(
    token: str, wanted: Wanted, client: ClientDetails, *, idempotency_key: str, now: dt.datetime
) -> Confirmed:
    """Confirm what is held under `token`, after holding `wanted` where that is not what is held.

    Whoever takes eleven minutes over the form gets their time all the same if nobody took it, and
    who was offered another time in place of a lost one books it in one step. The same token and key
    give the same booking however often they are sent. Raises TimeTakenError, with alternatives,
    and CalendarUncertainError.
    """
    hold = live_hold(tokens.digest(token), now=now)
    if hold and (hold.therapist_id, hold.service_id, hold.place_id, hold.starts_at) != (
        wanted.therapist.pk,
        wanted.service.pk,
        wanted.place.pk,
        wanted.starts_at,
    ):
        release_hold(token, now=now)
    try:
        return confirm_booking(token, client, idempotency_key=idempotency_key, now=now)
    except HoldExpiredError:
        taken = _hold_again(token, wanted, now)
    try:
        return confirm_booking(token, client, idempotency_key=idempotency_key, now=now)
    except HoldExpiredError:
        raise taken or TimeTakenError from None


def _hold_again(token: str, wanted: Wanted, now: dt.datetime) -> TimeTakenError | None:
    """Hold `wanted` under `token`. What is in the way may be the booking that we are asked for."""
    try:
        hold_time(wanted, now=now, token=token)
    except TimeTakenError as taken:
        return taken
    return None
