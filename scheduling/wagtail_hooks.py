"""What this app adds to the admin and to pages of others."""

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.ui.components import Component

from locations.models import Place

from .components import TimesAtPlace
from .viewsets import SchedulingViewSetGroup
from .viewsets.dashboard import NextSessionsPanel
from .viewsets.one_booking import staff_of


@hooks.register("register_admin_viewset")
def register_scheduling() -> SchedulingViewSetGroup:
    """Register the screens for bookings, therapists and the like."""
    return SchedulingViewSetGroup()


@hooks.register("construct_homepage_panels")
def show_next_sessions(request: HttpRequest, panels: list[Component]) -> None:
    """Put the next sessions on the admin's home, for those who see bookings."""
    if request.user.has_perm("scheduling.view_booking"):
        panels.append(NextSessionsPanel(staff_of(request)))


@hooks.register("register_place_part")
def times_at_place(place: Place) -> TimesAtPlace:
    """Show the next free times on the page of an office."""
    return TimesAtPlace(place)
