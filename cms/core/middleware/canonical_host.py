"""One name for the site."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

PERMANENT_SAME_METHOD = 308


class CanonicalHostMiddleware:
    """Lead the site's name with `www` to the one without, or the other way round.

    BASE_URL says which of the two is meant. Any other host is none of its business.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request, or redirect it for good: a form keeps its method (RFC 9110)."""
        host = urlsplit(settings.BASE_URL).hostname or ""
        other = host.removeprefix("www.") if host.startswith("www.") else f"www.{host}"
        if request.get_host().partition(":")[0].lower() != other:
            return self.get_response(request)
        address = f"{settings.BASE_URL}{request.get_full_path()}"
        return HttpResponseRedirect(address, status=PERMANENT_SAME_METHOD)
