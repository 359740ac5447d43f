"""The Content-Security-Policy of the admin."""

from collections.abc import Callable

from csp.constants import SELF, UNSAFE_INLINE
from django.conf import settings
from django.http import HttpRequest, HttpResponse


class AdminContentSecurityPolicyMiddleware:
    """Relax the Content-Security-Policy under the admin's path, and nowhere else.

    Wagtail's editor still writes inline scripts and styles (its date and time widgets, InlinePanel
    and MultipleChooser), and frames its own previews.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request; add what the admin needs to its policy."""
        response = self.get_response(request)
        if request.path.startswith(f"/{settings.ADMIN_PATH}"):
            # How django-csp is told of one response; its decorators set the same.
            response._csp_update = {  # type: ignore[attr-defined]
                "script-src": [UNSAFE_INLINE],
                "style-src": [UNSAFE_INLINE],
                "img-src": ["blob:"],
                "frame-src": [SELF],
            }
        return response
