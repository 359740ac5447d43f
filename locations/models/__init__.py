"""Where the practice sees its clients."""

from .jurisdictions import Jurisdiction
from .neighborhoods import Neighborhood
from .offices import Office, OfficeHours, Room
from .pages import LocationsPage
from .places import Place, PlaceQuerySet
from .service_areas import ServiceArea

__all__ = [
    "Jurisdiction",
    "LocationsPage",
    "Neighborhood",
    "Office",
    "OfficeHours",
    "Place",
    "PlaceQuerySet",
    "Room",
    "ServiceArea",
]
