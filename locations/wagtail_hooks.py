"""What this app adds to the admin."""

from wagtail import hooks

from .viewsets import PracticeViewSetGroup


@hooks.register("register_admin_viewset")
def register_practice() -> PracticeViewSetGroup:
    """Register the screens for offices and the like."""
    return PracticeViewSetGroup()
