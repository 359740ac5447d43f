"""The one way in which a booking comes to be something else, with a record of who did it."""

import datetime as dt
from typing import NamedTuple

from django.contrib.auth.models import User

from scheduling import domain
from scheduling.models import Booking, BookingChange
from scheduling.services import claim_time
from scheduling.services.errors import ChangeRefusedError
from scheduling.services.follow_claims import follow_claims

Status = Booking.Status


class By(NamedTuple):
    """Who brings a change about; `user` is the log-in of staff."""

    actor: domain.Actor
    user: User | None = None


class Override(NamedTuple):
    """The rules (by code) that staff did not let stand in the way of a time, and why."""

    codes: tuple[str, ...]
    reason: str


CLIENT, THERAPIST = By(domain.Actor.CLIENT), By(domain.Actor.THERAPIST)
PROGRAM = By(domain.Actor.PROGRAM)


def staff(user: User) -> By:
    """Return somebody of the staff as who brings a change about."""
    return By(domain.Actor.STAFF, user)


def lock_booking(booking_id: int) -> Booking:
    """Return the booking with its therapist, room and row locked until the transaction ends.

    Resources come first, as in every service that takes or gives back time. Raises
    Booking.DoesNotExist.
    """
    bookings = Booking.objects.select_related(
        "therapist", "service", "place__jurisdiction", "room", "policy"
    )
    booking = bookings.get(pk=booking_id)
    rooms = [booking.room] if booking.room else []
    claim_time.lock_resources(therapist=booking.therapist, rooms=rooms)
    return bookings.select_for_update(of=("self",), no_key=True).get(pk=booking_id)


def change_status(
    booking: Booking, to: Status, *, by: By, now: dt.datetime, reason: str = ""
) -> None:
    """Make `booking` into `to`, write down who did it, and give its time back where it is over.

    The booking must come from `lock_booking` in the same transaction. Mails are left to the caller.
    Raises ChangeRefusedError where the rules know no such change; nothing is changed then.
    """
    before, after = booking.state, domain.State(to)
    if not domain.may_change(before, after, by.actor, starts_at=booking.starts_at, now=now):
        raise ChangeRefusedError(booking)
    booking.status = to
    changed = ["status"]
    if after not in domain.OUTCOMES:  # of these neither calendars nor mails tell
        booking.sequence += 1
        changed.append("sequence")
    if booking.is_over:
        booking.cancelled_at = now
        changed.append("cancelled_at")
    booking.save(update_fields=changed)
    record_change(booking, before, by=by, now=now, reason=reason)
    if booking.is_over:
        booking.claims.all().delete()
        follow_claims([booking], now=now)


def record_change(
    booking: Booking,
    before: domain.State,
    *,
    by: By,
    now: dt.datetime,
    reason: str = "",
    moved_from: dt.datetime | None = None,
    override: Override | None = None,
) -> None:
    """Add a row to the history of `booking`: it was `before` and is now what its status says.

    `moved_from` is the start it had, where only that changed; the reason of an `override` is the
    reason of the change.
    """
    BookingChange.objects.create(
        booking=booking,
        at=now,
        by=by.actor.value,
        user=by.user,
        user_name=by.user.get_username() if by.user else "",
        before=before.value,
        after=booking.status,
        moved_from=moved_from,
        reason=override.reason if override else reason,
        overridden=list(override.codes) if override else [],
    )
