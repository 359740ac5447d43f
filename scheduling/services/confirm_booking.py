"""Turn a hold into a booking, once."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from cms.core.fields import blind_index
from scheduling import domain
from scheduling.models import Booking, Hold, Policy
from scheduling.selectors.freshness import freshness_of
from scheduling.services import claim_time, tokens
from scheduling.services.errors import CalendarUncertainError, HoldExpiredError

EMAIL_INDEX = "booking-email"


@dataclass(frozen=True, slots=True)
class ClientDetails:
    """What the client tells us to be booked."""

    name: str
    email: str
    phone: str
    zone: str


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A booking, the token of its private link, and whether this call made it."""

    booking: Booking
    cancel_token: str
    is_new: bool


def confirm_booking(
    hold_token: str, client: ClientDetails, *, idempotency_key: str, now: dt.datetime
) -> Confirmed:
    """Book the held time for `client`.

    The same `idempotency_key` gives the same booking however often it is sent. Raises
    HoldExpiredError where the hold is gone, CalendarUncertainError where the therapist's calendar
    is too old to trust.
    """
    key = tokens.digest(f"{tokens.digest(hold_token)}|{idempotency_key}")
    with transaction.atomic():
        earlier = Booking.objects.filter(idempotency_digest=key).first()
        if earlier:
            return Confirmed(earlier, cancel_token(hold_token), is_new=False)
        hold = _lock_hold(hold_token, now=now)
        if hold is None:
            earlier = Booking.objects.filter(cancel_digest=_cancel_digest(hold_token)).first()
            if earlier and earlier.idempotency_digest == key:
                return Confirmed(earlier, cancel_token(hold_token), is_new=False)
            raise HoldExpiredError
        grade = freshness_of(hold.therapist_id, now=now)
        if grade is not domain.Freshness.BOOK:
            raise CalendarUncertainError
        booking = _book(hold, client, key, cancel_digest=_cancel_digest(hold_token), now=now)
        hold.delete()
    return Confirmed(booking, cancel_token(hold_token), is_new=True)


def cancel_token(hold_token: str) -> str:
    """Return the token of the booking's private link.

    Derived from the hold's token, so that a repeated confirmation can show the same link although
    only digests are stored.
    """
    return tokens.derive(hold_token, purpose="cancel")


def _cancel_digest(hold_token: str) -> str:
    return tokens.digest(cancel_token(hold_token))


def _lock_hold(hold_token: str, *, now: dt.datetime) -> Hold | None:
    """Return the hold with its resources locked, or None where it has expired or is gone."""
    holds = Hold.objects.select_related("therapist", "service", "place", "room")
    hold = holds.filter(token_digest=tokens.digest(hold_token)).first()
    if hold is None:
        return None
    rooms = [hold.room] if hold.room else []
    claim_time.lock_resources(therapist=hold.therapist, rooms=rooms)
    hold = holds.filter(pk=hold.pk).first()
    return None if hold is None or hold.has_expired(now) else hold


def _book(
    hold: Hold, client: ClientDetails, key: str, *, cancel_digest: str, now: dt.datetime
) -> Booking:
    policy = Policy.objects.first()
    notice = dt.timedelta(hours=policy.notice_hours if policy else 0)
    booking = Booking.objects.create(
        therapist=hold.therapist,
        service=hold.service,
        place=hold.place,
        room=hold.room,
        starts_at=hold.starts_at,
        ends_at=hold.ends_at,
        created_at=now,
        client_name=client.name,
        client_email=client.email,
        client_phone=client.phone,
        client_zone=client.zone,
        email_index=blind_index(client.email, purpose=EMAIL_INDEX),
        policy=policy,
        cancel_until=domain.cutoff(hold.starts_at, notice),
        idempotency_digest=key,
        cancel_digest=cancel_digest,
    )
    hold.claims.update(hold=None, booking=booking)
    return booking
