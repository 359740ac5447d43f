"""Keep a time for a client with whom staff speak."""

import datetime as dt

from django.contrib.auth.models import User
from django.db import IntegrityError, OperationalError, transaction

from locations.models import Room
from scheduling import domain
from scheduling.models import Hold
from scheduling.selectors.freshness import freshness_of
from scheduling.selectors.objections import judge_for_staff
from scheduling.selectors.openings import Wanted, nearest_starts
from scheduling.services import claim_time, tokens
from scheduling.services.errors import ALTERNATIVES, ObjectionsError, TimeTakenError
from scheduling.services.follow_claims import follow_claims
from scheduling.services.hold_time import write_hold
from scheduling.services.refresh_feeds import refresh_feeds

REFRESH_SECONDS = 3


def token_of(user: User, wanted: Wanted) -> str:
    """Return the token under which `user` holds `wanted`: the same for the same time."""
    return tokens.desk_token(
        user.pk,
        therapist=wanted.therapist.pk,
        service=wanted.service.pk,
        place=wanted.place.pk,
        start=int(wanted.starts_at.timestamp()),
    )


def hold_for_client(
    wanted: Wanted, *, user: User, may_override: bool, now: dt.datetime
) -> tuple[Hold, str]:
    """Hold `wanted` for the practice's number of minutes from `now`; return the hold and its token.

    What the same user holds already is given once more. With `may_override` rules that can be
    overridden do not keep the time from being held: the reason is asked for when it is booked.
    Raises ObjectionsError where rules refuse it, and TimeTakenError, with starts nearby that are
    free, where another booking was faster.
    """
    if freshness_of(wanted.therapist.pk, now=now) is not domain.Freshness.BOOK:
        refresh_feeds(wanted.therapist.pk, now=now, seconds=REFRESH_SECONDS)
    token = token_of(user, wanted)
    try:
        with transaction.atomic():
            return _hold(wanted, token, may_override=may_override, now=now), token
    except (IntegrityError, OperationalError):
        raise TimeTakenError(nearest_starts(wanted, ALTERNATIVES, now=now)) from None


def _hold(wanted: Wanted, token: str, *, may_override: bool, now: dt.datetime) -> Hold:
    rooms = Room.objects.filter(office_id=wanted.place.pk)
    resources = claim_time.lock_resources(therapist=wanted.therapist, rooms=rooms)
    expired = claim_time.delete_expired_holds(resources.values(), now=now)
    kept = Hold.objects.filter(token_digest=tokens.digest(token)).first()
    if kept:
        return kept
    judgement = judge_for_staff(wanted, now=now)
    if judgement.opening is None or (judgement.codes and not may_override):
        raise ObjectionsError(judgement)
    hold = Hold(token_digest=tokens.digest(token))
    write_hold(hold, wanted, judgement.opening, resources, now=now)
    follow_claims([*expired, hold], now=now)
    return hold
