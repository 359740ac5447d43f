"""Answering a request by the link in a mail: whoever has the link need not log in."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from scheduling import domain
from scheduling.models import Booking
from scheduling.selectors.invitations import where_to_go
from scheduling.selectors.requests import obstacle_to
from scheduling.services.answer_request import (
    Answer,
    answer_request,
    answerer,
    find_by_answer_link,
)
from scheduling.services.errors import BookingError, LinkUnknownError

from .private_link import link_unknown

# What the link is good for; taking a request back is the client's.
ANSWERS = {each.value: each for each in (Answer.ACCEPT, Answer.NOT_FREE, Answer.DECLINE)}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Show what was asked for and what became of it (GET), or answer (POST).

    The page names no client: who it is stands behind the log-in.
    """
    try:
        booking, reader = find_by_answer_link(token)
    except LinkUnknownError as refusal:
        return link_unknown(request, refusal)
    if request.method != "POST":
        return _page(request, booking)
    chosen = ANSWERS.get(request.POST.get("answer", ""))
    if chosen is None:
        return _page(request, booking, status=400)
    try:
        answer_request(booking.pk, chosen, by=answerer(reader), now=timezone.now())
    except BookingError as refusal:
        booking.refresh_from_db()
        return _page(request, booking, refusal=refusal, status=409)
    return HttpResponseRedirect(request.path, status=303)


def _page(
    request: HttpRequest,
    booking: Booking,
    *,
    refusal: BookingError | None = None,
    status: int = 200,
) -> HttpResponse:
    now = timezone.now()
    waits = booking.waits_for_answer(now)
    context: dict[str, Any] = {
        "booking": booking,
        "waits": waits,
        "has_run_out": booking.status == Booking.Status.REQUESTED and not waits,
        "refusal": refusal,
        "when": domain.moment_words(booking.starts_at, booking.therapist.zone),
        "where": where_to_go(booking),
        "answer_until": booking.answer_until
        and domain.moment_words(booking.answer_until, booking.therapist.zone),
        "obstacle": obstacle_to(booking, now=now) if waits else None,
    }
    return render(request, "scheduling/book_answer.html", context, status=status)
