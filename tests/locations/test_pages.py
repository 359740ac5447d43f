"""Public pages of offices: open, closed, opening later, unknown."""

import datetime as dt

import pytest
from django.utils import timezone

from home.pages import make_pages
from locations.models import OfficeHours
from scheduling.models import Opening
from scheduling.services.rebuild_openings import rebuild_openings
from tests.practice import make_practice

pytestmark = pytest.mark.django_db


@pytest.fixture
def practice(db):
    make_pages()
    practice = make_practice()
    rebuild_openings(practice.therapist.pk, now=timezone.now())
    return practice


@pytest.fixture
def office(practice):
    return practice.office


def text_of(response):
    return " ".join(response.content.decode().split())


def test_an_office_tells_its_facts(client, office):
    office.street = "1 Test Street"
    office.phone = "+13125550111"
    office.accessibility = "Two steps at the door."
    office.save()
    OfficeHours.objects.create(office=office, weekday=0, opens=dt.time(9), closes=dt.time(17, 30))
    text = text_of(client.get("/locations/south-loop/"))
    assert "<h1>South Loop office</h1>" in text
    assert "1 Test Street" in text
    assert "(312) 555-0111" in text
    assert "Two steps at the door." in text
    assert "9:00 AM to 5:30 PM" in text


def test_an_office_shows_its_next_free_times(client, office):
    first = Opening.objects.filter(place=office).earliest("starts_at")
    text = text_of(client.get("/locations/south-loop/"))
    assert f'datetime="{first.starts_at:%Y-%m-%dT%H:%M:%SZ}"' in text
    assert "place=south-loop" in text


def test_an_office_without_free_times_is_no_dead_end(client, office):
    Opening.objects.all().delete()
    text = text_of(client.get("/locations/south-loop/"))
    assert "No time can be booked here" in text
    assert 'href="/contact/"' in text


def test_an_office_that_lacks_facts_asks_people_to_ask(client, office):
    text = text_of(client.get("/locations/south-loop/"))
    assert "The hours are not written here yet" in text


def test_a_closed_office_says_since_when_and_where_to_go(client, practice, office):
    office.closed_on = timezone.localdate()
    office.save()
    rebuild_openings(practice.therapist.pk, now=timezone.now())
    text = text_of(client.get("/locations/south-loop/"))
    main = text[text.index("<main") : text.index("</main")]
    assert "This office has been closed since" in main
    assert "/book/?place=south-loop" not in main
    assert "South Loop" not in text_of(client.get("/locations/"))
    assert "South Loop" not in text_of(client.get("/"))


def test_a_closing_office_says_its_last_day(client, office):
    office.closed_on = timezone.localdate() + dt.timedelta(days=11)
    office.save()
    last = timezone.localdate() + dt.timedelta(days=10)
    assert f"Open until {last:%B} {last.day}, {last.year}" in text_of(client.get("/locations/"))


def test_an_office_to_come_says_when(client, office):
    office.opens_on = timezone.localdate() + dt.timedelta(days=10)
    office.save()
    for address in ("/locations/", "/locations/south-loop/"):
        assert "Opens on" in text_of(client.get(address))


def test_online_places_stand_beside_the_offices(client, practice):
    text = text_of(client.get("/locations/"))
    assert "Online in Illinois" in text
    assert f"/book/?place={practice.online.slug}" in text


def test_an_unknown_office_is_not_found(client, practice):
    assert client.get("/locations/nowhere/").status_code == 404
