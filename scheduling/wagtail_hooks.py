"""What this app adds to the admin."""

from wagtail import hooks

from .viewsets import SchedulingViewSetGroup


@hooks.register("register_admin_viewset")
def register_scheduling() -> SchedulingViewSetGroup:
    """Register the screens for bookings, therapists and the like."""
    return SchedulingViewSetGroup()
