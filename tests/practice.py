"""A small practice for tests: one therapist, two offices, online in Illinois."""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from locations.models import Jurisdiction, Office, Room, ServiceArea
from scheduling.models import Licence, Policy, Service, Therapist, WorkingHours

CHICAGO = ZoneInfo("America/Chicago")
NOW = dt.datetime(2027, 1, 4, 18, 0, tzinfo=dt.UTC)
TUESDAY = dt.date(2027, 1, 5)


@dataclass
class Practice:
    """What `make_practice` wrote."""

    therapist: Therapist
    service: Service
    office: Office
    online: ServiceArea
    room: Room


def make_practice() -> Practice:
    """Write a practice whose therapist works Tuesdays from 9 to 12, at one office and online."""
    illinois = Jurisdiction.objects.create(code="IL", name="Illinois")
    office = Office.objects.create(
        name="South Loop", slug="south-loop", neighborhood="South Loop", jurisdiction=illinois
    )
    online = ServiceArea.objects.create(name="Illinois", slug="online-il", jurisdiction=illinois)
    room = Room.objects.create(office=office, name="Room 1")
    service = Service.objects.create(
        name="Individual therapy", slug="individual", minutes=50, price=150
    )
    therapist = add_therapist(service, office, illinois, slug="ada-sample", name="Ada Sample")
    Policy.objects.create(version=1, text="Please tell us a day before.", notice_hours=24)
    return Practice(therapist, service, office, online, room)


def add_therapist(
    service: Service, office: Office, jurisdiction: Jurisdiction, *, slug: str, name: str
) -> Therapist:
    """Write a therapist with Tuesday mornings at `office` and a licence in `jurisdiction`."""
    therapist = Therapist.objects.create(name=name, slug=slug)
    therapist.services.add(service)
    therapist.save()
    Licence.objects.create(
        therapist=therapist,
        jurisdiction=jurisdiction,
        authority="Sample authority",
        number="SAMPLE-1",
        valid_until=dt.date(2030, 12, 31),
    )
    WorkingHours.objects.create(
        therapist=therapist, weekday=1, starts=dt.time(9), ends=dt.time(12), office=office
    )
    return therapist


def at(hour: int, minute: int = 0, day: dt.date = TUESDAY) -> dt.datetime:
    """Return the instant of a wall-clock time in Chicago."""
    return dt.datetime.combine(day, dt.time(hour, minute), CHICAGO).astimezone(dt.UTC)
