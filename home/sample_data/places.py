"""Offices, service areas and neighborhoods of the sample practice.

That the offices are in South Loop and Lakeview, the two service areas and the neighborhoods are
facts of the first practice. Addresses, hours and everything else are made up: an office's point is
somewhere in its neighborhood.
"""

import datetime as dt
from typing import NamedTuple

from locations.models import (
    Jurisdiction,
    Neighborhood,
    Office,
    OfficeHours,
    Room,
    ServiceArea,
)
from locations.points import Point
from scheduling.models import TravelTime

from .records import ensure

# From north to south, as a map shows them, with the middle of each.
NEIGHBORHOODS = {
    "Rogers Park": Point(42.0106, -87.6696),
    "Lake View": Point(41.9436, -87.6584),
    "Lincoln Park": Point(41.9214, -87.6513),
    "Logan Square": Point(41.9231, -87.7093),
    "Bucktown": Point(41.9167, -87.68),
    "Wicker Park": Point(41.9088, -87.6796),
    "Old Town": Point(41.9112, -87.637),
    "Gold Coast": Point(41.905, -87.628),
    "River North": Point(41.8924, -87.6341),
    "West Loop": Point(41.8825, -87.647),
    "Pilsen": Point(41.857, -87.6565),
    "Little Village": Point(41.8445, -87.7079),
    "Bridgeport": Point(41.8381, -87.651),
    "Bronzeville": Point(41.8236, -87.6188),
    "Back of the Yards": Point(41.809, -87.66),
    "Hyde Park": Point(41.7948, -87.5917),
    "South Shore": Point(41.761, -87.575),
}


class SampleOffice(NamedTuple):
    """An office, its rooms, and how early and late its door is open."""

    name: str
    street: str
    point: Point
    phone: str
    rooms: tuple[str, ...]
    opens: dt.time
    closes: dt.time
    saturday_closes: dt.time | None
    arrival: str
    accessibility: str
    transit: str
    parking: str


OFFICES = (
    SampleOffice(
        name="South Loop",
        street="100 Sample Street, Suite 555",
        point=Point(41.867, -87.627),
        phone="+13125550142",
        rooms=("Lake room", "Garden room", "Quiet room"),
        opens=dt.time(9),
        closes=dt.time(20),
        saturday_closes=dt.time(14),
        arrival="Sample text. Ring at the bell marked Sample. The waiting room is on the fifth "
        "floor; your therapist comes to the door for you when your time begins.",
        accessibility="Sample text. No step from the street, an elevator, and doors 36 inches "
        "wide. The restroom has room for a wheelchair. Service animals are welcome.",
        transit="Sample text. Four minutes on foot from the train, with an elevator at the "
        "station. Two bus lines stop at the corner.",
        parking="Sample text. A garage next door, and metered places on the street.",
    ),
    SampleOffice(
        name="Lakeview",
        street="200 Sample Avenue, Floor 2",
        point=Point(41.943, -87.655),
        phone="+17735550163",
        rooms=("Corner room", "Window room"),
        opens=dt.time(10),
        closes=dt.time(19),
        saturday_closes=None,
        arrival="Sample text. The door is beside a shop called Sample. Take a seat upstairs; "
        "there is water and tea.",
        accessibility="Sample text. The office is up one flight of stairs, and there is no "
        "elevator. If stairs are a problem, choose the other office or an online session.",
        transit="Sample text. Six minutes on foot from the train. A bus stops across the street.",
        parking="Sample text. Places on the street nearby, some of them for residents only.",
    ),
)


def load_places() -> None:
    """Write the jurisdictions, the offices with rooms and hours, the areas and neighborhoods."""
    illinois = ensure(Jurisdiction, {"name": "Illinois"}, code="IL")
    district = ensure(
        Jurisdiction,
        {"name": "Washington, D.C.", "time_zone": "America/New_York"},
        code="DC",
    )
    offices = [
        _load_office(office, illinois, position) for position, office in enumerate(OFFICES, start=1)
    ]
    for position, jurisdiction in enumerate((illinois, district), start=1):
        ensure(
            ServiceArea,
            {
                "name": jurisdiction.name,
                "jurisdiction": jurisdiction,
                "position": position,
                "rules": "Sample text. Be in a place where nobody can overhear you, and tell your "
                "therapist at the start where you are.",
            },
            slug=f"online-{jurisdiction.code.lower()}",
        )
    for position, (name, point) in enumerate(NEIGHBORHOODS.items(), start=1):
        ensure(Neighborhood, {"position": position, **point._asdict()}, name=name)
    TravelTime.objects.get_or_create(
        origin=offices[0], destination=offices[1], defaults={"minutes": 45}
    )


def _load_office(sample: SampleOffice, jurisdiction: Jurisdiction, position: int) -> Office:
    slug = sample.name.lower().replace(" ", "-")
    if office := Office.objects.filter(slug=slug).first():
        return office
    office = Office.objects.create(
        slug=slug,
        name=sample.name,
        neighborhood=sample.name,
        jurisdiction=jurisdiction,
        street=sample.street,
        zip_code="00000",
        latitude=sample.point.latitude,
        longitude=sample.point.longitude,
        phone=sample.phone,
        arrival=sample.arrival,
        accessibility=sample.accessibility,
        transit=sample.transit,
        parking=sample.parking,
        position=position,
        is_sample=True,
    )
    for name in sample.rooms:
        Room.objects.create(office=office, name=name)
    closing = dict.fromkeys(range(5), sample.closes)
    if sample.saturday_closes:
        closing[OfficeHours.Weekday.SATURDAY] = sample.saturday_closes
    for weekday, closes in closing.items():
        OfficeHours.objects.create(
            office=office, weekday=weekday, opens=sample.opens, closes=closes
        )
    return office
