"""What can go wrong while a client books. Each message is written for the client."""

import datetime as dt
from collections.abc import Sequence

from scheduling.models import Booking
from scheduling.selectors.objections import Judgement

# How many other starts a client is offered in place of one that is gone.
ALTERNATIVES = 3


class BookingError(Exception):
    """A step of booking was refused. `code` is stable; the message is for the person."""

    code = "refused"


class TimeTakenError(BookingError):
    """The time can't be had (any more). `alternatives` are starts nearby that can."""

    code = "time_taken"

    def __init__(self, alternatives: Sequence[dt.datetime] = ()) -> None:
        super().__init__(
            "This time has just been taken or is no longer offered. Nothing was booked."
        )
        self.alternatives = tuple(alternatives)


class NotLicensedError(TimeTakenError):
    """The therapist has no valid license that day where the client will be, so none is near."""

    code = "not_licensed"

    def __init__(self, reason: str) -> None:
        super().__init__()
        self.args = (
            f"{reason} The therapist can't see you there, so nothing was held or booked. Please "
            "choose another therapist or place.",
        )


class ObjectionsError(BookingError):
    """Rules speak against a time that staff want for a client, and were not overridden."""

    code = "objections"

    def __init__(self, judgement: Judgement) -> None:
        super().__init__("Nothing was changed: the rules speak against this time.")
        self.judgement = judgement


class DatesTakenError(BookingError):
    """Dates of a series can't be had (any more): `lost` are their starts."""

    code = "dates_taken"

    def __init__(self, lost: Sequence[dt.datetime]) -> None:
        super().__init__(
            "Not every one of these dates can be had any more: somebody was faster, or a calendar "
            "has changed. Nothing was booked."
        )
        self.lost = tuple(lost)


class HoldExpiredError(BookingError):
    """The hold's minutes have passed, or there never was one with this token."""

    code = "hold_expired"

    def __init__(self) -> None:
        super().__init__(
            "The time is no longer being kept for you. Nothing was booked; please choose again."
        )


class TooManyHoldsError(BookingError):
    """As many times are held from one address as one may hold."""

    code = "too_many_holds"

    def __init__(self) -> None:
        super().__init__(
            "Several times are being held from your internet connection already. Please finish or "
            "let go of one of them, or try again in ten minutes. Nothing was changed."
        )


class CalendarUncertainError(BookingError):
    """The therapist's calendar could not be read again in time, and is too old to trust."""

    code = "calendar_uncertain"

    def __init__(self) -> None:
        super().__init__(
            "We could not check the therapist's calendar just now, so nothing was booked. "
            "Please try again in a few minutes or choose another therapist."
        )


class LateError(BookingError):
    """The cut-off has passed: it can be done, once the client has read what that costs."""

    code = "late"

    def __init__(self) -> None:
        super().__init__(
            "The time up to which this costs nothing has passed. Nothing was changed yet: please "
            "read below what it costs now, and decide."
        )


class CancelTooLateError(BookingError):
    """The session has begun."""

    code = "too_late"

    def __init__(self) -> None:
        super().__init__(
            "It has begun, so it can't be cancelled online. Nothing was changed; please contact "
            "the office."
        )


class MoveTooLateError(BookingError):
    """The session has begun."""

    code = "too_late"

    def __init__(self) -> None:
        super().__init__(
            "It has begun, so it can't be moved online. Your booking stands as it was; please "
            "contact the office."
        )


class BookingClosedError(BookingError):
    """The booking was cancelled, so there is nothing to move."""

    code = "cancelled"

    def __init__(self) -> None:
        super().__init__("This session was cancelled. Nothing was changed; please book a new time.")


class ChangeRefusedError(BookingError):
    """The booking is not, or no longer, in a state from which this can happen to it."""

    code = "change_refused"

    def __init__(self, booking: Booking) -> None:
        super().__init__(
            f"This can't be done, since the booking is now: {booking.get_status_display()}. "
            "Nothing was changed."
        )


class RequestClosedError(ChangeRefusedError):
    """The request was answered, taken back or has run out."""

    code = "request_closed"


class RequestImpossibleError(BookingError):
    """Nobody can accept: the session may not take place as it was asked for."""

    code = "request_impossible"

    def __init__(self, obstacle: str) -> None:
        super().__init__(f"It can't be accepted. {obstacle} Nothing was changed.")


class LinkUnknownError(BookingError):
    """A link that no booking has: altered, mistyped or used up."""

    code = "link_unknown"

    def __init__(self) -> None:
        super().__init__(
            "This link does not work. If you copied it, check that it is whole; "
            "or contact the office."
        )
