"""Where a service happens, in the words of those who have to be there."""

from locations.models import Jurisdiction, Office, ServiceArea
from scheduling.models import Service

ILLINOIS = Jurisdiction(code="IL", name="Illinois")
ONLINE = ServiceArea(name="Illinois", jurisdiction=ILLINOIS, is_online=True)
OFFICE = Office(name="South Loop", jurisdiction=ILLINOIS, is_online=False)


def test_a_call_is_by_phone_and_not_online():
    assert Service(by_phone=True).where(ONLINE) == "By phone, while you are in Illinois"


def test_other_services_are_where_the_place_is():
    assert Service(by_phone=False).where(ONLINE) == "Online in Illinois"
    assert Service(by_phone=True).where(OFFICE) == "South Loop office"
