"""Holding a time, booking it, letting it go."""

from typing import Annotated, Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from ninja import Header, Router, Status
from ninja.decorators import decorate_view
from pydantic import StringConstraints

from cms.core.addresses import client_network
from scheduling.models import Booking, Policy, SchedulingSettings
from scheduling.selectors.freshness import how_now
from scheduling.selectors.holds import live_hold
from scheduling.selectors.openings import Wanted
from scheduling.services import tokens
from scheduling.services.confirm_booking import ClientDetails, confirm_booking
from scheduling.services.errors import HoldExpiredError
from scheduling.services.hold_time import client_index_of, hold_time
from scheduling.services.release_hold import release_hold

from .problems import InvalidValueError
from .schemas import BookingOut, ConfirmIn, HoldIn, HoldOut, Problem
from .slots import find_place, find_service, find_therapist

router = Router(tags=["holds"])

Key = Annotated[str, StringConstraints(min_length=1, max_length=200)]
# What cannot be read, is too large, can't be meant, or comes too often.
REFUSED_BODIES: dict[Any, Any] = {400: Problem, 413: Problem, 422: Problem, 429: Problem}


@router.post(
    "",
    response={201: HoldOut, 404: Problem, 409: Problem, **REFUSED_BODIES},
    summary="Hold a time",
)
@decorate_view(never_cache)
def create_hold(request: HttpRequest, asked: HoldIn) -> Status[dict[str, Any]]:
    """Hold a free time for some minutes. One that is taken is answered with others nearby (409).

    Where the therapist has no license for where the client will be, the answer says so (422).
    """
    now = timezone.now()
    wanted = Wanted(
        find_therapist(asked.therapist),
        find_service(asked.service),
        find_place(asked.place, now),
        asked.starts_at,
    )
    held = hold_time(wanted, now=now, client_index=client_index_of(client_network(request)))
    return Status(
        201,
        {
            "token": held.token,
            "expires_at": held.hold.expires_at,
            "therapist": asked.therapist,
            "service": asked.service,
            "place": asked.place,
            "starts_at": held.hold.starts_at,
            "ends_at": held.hold.ends_at,
            "how": how_now(wanted.therapist.pk, now=now),
            "policy": Policy.objects.first(),
            "reminders": SchedulingSettings.load().offered_reminders,
        },
    )


@router.post(
    "/{token}/confirm",
    response={
        200: BookingOut,
        201: BookingOut,
        409: Problem,
        410: Problem,
        **REFUSED_BODIES,
    },
    summary="Book a held time",
)
@decorate_view(never_cache)
def confirm_hold(
    request: HttpRequest,
    token: str,
    details: ConfirmIn,
    header_key: Annotated[Key | None, Header(alias="Idempotency-Key")] = None,
) -> Status[dict[str, Any]]:
    """Book the held time, or ask for it where a calendar is old: `status` says which.

    Sent again with the same key it answers with the same booking (200).
    """
    now = timezone.now()
    _check_policy(details.accepted_policy)
    hold = live_hold(tokens.digest(token), now=now)
    client = ClientDetails(
        details.name,
        details.email,
        details.phone,
        hold.place.jurisdiction.time_zone if hold else settings.TIME_ZONE,
        _reminders(details.reminders),
    )
    key = header_key or details.idempotency_key or ""
    confirmed = confirm_booking(token, client, idempotency_key=key, now=now)
    return Status(201 if confirmed.is_new else 200, _booking(confirmed.booking))


@router.delete(
    "/{token}", response={204: None, 410: Problem, 429: Problem}, summary="Let a held time go"
)
@decorate_view(never_cache)
def delete_hold(request: HttpRequest, token: str) -> Status[None]:
    """Let a held time go, so that others can have it."""
    if not release_hold(token, now=timezone.now()):
        raise HoldExpiredError
    return Status(204, None)


def _check_policy(accepted: int | None) -> None:
    policy = Policy.objects.first()
    if policy and accepted != policy.version:
        raise InvalidValueError(
            "accepted_policy",
            f"Show the client version {policy.version} of the policy and give it once accepted.",
        )


def _reminders(wished: list[int] | None) -> tuple[int, ...] | None:
    offered = SchedulingSettings.load().offered_reminders
    if wished is None:
        return None
    if not set(wished) <= set(offered):
        raise InvalidValueError("reminders", f"Offered are: {list(offered)}.")
    return tuple(hours for hours in offered if hours in wished)


def _booking(booking: Booking) -> dict[str, Any]:
    link = reverse("book:session", args=[tokens.link_token(booking.reference)])
    return {
        "reference": booking.reference,
        "status": booking.status,
        "answer_until": booking.answer_until,
        "starts_at": booking.starts_at,
        "ends_at": booking.ends_at,
        "cancel_until": booking.cancel_until,
        "link": f"{settings.BASE_URL}{link}",
    }
