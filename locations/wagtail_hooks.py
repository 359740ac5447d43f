"""What this app adds to the admin and to pages of others."""

from wagtail import hooks

from .components import OfficesInFooter
from .viewsets import PracticeViewSetGroup


@hooks.register("register_admin_viewset")
def register_practice() -> PracticeViewSetGroup:
    """Register the screens for offices and the like."""
    return PracticeViewSetGroup()


@hooks.register("register_footer_part")
def offices_in_footer() -> OfficesInFooter:
    """Name the offices at the foot of every page."""
    return OfficesInFooter()
