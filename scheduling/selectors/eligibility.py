"""Whether, where and with whom somebody can be seen who will be at a spot."""

import datetime as dt
from typing import NamedTuple

from locations.models import Office, Place
from locations.points import Point, distance
from locations.spots import Spot
from locations.states import STATES
from scheduling.selectors.choices import bookable_places, bookable_therapists

# Farther than this nobody goes every week; the distance alone is said then.
REACHABLE = 100.0  # miles


class OfficeNearby(NamedTuple):
    """An office, and how many miles away it is as the crow flies; None where nobody knows."""

    office: Office
    miles: float | None

    @property
    def away(self) -> str:
        """The distance in words; empty where it is not known."""
        if self.miles is None:
            return ""
        miles = round(self.miles)
        return "less than a mile" if miles < 1 else f"about {miles} mile{'' if miles == 1 else 's'}"


class AcrossTheLine(NamedTuple):
    """A state close by, and whether online sessions are possible there."""

    name: str
    area: Place | None


class Eligibility(NamedTuple):
    """What a client at `spot` can have."""

    spot: Spot
    area: Place | None
    has_therapists: bool
    offices: list[OfficeNearby]
    across: list[AcrossTheLine]
    areas: list[Place]

    @property
    def is_reachable(self) -> bool:
        """Whether an office is so near, or the distance so unknown, that coming may be possible."""
        nearest = self.offices[0].miles if self.offices else None
        if nearest is None:
            return bool(self.offices) and (self.area is not None or not self.spot.state)
        return nearest <= REACHABLE


def eligibility_at(spot: Spot, *, today: dt.date) -> Eligibility:
    """Return what a client at `spot` can have on the local day `today`, nearest office first."""
    places = list(bookable_places(today=today))
    by_state = {place.jurisdiction.code: place for place in places if place.is_online}
    area = by_state.get(spot.state)
    return Eligibility(
        spot=spot,
        area=area,
        has_therapists=area is not None and _are_licensed(area, today),
        offices=_offices(spot.point, today),
        across=[AcrossTheLine(STATES[code], by_state.get(code)) for code in spot.near],
        areas=list(by_state.values()),
    )


def _are_licensed(area: Place, today: dt.date) -> bool:
    """Return whether a therapist who takes new clients may see them in the area's state today."""
    therapists = bookable_therapists().prefetch_related("licences")
    return any(
        licence.jurisdiction_id == area.jurisdiction_id
        for therapist in therapists
        for licence in therapist.valid_licences(today)
    )


def _offices(point: Point | None, today: dt.date) -> list[OfficeNearby]:
    offices = Office.objects.exclude(closed_on__lte=today).select_related("jurisdiction")
    found = [
        OfficeNearby(each, distance(point, each.point) if point and each.point else None)
        for each in offices
    ]
    return sorted(found, key=lambda each: float("inf") if each.miles is None else each.miles)
