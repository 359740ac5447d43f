"""Addresses that belong to the site as a whole."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from cms.core.models import PracticeSettings

STAFF_PATHS = (settings.ADMIN_PATH, "account/")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Say what search engines may read: all but the staff's part, and nothing of a sample."""
    if PracticeSettings.load(request).is_sample:
        lines = ["User-agent: *", "Disallow: /"]
    else:
        lines = [
            "User-agent: *",
            *(f"Disallow: /{path}" for path in STAFF_PATHS),
            f"Sitemap: {settings.BASE_URL}/sitemap.xml",
        ]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain")


@require_safe
def icon(request: HttpRequest) -> HttpResponse:
    """Lead programs that ask for the icon at its customary address to where it is."""
    return redirect(static("core/icon.svg"))
