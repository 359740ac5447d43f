"""One line in the log for each request, by which nobody can be told."""

import secrets
import time
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse

log = structlog.get_logger("practice.request")


class RequestLogMiddleware:
    """Logs method, route, status and time of each request, under an id that the answer carries.

    The route is the name of the address, never the address: paths hold the tokens of private links.
    Neither the query nor the visitor's IP address is written. Staff appear by number.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request and log that."""
        request_id = secrets.token_hex(8)
        began = time.monotonic()
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            response = self.get_response(request)
            log.info(
                "request",
                method=request.method if request.method in _METHODS else "other",
                route=_route(request),
                status=response.status_code,
                ms=round((time.monotonic() - began) * 1000),
                **_staff(request),
            )
        response["X-Request-ID"] = request_id
        return response


_METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}


def _route(request: HttpRequest) -> str:
    match = request.resolver_match
    return (match.view_name or match.route) if match else "none"


def _staff(request: HttpRequest) -> dict[str, int]:
    """Return the number of the log-in, where the request's session was looked at anyway."""
    user = getattr(request, "_cached_user", None)
    return {"staff": user.pk} if user is not None and user.is_authenticated else {}
