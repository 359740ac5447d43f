"""What this app adds to the admin and to pages of others."""

from wagtail import hooks

from locations.models import Place

from .components import TimesAtPlace
from .viewsets import SchedulingViewSetGroup


@hooks.register("register_admin_viewset")
def register_scheduling() -> SchedulingViewSetGroup:
    """Register the screens for bookings, therapists and the like."""
    return SchedulingViewSetGroup()


@hooks.register("register_place_part")
def times_at_place(place: Place) -> TimesAtPlace:
    """Show the next free times on the page of an office."""
    return TimesAtPlace(place)
