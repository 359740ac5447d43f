"""Who works with a topic, and when they are free next."""

import datetime as dt

import pytest

from scheduling.models import Opening, Topic, WorkingHours
from scheduling.selectors.who_treats import who_treats
from scheduling.services.rebuild_openings import rebuild_openings
from tests.practice import NOW, TUESDAY, add_therapist, at, make_practice

pytestmark = pytest.mark.django_db

SAMPLE_DAY = TUESDAY + dt.timedelta(days=1)


@pytest.fixture
def topic():
    return Topic.objects.create(name="Grief", slug="grief")


@pytest.fixture
def practice(topic):
    practice = make_practice()
    WorkingHours.objects.create(
        therapist=practice.therapist,
        weekday=2,
        starts=dt.time(15),
        ends=dt.time(17),
        online=True,
    )
    other = add_therapist(
        practice.service,
        practice.office,
        practice.online.jurisdiction,
        slug="ben-sample",
        name="Ben Sample",
    )
    other.working_hours.update(starts=dt.time(8))
    for therapist in (practice.therapist, other):
        therapist.topics.add(topic)
        therapist.save()
        rebuild_openings(therapist.pk, now=NOW)
    return practice


def test_those_who_are_free_soonest_come_first_with_office_and_online(practice, topic):
    ben, ada = who_treats([topic], now=NOW)
    assert (ben.therapist.name, ben.starts_at) == ("Ben Sample", at(8))
    assert ada.at_office.starts_at == at(9)
    assert ada.at_office.places[0].pk == practice.office.pk
    assert ada.online.starts_at == min(
        Opening.objects.filter(therapist=practice.therapist, place=practice.online.pk).values_list(
            "starts_at", flat=True
        )
    )


def test_those_without_a_time_and_those_who_take_nobody_are_still_named(practice, topic):
    Opening.objects.all().delete()
    practice.therapist.accepts_clients = False
    practice.therapist.save()
    assert [(each.therapist.name, each.times) for each in who_treats([topic], now=NOW)] == [
        ("Ada Sample", ()),
        ("Ben Sample", ()),
    ]


def test_nobody_is_named_for_another_topic_nor_who_has_left(practice, topic):
    assert who_treats([Topic.objects.create(name="Sleep", slug="sleep")], now=NOW) == []
    practice.therapist.is_active = False
    practice.therapist.save()
    assert [each.therapist.name for each in who_treats([topic], now=NOW)] == ["Ben Sample"]


def test_few_queries_however_many_therapists(practice, topic, django_assert_num_queries):
    who_treats([topic], now=NOW)
    with django_assert_num_queries(5):
        who_treats([topic], now=NOW)
