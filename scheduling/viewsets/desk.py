"""What the screens on which staff book and move have in common."""

import datetime as dt
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.http import urlencode
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from locations.models import Place
from scheduling.models import Booking, Service, Therapist
from scheduling.selectors.objections import OVERRIDABLE, Judgement
from scheduling.selectors.openings import Wanted
from scheduling.selectors.search import Search
from scheduling.selectors.staff_openings import openings_for_staff
from scheduling.services.change_status import Override
from scheduling.views.times import times_context

MAY_OVERRIDE = "scheduling.override_rules"


class DeskView(WagtailAdminTemplateMixin):
    """A screen that needs a permission of its own, and of which the browser keeps nothing."""

    model = Booking
    permission = ""
    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse those who may not do it."""
        may = (self.permission, "scheduling.view_booking")
        if not request.user.has_perms(may):
            raise PermissionDenied
        response = super().dispatch(request, *args, **kwargs)
        response["Cache-Control"] = "no-store, private"
        return response

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the bookings."""
        bookings = {"url": reverse("booking:index"), "label": "Bookings"}
        return [*self.breadcrumbs_items, bookings, {"url": "", "label": self.page_title}]


def free_times(
    service: Service, place: Place, therapist: Therapist | None, day: str, *, now: dt.datetime
) -> dict[str, Any] | None:
    """Return the free days and times; for one therapist also those that only staff book."""
    search = Search(place.pk, service.pk, therapist.pk if therapist else None)
    among = openings_for_staff(therapist, service, place, now=now) if therapist else None
    return times_context(search, place, day, now=now, among=among)


def override_from(request: HttpRequest, reason: str) -> Override | None:
    """Return the override that was asked for: of the rules that the page said, with a reason."""
    codes = tuple(request.POST.get("told", "").split())
    if not codes or not request.user.has_perm(MAY_OVERRIDE):
        return None
    return Override(codes, reason)


def objections_context(judgement: Judgement, wanted: Wanted, user: User) -> dict[str, Any]:
    """Return what the screens say of what speaks against a time."""
    can_override = judgement.opening is not None
    return {
        "objections": judgement.messages,
        "final": [
            message
            for code, message in zip(judgement.codes, judgement.messages, strict=True)
            if code not in OVERRIDABLE
        ],
        "told": " ".join(judgement.codes),
        "can_override": can_override,
        "may_override": can_override and user.has_perm(MAY_OVERRIDE),
        "why_not_url": why_not_url(wanted),
    }


def why_not_url(wanted: Wanted) -> str:
    """Return the address of the explanation of the whole day."""
    asked = {
        "therapist": wanted.therapist.pk,
        "service": wanted.service.pk,
        "place": wanted.place.pk,
        "date": wanted.local_date.isoformat(),
    }
    return f"{reverse('booking:why_not')}?{urlencode(asked)}"
