"""A log-in ends: after a while without use, and at the latest after a working day."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

BEGAN, SEEN = "log_in_began", "log_in_seen"
NOTE_EVERY_SECONDS = 60
# Asked for by an open page on its own, every few seconds: nobody is at work because of it.
BACKGROUND = f"/{settings.ADMIN_PATH}editing-sessions/"


class SessionLimitsMiddleware:
    """Log people out who were away longer than allowed, or who logged in too long ago."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request, as from somebody who is logged out where a limit has passed."""
        if request.user.is_authenticated:
            now = timezone.now().timestamp()
            reason = self._passed(request, now)
            if reason:
                logout(request)
                messages.info(request, reason)
            else:
                self._note(request, now)
        return self.get_response(request)

    def _passed(self, request: HttpRequest, now: float) -> str:
        """Return why the log-in has ended at the instant `now` (Unix time), "" if it has not."""
        if now - request.session.get(SEEN, now) > settings.SESSION_IDLE_MINUTES * 60:
            return "You were logged out because this browser had not been used for a while."
        if now - request.session.get(BEGAN, now) > settings.SESSION_HOURS * 3600:
            return "You were logged out because the last log-in was long ago."
        return ""

    def _note(self, request: HttpRequest, now: float) -> None:
        """Remember that somebody is there; at most once a minute, since it is a write."""
        request.session.setdefault(BEGAN, now)
        is_recent = now - request.session.get(SEEN, 0) < NOTE_EVERY_SECONDS
        if not is_recent and not request.path.startswith(BACKGROUND):
            request.session[SEEN] = now
