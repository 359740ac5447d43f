"""Turn a hold into a booking, once."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from scheduling import domain
from scheduling.models import Booking, Hold, Policy, SchedulingSettings, Series
from scheduling.models.bookings import email_index_of
from scheduling.selectors.freshness import freshness_of
from scheduling.selectors.holds import live_hold
from scheduling.selectors.openings import Wanted, nearest_starts, still_opens
from scheduling.services import claim_time, tokens
from scheduling.services.change_status import CLIENT, By, Override, record_change
from scheduling.services.errors import (
    ALTERNATIVES,
    CalendarUncertainError,
    HoldExpiredError,
    TimeTakenError,
)
from scheduling.services.refresh_feeds import refresh_feeds
from scheduling.services.tell_of_booking import tell_of_booking, tell_of_request

# How long a client waits at most while the therapist's calendars are looked at again.
REFRESH_SECONDS = 3


@dataclass(frozen=True, slots=True)
class ClientDetails:
    """What the client tells us to be booked.

    `reminder_hours` are how long before the session they want to be reminded; None where they were
    not asked, for what the practice has chosen.
    """

    name: str
    email: str
    phone: str
    zone: str
    reminder_hours: tuple[int, ...] | None = None

    @property
    def reminders(self) -> list[int]:
        """How many hours before the session reminders come; none without an address for them."""
        if not self.email:
            return []
        if self.reminder_hours is None:
            return list(SchedulingSettings.load().ticked_reminders)
        return list(self.reminder_hours)


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A booking, and whether this call made it."""

    booking: Booking
    is_new: bool


def confirm_booking(
    hold_token: str,
    client: ClientDetails,
    *,
    idempotency_key: str,
    now: dt.datetime,
    by: By = CLIENT,
) -> Confirmed:
    """Book the held time for `client`, after a last look at calendars that are not fresh.

    Where these could not be read and are too old to book from, the time is asked for instead: the
    booking is a request then, which keeps the time until the therapist answers or it runs out.

    The same `idempotency_key` gives the same booking however often it is sent; `by` is who books:
    the client, or staff for them. Raises HoldExpiredError where the hold is gone,
    CalendarUncertainError where the therapist's calendar is too old to trust, and TimeTakenError
    where it now says that the time is taken.
    """
    refreshed = _look_again(tokens.digest(hold_token), now)
    key = tokens.digest(f"{tokens.digest(hold_token)}|{idempotency_key}")
    with transaction.atomic():
        hold = claim_time.lock_hold(token_digest=tokens.digest(hold_token))
        earlier = Booking.objects.filter(idempotency_digest=key).first()
        if earlier:
            return Confirmed(earlier, is_new=False)
        if hold is None or hold.has_expired(now):
            raise HoldExpiredError
        claim_time.lock_calendars(hold.therapist_id)
        how = _how_it_can_be_had(hold, refreshed=refreshed, now=now)
        booking = book_held(hold, client, key, how=how, by=by, now=now)
        hold.delete()
        if how is domain.How.BOOK:
            tell_of_booking(booking, now=now)
        else:
            tell_of_request(booking, now=now)
    return Confirmed(booking, is_new=True)


def _look_again(token_digest: str, now: dt.datetime) -> bool:
    """Read the therapist's calendars where they are not fresh, before any row is locked for it.

    Return whether all of them are as new as they can be.
    """
    hold = live_hold(token_digest, now=now)
    return hold is None or look_again_at(hold.therapist_id, now)


def look_again_at(therapist_id: int, now: dt.datetime) -> bool:
    """Read the calendars of a therapist where they are not fresh; it takes some seconds at most.

    Return whether all of them are as new as they can be.
    """
    if freshness_of(therapist_id, now=now) is domain.Freshness.BOOK:
        return True
    return refresh_feeds(therapist_id, now=now, seconds=REFRESH_SECONDS)


def _how_it_can_be_had(hold: Hold, *, refreshed: bool, now: dt.datetime) -> domain.How:
    """Refuse a time that a calendar read since then has taken, or that nothing vouches for."""
    grade = freshness_of(hold.therapist_id, now=now)
    how = domain.how_to_get(grade, refreshed=refreshed)
    if how is None:
        raise CalendarUncertainError
    if not still_opens(hold, now=now):
        wanted = Wanted(hold.therapist, hold.service, hold.place, hold.starts_at)
        raise TimeTakenError(nearest_starts(wanted, ALTERNATIVES, now=now))
    return how


def book_held(
    hold: Hold,
    client: ClientDetails,
    key: str,
    *,
    by: By,
    now: dt.datetime,
    how: domain.How = domain.How.BOOK,
    override: Override | None = None,
    series: Series | None = None,
) -> Booking:
    """Write the booking of what is held, and give it the hold's claims.

    The caller has locked the therapist and the room, deletes the hold and has people told.
    `override` says which rules staff did not let stand in the way, and why.
    """
    is_request = how is domain.How.ASK
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
        status=Booking.Status.REQUESTED if is_request else Booking.Status.CONFIRMED,
        answer_until=_answer_until(hold, now) if is_request else None,
        client_name=client.name,
        client_email=client.email,
        client_phone=client.phone,
        client_zone=client.zone,
        email_index=email_index_of(client.email) if client.email else "",
        reminder_hours=client.reminders,
        policy=policy,
        policy_told=by.actor is domain.Actor.STAFF,
        series=series,
        cancel_until=domain.cutoff(hold.starts_at, notice),
        idempotency_digest=key,
        is_sample=hold.therapist.is_sample,  # nobody meets somebody who is made up
    )
    hold.claims.update(hold=None, booking=booking)
    record_change(booking, domain.State.HELD, by=by, now=now, override=override)
    return booking


def _answer_until(hold: Hold, now: dt.datetime) -> dt.datetime:
    patience = dt.timedelta(hours=SchedulingSettings.load().request_hours)
    return domain.answer_by(hold.starts_at, patience, now=now)
