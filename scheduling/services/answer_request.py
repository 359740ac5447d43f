"""Answer a client who asked for a time, or let the question run out."""

import datetime as dt
from enum import StrEnum

from django.db import transaction

from scheduling.domain import Actor
from scheduling.models import Booking, TimeOff
from scheduling.selectors.requests import obstacle_to
from scheduling.services import tokens
from scheduling.services.change_status import (
    PROGRAM,
    THERAPIST,
    By,
    change_status,
    lock_booking,
)
from scheduling.services.errors import (
    LinkUnknownError,
    RequestClosedError,
    RequestImpossibleError,
)
from scheduling.services.tell_of_booking import tell_of_booking, tell_of_end_of_request

Status = Booking.Status
NOTE = "A client asked for this time; the answer was that it is not free."


class Answer(StrEnum):
    """What can be answered."""

    ACCEPT = "accept"
    NOT_FREE = "not_free"
    DECLINE = "decline"
    WITHDRAW = "withdraw"


ENDS = {
    Answer.NOT_FREE: Status.DECLINED,
    Answer.DECLINE: Status.DECLINED,
    Answer.WITHDRAW: Status.CANCELLED,
}


def find_by_answer_link(token: str) -> tuple[Booking, str]:
    """Return the booking of the link in a mail that asks for an answer, and whom the mail went to.

    Raises LinkUnknownError where there is none.
    """
    reference, reader = tokens.answer_in(token) or ("", "")
    bookings = Booking.objects.select_related("therapist", "service", "place__jurisdiction", "room")
    booking = bookings.filter(reference=reference, answer_until__isnull=False).first()
    if booking is None:
        raise LinkUnknownError
    return booking, reader


def answerer(reader: str) -> By:
    """Return who answers by the link that `reader` got: the therapist, or somebody at the desk."""
    return THERAPIST if reader == "therapist" else By(Actor.STAFF)


def answer_request(
    booking_id: int, answer: Answer, *, by: By, now: dt.datetime, reason: str = ""
) -> Booking:
    """Accept or decline the time that a client asked for, or take the request back for the client.

    Accepting books it. Declining as not free gives the therapist time off then, so that the next
    client is not offered what the calendar fails to show; each other end offers the time again.
    Raises RequestClosedError where it was answered, taken back or has run out, so that of two
    answers at once the first counts; and RequestImpossibleError where the session may not be held.
    """
    with transaction.atomic():
        booking = lock_booking(booking_id)
        if not booking.waits_for_answer(now):
            raise RequestClosedError(booking)
        if answer is Answer.ACCEPT:
            _accept(booking, by=by, now=now, reason=reason)
        else:
            _end(booking, answer, by=by, now=now, reason=reason)
    return booking


def expire_requests(*, now: dt.datetime) -> int:
    """End the requests that nobody answered in time; return how many there were."""
    waiting = Booking.objects.filter(status=Status.REQUESTED, answer_until__lte=now)
    return sum(_expire(key, now) for key in list(waiting.values_list("pk", flat=True)))


def _accept(booking: Booking, *, by: By, now: dt.datetime, reason: str) -> None:
    obstacle = obstacle_to(booking, now=now)
    if obstacle and obstacle.forbids:
        raise RequestImpossibleError(obstacle.message)
    change_status(booking, Status.CONFIRMED, by=by, now=now, reason=reason)
    tell_of_booking(booking, now=now)


def _end(booking: Booking, answer: Answer, *, by: By, now: dt.datetime, reason: str) -> None:
    if answer is Answer.NOT_FREE:
        TimeOff.objects.create(
            therapist=booking.therapist,
            starts_at=booking.starts_at,
            ends_at=booking.ends_at,
            note=NOTE,
        )
    change_status(booking, ENDS[answer], by=by, now=now, reason=reason)
    tell_of_end_of_request(booking, now=now)


def _expire(booking_id: int, now: dt.datetime) -> bool:
    with transaction.atomic():
        booking = lock_booking(booking_id)
        if booking.status != Status.REQUESTED:  # somebody answered meanwhile
            return False
        change_status(booking, Status.EXPIRED, by=PROGRAM, now=now)
        tell_of_end_of_request(booking, now=now)
    return True
