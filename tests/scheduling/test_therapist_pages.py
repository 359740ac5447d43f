"""Public pages of therapists: never a dead end."""

import datetime as dt
import json
import re

import pytest
from django.utils import timezone

from home.pages import make_pages
from locations.models import Jurisdiction, ServiceArea
from scheduling.models import CalendarFeed, Licence, Opening, Service, Topic
from scheduling.services.rebuild_openings import rebuild_openings
from tests.practice import add_therapist, make_practice

pytestmark = pytest.mark.django_db


@pytest.fixture
def practice(db):
    make_pages()
    practice = make_practice()
    rebuild_openings(practice.therapist.pk, now=timezone.now())
    return practice


def text_of(response):
    return " ".join(response.content.decode().split())


def main_of(response):
    text = text_of(response)
    return text[text.index("<main") : text.index("</main")]


def test_a_profile_tells_facts_and_next_times(client, practice):
    therapist = practice.therapist
    therapist.credentials = "LCSW"
    therapist.pronouns = "she/her"
    therapist.topics.add(Topic.objects.create(name="Grief", slug="grief"))
    therapist.save()
    main = main_of(client.get("/therapists/ada-sample/"))
    assert "Ada Sample, LCSW" in main
    assert "she/her" in main
    assert "?topic=grief" in main
    assert "SAMPLE-1" in main
    assert "Until December 31, 2030" in main
    assert "$150 a session" in main
    first = Opening.objects.filter(therapist=therapist).earliest("starts_at")
    assert f'datetime="{first.starts_at:%Y-%m-%dT%H:%M:%SZ}"' in main
    assert "place=south-loop&amp;therapist=ada-sample&amp;service=individual" in main


def test_a_profile_says_where_even_without_a_free_time(client, practice):
    Opening.objects.all().delete()
    main = main_of(client.get("/therapists/ada-sample/"))
    assert 'href="/locations/south-loop/"' in main
    assert f'href="/locations/#{practice.online.slug}"' in main
    practice.office.closed_on = timezone.localdate()
    practice.office.save()
    practice.therapist.working_hours.update(online=False)
    assert "No place is listed" in main_of(client.get("/therapists/ada-sample/"))


def test_a_client_in_another_zone_reads_both(client, practice):
    district = Jurisdiction.objects.create(
        code="DC", name="Washington, D.C.", time_zone="America/New_York"
    )
    ServiceArea.objects.create(name="Washington, D.C.", slug="online-dc", jurisdiction=district)
    Licence.objects.create(
        therapist=practice.therapist,
        jurisdiction=district,
        authority="Sample",
        number="SAMPLE-2",
        valid_until=dt.date(2040, 1, 1),
    )
    rebuild_openings(practice.therapist.pk, now=timezone.now())
    first = Opening.objects.filter(place__slug="online-dc").earliest("starts_at").starts_at
    main = main_of(client.get("/therapists/ada-sample/"))
    for zone in (district.zone, practice.therapist.zone):
        local = first.astimezone(zone)
        assert f"{local.hour % 12 or 12}:{local:%M %p %Z}" in main


def test_a_lapsed_licence_is_not_shown(client, practice):
    practice.therapist.licences.update(valid_until=timezone.localdate() - dt.timedelta(days=1))
    main = main_of(client.get("/therapists/ada-sample/"))
    assert "SAMPLE-1" not in main
    assert "No license is listed" in main


@pytest.mark.parametrize("full", [True, False])
def test_who_has_no_time_is_no_dead_end(client, practice, full):
    other = add_therapist(
        practice.service,
        practice.office,
        practice.office.jurisdiction,
        slug="ben-sample",
        name="Ben Sample",
    )
    rebuild_openings(other.pk, now=timezone.now())
    Opening.objects.filter(therapist=practice.therapist).delete()
    practice.therapist.accepts_clients = full
    practice.therapist.save()
    main = main_of(client.get("/therapists/ada-sample/"))
    assert ("has no session free" if full else "is not taking new clients") in main
    assert "therapist=ben-sample" in main
    assert 'href="/contact/"' in main


