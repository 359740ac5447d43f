"""Who is found, in which order, and how many each further choice would find."""

import datetime as dt
from dataclasses import replace

import pytest

from locations.models import Jurisdiction, Office, Place, ServiceArea
from scheduling.models import Insurer, Language, Licence, Opening, Topic, WorkingHours
from scheduling.models.traits import TRAITS
from scheduling.selectors.finder import Finder
from scheduling.selectors.search import Search
from scheduling.services.rebuild_openings import rebuild_openings
from tests.practice import NOW, TUESDAY, add_therapist, at, make_practice

pytestmark = pytest.mark.django_db


@pytest.fixture
def practice():
    return make_practice()


@pytest.fixture
def three(practice):
    """Ada is free on Tuesday mornings, Ben on Monday evenings too, Cleo is full."""
    ben, cleo = (
        add_therapist(
            practice.service,
            practice.office,
            practice.office.jurisdiction,
            slug=f"{name.lower()}-sample",
            name=f"{name} Sample",
        )
        for name in ("Ben", "Cleo")
    )
    WorkingHours.objects.create(therapist=ben, weekday=0, starts=dt.time(18), ends=dt.time(20))
    spanish = Language.objects.create(name="Spanish", slug="spanish")
    grief = Topic.objects.create(name="Grief", slug="grief")
    for therapist in (practice.therapist, ben):
        therapist.languages.add(spanish)
    for therapist in (ben, cleo):
        therapist.topics.add(grief)
    ben.insurers.add(Insurer.objects.create(name="Sample Mutual", slug="sample-mutual"))
    ben.accepts_self_pay = False
    for therapist in (practice.therapist, ben, cleo):
        therapist.save()
        rebuild_openings(therapist.pk, now=NOW)
    Opening.objects.filter(therapist=cleo).delete()
    return practice.therapist, ben, cleo


def names(search):
    return [each.therapist.name[:3] for each in Finder(search, now=NOW).find()]


def key(model, slug):
    return model.objects.get(slug=slug).pk


def test_those_come_first_who_are_free_soonest_and_the_full_are_not_left_out(three):
    found = Finder(Search(), now=NOW).find()
    assert [each.therapist.name[:3] for each in found] == ["Ada", "Ben", "Cle"]
    assert [each.next_time and each.next_time.starts_at for each in found] == [at(9), at(9), None]
    evening = Search(day_part=Opening.DayPart.EVENING)
    assert [each.next_time.day for each in Finder(evening, now=NOW).find()] == [
        TUESDAY + dt.timedelta(days=6)
    ]


def test_people_are_found_by_what_they_are_and_by_when_they_have_time(three, practice):
    assert names(Search(language=key(Language, "spanish"))) == ["Ada", "Ben"]
    assert names(Search(language=key(Language, "spanish"), topic=key(Topic, "grief"))) == ["Ben"]
    assert names(Search(self_pay=True)) == ["Ada", "Cle"]
    assert names(Search(insurer=key(Insurer, "sample-mutual"))) == ["Ben"]
    assert names(Search(weekday=1)) == ["Ada", "Ben"]
    assert names(Search(weekday=0, self_pay=True)) == []
    assert names(Search(first=TUESDAY, last=TUESDAY, topic=key(Topic, "grief"))) == ["Ben"]
    assert names(Search(service=practice.service.pk)) == ["Ada", "Ben", "Cle"]


def test_a_place_finds_who_works_there_and_may(three, practice):
    lakeview = Office.objects.create(
        name="Lakeview", slug="lakeview", jurisdiction=practice.office.jurisdiction
    )
    district = Jurisdiction.objects.create(code="DC", name="D.C.", time_zone="America/New_York")
    area = ServiceArea.objects.create(name="D.C.", slug="online-dc", jurisdiction=district)
    assert names(Search(place=practice.office.pk)) == ["Ada", "Ben", "Cle"]
    assert names(Search(place=practice.online.pk)) == ["Ada", "Ben", "Cle"]
    assert names(Search(place=lakeview.pk)) == []
    assert names(Search(place=area.pk)) == []
    Licence.objects.create(
        therapist=three[2],
        jurisdiction=district,
        authority="Sample authority",
        number="SAMPLE-2",
        valid_until=TUESDAY,
    )
    assert names(Search(place=area.pk)) == ["Cle"]
    Licence.objects.filter(jurisdiction=district).update(valid_until=NOW.date() - dt.timedelta(1))
    assert names(Search(place=area.pk)) == []


def test_each_number_is_how_many_that_choice_finds(three, practice):
    grief, place = key(Topic, "grief"), practice.office.pk
    for search in (Search(), Search(topic=grief), Search(weekday=1), Search(place=place)):
        finder = Finder(search, now=NOW)
        for name, model in TRAITS.items():
            for option in finder.trait_options(name):
                chosen = replace(search, **{name: key(model, option.value)})
                assert option.number == len(names(chosen)) > 0
        for day, number in finder.weekday_numbers().items():
            assert number == len(names(replace(search, weekday=day))) > 0
        for part, number in finder.part_numbers().items():
            assert number == len(names(replace(search, day_part=part))) > 0
        for option in finder.service_options():
            assert option.number == len(names(replace(search, service=practice.service.pk)))
        for option in finder.place_options():
            there = Place.objects.get(slug=option.value).pk
            assert option.number == len(names(replace(search, place=there)))
        assert finder.self_pay_number() == len(names(replace(search, self_pay=True)))


def test_questions_do_not_grow_with_therapists(three, practice, django_assert_max_num_queries):
    finder = Finder(Search(topic=key(Topic, "grief"), place=practice.office.pk), now=NOW)
    with django_assert_max_num_queries(20):
        finder.find()
    with django_assert_max_num_queries(4):
        for name in TRAITS:
            finder.trait_options(name)
        finder.weekday_numbers()
        finder.place_options()
