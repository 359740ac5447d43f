"""Answers to those who watch whether the site runs."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from cms.core.health import problems


class HealthMiddleware:
    """Answers /healthz and /readyz before anything else can fail or redirect.

    Load balancers ask by IP address and without TLS, so these two come before the check of the host
    name, the redirect to HTTPS, the session and the log. They tell nothing that is secret.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the two addresses; leave all others to the site."""
        if request.path == "/healthz":
            return JsonResponse({"status": "alive"})
        if request.path == "/readyz":
            found = list(problems(now=timezone.now()))
            if found:
                return JsonResponse({"status": "not ready", "problems": found}, status=503)
            return JsonResponse({"status": "ready"})
        return self.get_response(request)
