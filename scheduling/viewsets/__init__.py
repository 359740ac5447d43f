"""The staff screens of this app, in the order of the menu."""

from wagtail.admin.viewsets.model import ModelViewSetGroup

from .bookings import BookingViewSet
from .collisions import CollisionViewSet
from .feeds import FeedViewSet
from .outgoing_feeds import OutgoingFeedViewSet
from .policies import PolicyViewSet
from .services import ServiceViewSet, StartingStepViewSet, TravelTimeViewSet
from .therapists import TherapistViewSet
from .traits import ProfilesViewSetGroup

__all__ = ["ProfilesViewSetGroup", "SchedulingViewSetGroup"]


class SchedulingViewSetGroup(ModelViewSetGroup):
    """The menu of who is seen, by whom, when and for what."""

    menu_label = "Scheduling"
    menu_name = "scheduling"
    menu_icon = "calendar-alt"
    menu_order = 200
    items = (
        BookingViewSet,
        CollisionViewSet,
        TherapistViewSet,
        FeedViewSet,
        OutgoingFeedViewSet,
        ServiceViewSet,
        PolicyViewSet,
        StartingStepViewSet,
        TravelTimeViewSet,
    )
