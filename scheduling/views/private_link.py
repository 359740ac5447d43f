"""What the private link of a booking opens."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from scheduling.models import Booking
from scheduling.selectors.invitations import client_calendar
from scheduling.selectors.requests import alternatives_to, was_ever_confirmed
from scheduling.services import tokens
from scheduling.services.cancel_booking import cancel_booking, find_by_link
from scheduling.services.errors import (
    ALTERNATIVES,
    CancelTooLateError,
    LateError,
    LinkUnknownError,
)

from .choose import Choice
from .reminders import reminders_context
from .words import TimeWords, starts_value


@never_cache
@require_safe
def session(request: HttpRequest, token: str) -> HttpResponse:
    """Show the booking: confirmed just now, or looked at again from the mail."""
    try:
        booking = find_by_link(token)
    except LinkUnknownError as refusal:
        return link_unknown(request, refusal)
    context = link_context(booking, token) | reminders_context(booking) | _instead_of(booking)
    return render(request, "scheduling/book_session.html", context)


@never_cache
@require_safe
def session_calendar(request: HttpRequest, token: str) -> HttpResponse:
    """Give the session as a calendar file."""
    try:
        booking = find_by_link(token)
    except LinkUnknownError as refusal:
        return link_unknown(request, refusal)
    if booking.status == Booking.Status.REQUESTED:  # it is in no calendar until it is accepted
        return HttpResponseRedirect(reverse("book:session", args=[token]))
    response = HttpResponse(client_calendar(booking), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="session.ics"'
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, token: str) -> HttpResponse:
    """Say what cancelling costs now and ask (GET), or cancel (POST).

    Late it is only with the button that says so: a page that was opened before the cut-off and
    sent after it comes back.
    """
    try:
        booking = find_by_link(token)
        if request.method == "POST":
            accepts_late = request.POST.get("late") == "accepted"
            cancel_booking(token, now=timezone.now(), accepts_late=accepts_late)
            return HttpResponseRedirect(reverse("book:session", args=[token]), status=303)
    except LinkUnknownError as refusal:
        return link_unknown(request, refusal)
    except (LateError, CancelTooLateError) as refusal:
        context = link_context(booking, token) | {"refusal": refusal}
        return render(request, "scheduling/book_cancel.html", context, status=409)
    return render(request, "scheduling/book_cancel.html", link_context(booking, token))


def link_context(booking: Booking, token: str) -> dict[str, Any]:
    """Return what every page of a private link shows."""
    return {
        "booking": booking,
        "token": token,
        "words": TimeWords(booking.starts_at, booking.place, booking.therapist),
        "until": TimeWords(booking.cancel_until, booking.place, booking.therapist),
        "is_over": booking.is_over,
        "is_confirmed": booking.status == Booking.Status.CONFIRMED,
        "is_request": booking.status == Booking.Status.REQUESTED,
        "answer_until": booking.answer_until
        and TimeWords(booking.answer_until, booking.place, booking.therapist),
        "policy": booking.policy,
        "is_late": booking.cancel_until < timezone.now(),
        "has_begun": booking.starts_at <= timezone.now(),
        "series_token": booking.series and tokens.series_token(booking.series.reference),
    }


def _instead_of(booking: Booking) -> dict[str, Any]:
    """Return what else the client can have, where a request came to nothing."""
    if not booking.is_over or was_ever_confirmed(booking):
        return {}
    others = alternatives_to(booking, ALTERNATIVES, now=timezone.now())
    return {
        "came_to_nothing": True,
        "choice": Choice(booking.place, booking.service, None),
        "times": [
            TimeWords(
                value=starts_value(each.starts_at, each.therapist.slug),
                starts_at=each.starts_at,
                place=booking.place,
                therapist=each.therapist,
                must_ask=each.must_ask,
            )
            for each in others
        ],
    }


def link_unknown(request: HttpRequest, refusal: LinkUnknownError) -> HttpResponse:
    """Answer a link that no booking has."""
    return render(request, "scheduling/book_link_unknown.html", {"refusal": refusal}, status=404)