def test_an_unread_calendar_is_said_aloud_and_is_not_called_full(client, practice):
    CalendarFeed.objects.create(therapist=practice.therapist, name="Google", address="https://x/")
    main = main_of(client.get("/therapists/ada-sample/"))
    assert "We can’t see Ada Sample’s calendar right now" in main
    assert "no session free" not in main
    assert "Times not known right now" in main_of(client.get("/therapists/"))


def test_who_left_is_not_found(client, practice):
    practice.therapist.is_active = False
    practice.therapist.save()
    assert client.get("/therapists/ada-sample/").status_code == 404
    assert "Ada Sample" not in text_of(client.get("/therapists/"))
    assert "/therapists/ada-sample/" not in text_of(client.get("/sitemap.xml"))


def test_who_offers_only_another_service_has_time_on_the_list_too(client, practice):
    couples = Service.objects.create(name="Couples", slug="couples", minutes=50, price=150)
    call = Service.objects.create(
        name="A call", slug="call", minutes=15, price=45, by_phone=True, in_person=False, position=0
    )
    practice.therapist.services.set([couples, call])
    practice.therapist.save()
    rebuild_openings(practice.therapist.pk, now=timezone.now())
    assert "Next free" in main_of(client.get("/therapists/"))
    main = main_of(client.get("/therapists/ada-sample/"))
    assert "service=couples" in main
    assert "service=call" not in main


def test_the_list_can_be_narrowed_to_a_topic(client, practice):
    grief = Topic.objects.create(name="Grief", slug="grief")
    Topic.objects.create(name="Sleep", slug="sleep")
    practice.therapist.topics.add(grief)
    practice.therapist.save()
    assert "Ada Sample" in main_of(client.get("/therapists/?topic=grief"))
    nobody = main_of(client.get("/therapists/?topic=sleep"))
    assert "Ada Sample" not in nobody
    assert "see everyone" in nobody
    assert "Search without “Sleep”" in nobody
    assert "Ada Sample" in main_of(client.get("/therapists/?topic=%00no-such-topic"))


def test_who_has_time_soonest_comes_first(client, practice):
    add_therapist(
        practice.service,
        practice.office,
        practice.office.jurisdiction,
        slug="aaron-sample",
        name="Aaron Sample",
    )
    main = main_of(client.get("/therapists/"))
    assert main.index("Ada Sample") < main.index("Aaron Sample")
    assert "No session free in the next weeks" in main


def data_of(response):
    found = re.search(
        r'<script type="application/ld\+json">(.*?)</script>', response.content.decode()
    )
    return json.loads(found[1])


def test_search_engines_read_who_it_is_and_where_to_book(client, practice, settings):
    settings.BASE_URL = "https://practice.example.org"
    practice.therapist.introduction = "</script>"
    practice.therapist.credentials = "</script><b>"
    practice.therapist.save()
    data = data_of(client.get("/therapists/ada-sample/"))
    assert (data["@type"], data["name"]) == ("Person", "Ada Sample")
    assert data["honorificSuffix"] == "</script><b>"
    action = data["potentialAction"]
    assert action["@type"] == "ReserveAction"
    target = action["target"]["urlTemplate"]
    assert target == "https://practice.example.org/book/?therapist=ada-sample"
    assert client.get(target.removeprefix(settings.BASE_URL)).status_code == 200
    practice.therapist.accepts_clients = False
    practice.therapist.save()
    assert "potentialAction" not in data_of(client.get("/therapists/ada-sample/"))


def test_search_engines_read_where_an_office_is_and_where_to_book(client, practice):
    practice.office.latitude, practice.office.longitude = 41.867, -87.627
    practice.office.save()
    data = data_of(client.get("/locations/south-loop/"))
    assert data["address"]["addressRegion"] == "IL"
    assert data["geo"]["latitude"] == 41.867
    assert data["potentialAction"]["target"]["urlTemplate"].endswith("/book/?place=south-loop")


def test_what_a_client_chose_stands_in_no_data_for_search_engines(client, practice):
    plain = data_of(client.get("/book/"))
    assert plain["potentialAction"]["target"]["urlTemplate"].endswith("/book/")
    query = {"place": "south-loop", "service": "individual", "therapist": "ada-sample"}
    assert data_of(client.get("/book/", query)) == plain
