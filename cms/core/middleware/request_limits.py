"""A limit to how many requests a minute come from one address of the internet."""

import datetime as dt
from collections.abc import Callable
from contextlib import suppress

import structlog
from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from redis.exceptions import RedisError

from cms.core.addresses import client_network
from cms.core.fields import blind_index

SECONDS = 60
MESSAGE = (
    "Too many requests came from your internet address. Nothing was changed. "
    "Please try again in {wait} seconds."
)

log = structlog.get_logger(__name__)


class RequestLimitMiddleware:
    """Refuses, before anything is looked up, what one address asks too often of booking.

    Requests are counted under a keyed digest of the address, for a minute; nothing else is kept.
    Whose address is not known is not counted: behind a proxy that isn't counted either, one busy
    client would shut out all others. So it is where the counts can't be reached.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request, or say after how many seconds it would be answered (429)."""
        if request.path.startswith(settings.LIMITED_PATHS):
            wait = seconds_to_wait(client_network(request), now=timezone.now())
            if wait:
                return _refusal(request, wait)
        return self.get_response(request)


def seconds_to_wait(network: str, *, now: dt.datetime) -> int:
    """Count one more request from `network` at `now`; return how long its client must wait.

    0 where there were no more than REQUESTS_PER_ADDRESS in this minute.
    """
    if not network:
        return 0
    minute, second = divmod(int(now.timestamp()), SECONDS)
    key = f"requests:{minute}:{blind_index(network, purpose='request-limit')}"
    try:
        number = _count(key)
    except RedisError as error:
        log.warning("requests_not_counted", error=type(error).__name__)
        return 0
    return SECONDS - second if number > settings.REQUESTS_PER_ADDRESS else 0


def _count(key: str) -> int:
    """Add one to what is counted under `key`, and return it. No request is lost to another."""
    counts = caches["counts"]
    with suppress(ValueError):  # the first of its minute
        return counts.incr(key)
    counts.add(key, 0, timeout=2 * SECONDS)
    with suppress(ValueError):  # a full cache may have dropped it since
        return counts.incr(key)
    return 1


def _refusal(request: HttpRequest, wait: int) -> HttpResponse:
    message = MESSAGE.format(wait=wait)
    if request.path.startswith("/api/"):
        body = {"code": "too_many_requests", "message": message, "alternatives": [], "errors": []}
        response: HttpResponse = JsonResponse(body, status=429)
    else:
        context = {"message": message}
        response = render(request, "core/too_many_requests.html", context, status=429)
    response["Retry-After"] = str(wait)
    response["Cache-Control"] = "no-store"
    return response
