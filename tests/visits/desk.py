"""Visits to the screens on which staff book and move for a client."""

import re

from django.urls import reverse

from home.staff_groups import DESK
from locations.models import Place
from scheduling.models import Policy, Service, Therapist
from tests.staff import make_staff

from .booking import CHOICE, THERAPIST
from .recorder import Visits

BOOK = reverse("booking:book")


def visit_desk(visits: Visits) -> None:
    """Book a free time, move it, and look at a time that the rules refuse."""
    visits.client.force_login(make_staff(DESK, name="visiting-desk"))
    asked = {
        "service": Service.objects.get(slug=CHOICE["service"]).pk,
        "place": Place.objects.get(slug=CHOICE["place"]).pk,
        "therapist": Therapist.objects.get(slug=THERAPIST).pk,
    }
    times = times_on(visits.get(BOOK, data=asked).content.decode())
    details = visits.post(BOOK, asked | {"opening": times[0]}).headers["Location"]
    visits.get(details)
    caller = {
        "name": "Casey Sample",
        "phone": "(312) 555-0123",
        "told_policy": "on",
        "policy": Policy.objects.first().version,
        "key": "desk",
    }
    booking = visits.post(details, caller).headers["Location"]
    visits.get(booking)
    move = booking.replace("inspect", "move")
    other = times_on(visits.get(move).content.decode())[0]
    visits.post(move, {"opening": other})
    visits.get(reverse("booking:why_not"), data=asked | {"date": other[:10]})
    visits.post(move, {"opening": re.sub(r"T\d\d", "T08", other)}, status=409)


def times_on(page: str) -> list[str]:
    """Return the times that a page offers."""
    return re.findall(r'name="opening" value="([^"]+)"', page)
