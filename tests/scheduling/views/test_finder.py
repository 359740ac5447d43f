"""Finding a therapist, and narrowing free times, with a form that is only an address."""

import pytest

from home.pages import make_pages
from scheduling.models import Insurer, Language, Opening, Topic
from tests.practice import add_therapist
from tests.texts import text

FIND = "/therapists/"
BOOK = "/book/"
PLACE = {"place": "south-loop", "service": "individual"}


@pytest.fixture
def practice(open_practice):
    make_pages()
    open_practice.therapist.languages.add(Language.objects.create(name="Spanish", slug="spanish"))
    open_practice.therapist.topics.add(Topic.objects.create(name="Grief", slug="grief"))
    open_practice.therapist.insurers.add(
        Insurer.objects.create(name="Sample Mutual", slug="sample-mutual")
    )
    open_practice.therapist.save()
    add_therapist(
        open_practice.service,
        open_practice.office,
        open_practice.office.jurisdiction,
        slug="ben-sample",
        name="Ben Sample",
    )
    Topic.objects.create(name="Sleep", slug="sleep")
    return open_practice


def test_each_choice_says_how_many_it_would_find(client, practice):
    said = text(client.get(FIND))
    assert "2 therapists, those first who are free soonest." in said
    assert "Filters: what brings you" in said
    assert "South Loop office (2)" in said
    assert "Online in Illinois (2)" in said
    assert "Spanish (1)" in said
    assert "I pay myself (2) Sample Mutual (1)" in said
    assert "Tuesdays (1)" in said
    assert "Mornings (1)" in said
    assert "Sleep" not in said


def test_filters_are_counted_named_and_can_be_taken_off_one_by_one(client, practice):
    query = {"topic": "grief", "part": "morning", "first": "2027-01-05", "nonsense": "x"}
    response = client.get(FIND, query)
    said = text(response)
    assert "3 filters are on:" in said
    assert "Filters (3 on)" in said
    assert "Take off: What brings you, Grief" in said
    assert "Take off: From, From Tuesday, January 5" in said
    assert 'href="?part=morning&amp;first=2027-01-05"' in response.content.decode()
    assert "Ada Sample" in said
    assert "Ben Sample" not in said


def test_whom_nobody_fits_is_told_which_filter_to_take_off(client, practice):
    said = text(client.get(FIND, {"topic": "grief", "weekday": "friday"}))
    assert "Nobody here fits all of this." in said
    assert "Search without “Grief”" in said
    assert "Search without “Fridays”" in said
    assert client.get(FIND, {"topic": "grief"}).status_code == 200


BAD = [
    {"topic": "unknown"},
    {"language": "a\0b"},
    {"payment": "a\0b"},
    {"payment": "nobody"},
    {"weekday": "someday"},
    {"part": "midnight"},
    {"first": "2027-02-31"},
    {"first": "2027-02-02", "last": "2027-01-01"},
]


@pytest.mark.parametrize("query", BAD)
@pytest.mark.parametrize(("address", "more"), [(FIND, {}), (BOOK, PLACE)])
def test_a_filter_that_can_not_be_used_is_named_and_limits_nothing(
    client, practice, address, more, query
):
    response = client.get(address, more | query)
    assert response.status_code == 400
    said = text(response)
    assert "Please look at this again" in said
    assert "Ada Sample" in said


@pytest.mark.parametrize("query", [{"place": "atlantis"}, {"service": "a\0b"}])
def test_an_unknown_place_or_service_limits_nobody(client, practice, query):
    response = client.get(FIND, query)
    assert response.status_code == 400
    assert "2 therapists" in text(response)


def test_free_times_are_narrowed_and_keep_the_filters_from_day_to_day(client, practice):
    response = client.get(BOOK, PLACE | {"topic": "grief", "weekday": "tuesday"})
    page, said = response.content.decode(), text(response)
    assert "2 filters are on:" in said
    assert 'href="?place=south-loop&amp;service=individual&amp;weekday=tuesday"' in page
    assert "service=individual&amp;topic=grief&amp;weekday=tuesday&amp;day=2027-01-12#times" in page
    assert '<input type="hidden" name="topic" value="grief">' in page
    assert '<input type="hidden" name="place" value="south-loop">' in page


def test_a_search_that_its_filters_make_empty_says_so(client, practice):
    said = text(client.get(BOOK, PLACE | {"part": "evening"}))
    assert "1 filter is on: Take off: Time of day, Evenings, from 5 PM" in said
    assert client.get(BOOK, PLACE | {"payment": "self-pay"}).status_code == 200


def test_choices_that_find_nobody_are_not_offered(client, practice):
    Opening.objects.all().delete()
    said = text(client.get(FIND))
    assert "Tuesdays" not in said
    assert "Ada Sample" in said
