"""What the private link of a series opens: all its dates."""

import datetime as dt
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from scheduling.models import Booking, Series
from scheduling.selectors.invitations import series_calendar
from scheduling.selectors.series import sessions_of
from scheduling.services import tokens
from scheduling.services.cancel_series import can_be_cancelled, cancel_series, find_series
from scheduling.services.errors import LinkUnknownError

from .private_link import link_unknown
from .words import TimeWords


class Date(NamedTuple):
    """A session of the series: when, its own private link, and until when it can be changed."""

    booking: Booking
    words: TimeWords
    until: TimeWords
    token: str
    can_cancel: bool


@never_cache
@require_safe
def series(request: HttpRequest, token: str) -> HttpResponse:
    """Show all the dates: booked just now, or looked at again from the mail."""
    try:
        context = _context(find_series(token), token)
    except LinkUnknownError as refusal:
        return link_unknown(request, refusal)
    return render(request, "scheduling/book_series.html", context)


@never_cache
@require_safe
def series_file(request: HttpRequest, token: str) -> HttpResponse:
    """Give the dates that stand as one calendar file."""
    try:
        sessions = sessions_of(find_series(token))
    except LinkUnknownError as refusal:
        return link_unknown(request, refusal)
    body = series_calendar(session for session in sessions if not session.is_over)
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="sessions.ics"'
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def series_cancel(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether all that can be cancelled is to be (GET), or cancel it (POST)."""
    try:
        context = _context(find_series(token), token)
        if request.method == "POST":
            cancel_series(token, now=timezone.now())
            return HttpResponseRedirect(reverse("book:series", args=[token]), status=303)
    except LinkUnknownError as refusal:
        return link_unknown(request, refusal)
    return render(request, "scheduling/book_series_cancel.html", context)


def _context(series: Series, token: str) -> dict[str, Any]:
    now = timezone.now()
    sessions = list(sessions_of(series))
    first = sessions[0]
    dates = [
        Date(
            each,
            TimeWords(each.starts_at, each.place, each.therapist),
            TimeWords(each.cancel_until, each.place, each.therapist),
            tokens.link_token(each.reference),
            can_be_cancelled(each, now=now),
        )
        for each in sessions
    ]
    lost = [dt.datetime.fromisoformat(start) for start in series.lost]
    return {
        "series": series,
        "token": token,
        "dates": dates,
        "first": first,
        "standing": [date for date in dates if not date.booking.is_over],
        "cancellable": [date for date in dates if date.can_cancel],
        "lost": [TimeWords(start, first.place, first.therapist) for start in lost],
    }
