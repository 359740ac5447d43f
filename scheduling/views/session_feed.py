"""The calendar of a therapist's sessions, for a calendar program that knows the address."""

from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from scheduling.services.give_outgoing_feed import Given, give_outgoing_feed

ENDING = ".ics"


@require_safe
def session_feed(request: HttpRequest, file: str) -> HttpResponseBase:
    """Give the calendar, or say that what the program has is still right.

    An address that was revoked, never was one, or is no address at all gets the same answer.
    """
    given = None
    if file.endswith(ENDING):
        given = give_outgoing_feed(file.removesuffix(ENDING), now=timezone.now())
    response = _not_found() if given is None else _calendar(request, given)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _calendar(request: HttpRequest, given: Given) -> HttpResponseBase:
    etag, changed = f'"{given.digest}"', int(given.changed_at.timestamp())
    response = HttpResponse(given.body, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'inline; filename="sessions.ics"'
    response.headers["Cache-Control"] = "private, no-cache"  # kept, but asked for each time
    response.headers["ETag"] = etag
    response.headers["Last-Modified"] = http_date(changed)
    return get_conditional_response(request, etag, changed, response) or response


def _not_found() -> HttpResponse:
    response = HttpResponseNotFound("There is no calendar here.\n", content_type="text/plain")
    response.headers["Cache-Control"] = "private, no-store"
    return response
