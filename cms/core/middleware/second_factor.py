"""Nobody opens a page of the admin with a password alone."""

from collections.abc import Callable

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

PROVED = "second_factor_proved"


class SecondFactorMiddleware:
    """Ask for the second factor before the admin, and stop those who have no access to it.

    That a user *has* a second factor is not enough: a session that knew only the password when
    there was none must not get in later because the owner of the log-in has set one up meanwhile.
    So each session has to prove it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request, or say what is missing first."""
        if not request.path.startswith(f"/{settings.ADMIN_PATH}"):
            return self.get_response(request)
        if request.user.is_anonymous or request.path == reverse("wagtailadmin_logout"):
            return self.get_response(request)
        if not request.user.has_perm("wagtailadmin.access_admin"):
            return render(request, "core/no_admin_access.html", status=403)
        missing = self._missing(request)
        if missing is None:
            return self.get_response(request)
        query = urlencode({REDIRECT_FIELD_NAME: request.get_full_path()})
        return redirect(f"{reverse(missing)}?{query}")

    def _missing(self, request: HttpRequest) -> str | None:
        """Return the name of the page that has to come first, None where nothing has."""
        if not settings.REQUIRE_SECOND_FACTOR:
            return None
        if not is_mfa_enabled(request.user):
            return "mfa_activate_totp"
        records = get_authentication_records(request, request.user)
        if request.session.get(PROVED) or any(each["method"] == "mfa" for each in records):
            return None
        return "mfa_reauthenticate"
