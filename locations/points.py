"""Points on the globe, and how far apart they are."""

from math import asin, cos, radians, sin, sqrt
from typing import NamedTuple

EARTH_RADIUS = 3958.8  # miles


class Point(NamedTuple):
    """A point in degrees, north and east positive (WGS 84)."""

    latitude: float
    longitude: float


def distance(one: Point, other: Point) -> float:
    """Return the miles between two points, as the crow flies (the haversine formula)."""
    latitude, other_latitude = radians(one.latitude), radians(other.latitude)
    east = radians(other.longitude - one.longitude)
    half = (
        sin((other_latitude - latitude) / 2) ** 2
        + cos(latitude) * cos(other_latitude) * sin(east / 2) ** 2
    )
    return 2 * EARTH_RADIUS * asin(sqrt(half))
