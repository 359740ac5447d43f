"""Book a time for a client, at the desk or in the therapist's own room."""

import datetime as dt

from django.contrib.auth.models import User
from django.db import transaction

from scheduling.models import Booking
from scheduling.selectors.objections import Judgement, judge_for_staff
from scheduling.selectors.openings import Wanted
from scheduling.services import claim_time, tokens
from scheduling.services.change_status import Override, staff
from scheduling.services.confirm_booking import ClientDetails, Confirmed, book_held
from scheduling.services.errors import HoldExpiredError, ObjectionsError
from scheduling.services.hold_for_client import hold_for_client, token_of
from scheduling.services.keep_overridden import keep_overridden
from scheduling.services.tell_of_booking import tell_of_booking


def book_for_client(
    wanted: Wanted,
    client: ClientDetails,
    *,
    user: User,
    idempotency_key: str,
    now: dt.datetime,
    override: Override | None = None,
) -> Confirmed:
    """Book `wanted` for `client`, after holding it anew where the hold has run out.

    `override` names the rules that `user` was told of and does not let stand in the way, and why:
    it is kept in the booking's history. The same key gives the same booking however often it is
    sent. Raises ObjectionsError where rules refuse the time that `override` does not name or that
    nobody can override, TimeTakenError, with starts nearby, and HoldExpiredError where it ran out
    in this very moment.
    """
    token = token_of(user, wanted)
    key = tokens.digest(f"{tokens.digest(token)}|{idempotency_key}")
    earlier = Booking.objects.filter(idempotency_digest=key).first()
    if earlier:
        return Confirmed(earlier, is_new=False)
    hold_for_client(wanted, user=user, may_override=override is not None, now=now)
    with transaction.atomic():
        hold = claim_time.lock_hold(token_digest=tokens.digest(token))
        earlier = Booking.objects.filter(idempotency_digest=key).first()
        if earlier:
            return Confirmed(earlier, is_new=False)
        if hold is None or hold.has_expired(now):
            raise HoldExpiredError
        claim_time.lock_calendars(hold.therapist_id)
        judgement = judge_for_staff(wanted, now=now, without=hold, asked_at=hold.created_at)
        used = what_is_overridden(judgement, override)
        booking = book_held(hold, client, key, by=staff(user), now=now, override=used)
        hold.delete()
        keep_overridden(booking, used, user=user, now=now)
        tell_of_booking(booking, now=now)
    return Confirmed(booking, is_new=True)


def what_is_overridden(judgement: Judgement, override: Override | None) -> Override | None:
    """Return what of `override` is needed for the time that was judged; None where nothing is.

    Raises ObjectionsError where it is not enough: where a rule refuses the time that `override`
    does not name, so that nobody was told of it, or one that can't be overridden.
    """
    told = override.codes if override and override.reason.strip() else ()
    if judgement.opening is None or not set(judgement.codes) <= set(told):
        raise ObjectionsError(judgement)
    if not judgement.codes or override is None:
        return None
    return Override(judgement.codes, override.reason.strip())
