"""What goes into the API and comes out of it."""

import datetime as dt
from decimal import Decimal
from typing import Annotated, Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from ninja import Field, Schema
from phonenumber_field.phonenumber import to_python
from pydantic import AfterValidator, AwareDatetime, StringConstraints

from scheduling.domain import How

Slug = Annotated[str, StringConstraints(pattern=r"^[-a-zA-Z0-9_]+$", max_length=50)]
EARLIEST, LATEST = dt.datetime(2000, 1, 1, tzinfo=dt.UTC), dt.datetime(2200, 1, 1, tzinfo=dt.UTC)


def _in_reach(moment: dt.datetime) -> dt.datetime:
    if not EARLIEST <= moment < LATEST:
        raise ValueError("Give an instant between the years 2000 and 2200.")
    return moment.astimezone(dt.UTC)


def _mail_address(text: str) -> str:
    try:
        validate_email(text)
    except ValidationError:
        raise ValueError("Give one e-mail address, such as name@example.org.") from None
    return text


def _phone_number(text: str) -> str:
    number = to_python(text, region="US") if text else None
    if number is None or not number.is_valid():
        raise ValueError("Give a phone number with its area code.")
    return number.as_e164


Instant = Annotated[AwareDatetime, AfterValidator(_in_reach)]


class Slot(Schema):
    """A time that can be booked."""

    therapist: str
    service: str
    place: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    local_date: dt.date = Field(description="The day on which it starts, where the client will be.")
    time_zone: str = Field(description="The zone of the place, in which clients read times.")
    how: How = Field(
        description="`book`: confirming books it. `ask`: confirming asks for it, since a calendar "
        "is old; a person accepts or declines."
    )


class Slots(Schema):
    """A page of slots."""

    slots: list[Slot]
    next: str | None = Field(description="Give it as `after` for the next page; null at the end.")


class Day(Schema):
    """A day with free times."""

    date: dt.date
    count: int
    to_ask: int = Field(description="How many of them can only be asked for.")


class Days(Schema):
    """The days that have free times."""

    days: list[Day]


class NextFree(Schema):
    """A therapist with free times."""

    therapist: str
    next: dt.datetime = Field(description="The first free start.")
    how: How = Field(description="How this therapist's times are to be had, as in a slot.")
    count: int


class NextFrees(Schema):
    """The therapists who have free times, the soonest free first."""

    therapists: list[NextFree]


class Start(Schema):
    """A start, and why it can't be booked."""

    starts_at: dt.datetime
    bookable: bool = Field(description="Whether it can be booked or asked for.")
    how: How | None
    code: str | None
    message: str | None


class Explanation(Schema):
    """Every start of a day."""

    starts: list[Start]


class HoldIn(Schema):
    """The time that is to be held."""

    therapist: Slug
    service: Slug
    place: Slug
    starts_at: Instant


class PolicyOut(Schema):
    """What the client has to accept."""

    version: int
    text: str
    notice_hours: int = Field(description="Until then, cancelling and moving costs nothing.")
    late_fee: Decimal | None = Field(
        description="What cancelling later costs, in dollars; null where the practice will tell."
    )
    late_terms: str


class HoldOut(Schema):
    """A held time. Whoever has the token can book it or let it go."""

    token: str
    expires_at: dt.datetime
    therapist: str
    service: str
    place: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    how: How = Field(description="What confirming will do as things are now.")
    policy: PolicyOut | None
    reminders: list[int] = Field(
        description="How many hours before the session the client can be reminded by mail."
    )


class ConfirmIn(Schema):
    """Who books, and which version of the policy they accepted."""

    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
    email: Annotated[str, StringConstraints(max_length=254), AfterValidator(_mail_address)]
    phone: Annotated[str, StringConstraints(max_length=40), AfterValidator(_phone_number)]
    reminders: list[int] | None = Field(
        None,
        max_length=10,
        description="How many hours before the session the client wants to be reminded by mail: "
        "none, or some of those that the hold came with. Left out, as the practice has chosen.",
    )
    accepted_policy: int | None = Field(
        None, description="The version that the hold came with, once the client has accepted it."
    )
    idempotency_key: Annotated[str, StringConstraints(max_length=200)] | None = Field(
        None,
        description="The same key gives the same booking. The header Idempotency-Key will do.",
    )


class BookingOut(Schema):
    """A session that is booked, or asked for where its status is `requested`."""

    reference: str
    status: str
    answer_until: dt.datetime | None = Field(
        description="Until when a request waits for an answer; null for what was booked at once."
    )
    starts_at: dt.datetime
    ends_at: dt.datetime
    cancel_until: dt.datetime
    link: str = Field(description="The private page on which the client can look and cancel.")


class FieldProblem(Schema):
    """What is wrong with one value. The value itself is not repeated."""

    field: str
    message: str


class Problem(Schema):
    """Why a request was refused."""

    code: str
    message: str
    alternatives: list[dt.datetime] = Field([], description="Starts nearby that can be had.")
    errors: list[FieldProblem] = []


def problem(code: str, message: str, **more: Any) -> dict[str, Any]:
    """Return the body of a refusal."""
    return Problem(code=code, message=message, **more).model_dump(mode="json")
