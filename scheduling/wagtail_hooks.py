"""What this app adds to the admin and to pages of others."""

from django.http import HttpRequest, HttpResponse
from wagtail import hooks
from wagtail.admin.ui.components import Component

from cms.core.viewsets import staff_of
from locations.models import Place

from .components import TimesAtPlace
from .models import TherapistsPage
from .views.finder import find_therapists
from .viewsets import ProfilesViewSetGroup, SchedulingViewSetGroup
from .viewsets.dashboard import (
    CalendarsInTroublePanel,
    CollisionsPanel,
    LicencesPanel,
    MailsInTroublePanel,
    NextSessionsPanel,
    RequestsPanel,
)


@hooks.register("register_admin_viewset")
def register_scheduling() -> SchedulingViewSetGroup:
    """Register the screens for bookings, therapists and the like."""
    return SchedulingViewSetGroup()


@hooks.register("register_admin_viewset")
def register_profiles() -> ProfilesViewSetGroup:
    """Register the screens for what therapists can be found by."""
    return ProfilesViewSetGroup()


@hooks.register("construct_homepage_panels")
def show_what_is_next(request: HttpRequest, panels: list[Component]) -> None:
    """Put what needs somebody and the next sessions on the admin's home, to whom they concern."""
    user = staff_of(request)
    if user.has_perm("scheduling.view_collision"):
        panels.append(CollisionsPanel(user))
    if user.has_perm("scheduling.view_calendarfeed"):
        panels.append(CalendarsInTroublePanel(user))
    if user.has_perm("scheduling.view_therapist"):
        panels.append(LicencesPanel(user))
    if user.has_perm("scheduling.view_booking"):
        panels += [RequestsPanel(user), MailsInTroublePanel(user), NextSessionsPanel(user)]


@hooks.register("register_place_part")
def times_at_place(place: Place) -> TimesAtPlace:
    """Show the next free times on the page of an office."""
    return TimesAtPlace(place)


@hooks.register("find_therapists")
def answer_of_the_finder(page: TherapistsPage, request: HttpRequest) -> HttpResponse:
    """Find therapists by what the address asks for."""
    return find_therapists(page, request)
