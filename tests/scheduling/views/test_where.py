"""Whether a client can be seen where they will be: honest words, and a next step in each."""

import pytest

from locations.models import Jurisdiction, Office, ServiceArea
from scheduling.models import Licence
from tests.texts import text

WHERE = "/book/where/"


@pytest.fixture
def practice(open_practice):
    open_practice.office.latitude, open_practice.office.longitude = 41.867, -87.627
    open_practice.office.save()
    Office.objects.create(
        name="Lakeview",
        slug="lakeview",
        neighborhood="Lakeview",
        jurisdiction=open_practice.office.jurisdiction,
        latitude=41.943,
        longitude=-87.655,
    )
    district = Jurisdiction.objects.create(
        code="DC", name="Washington, D.C.", time_zone="America/New_York"
    )
    ServiceArea.objects.create(name="D.C.", slug="online-dc", jurisdiction=district)
    return open_practice


def ask(client, where="", state=""):
    response = client.post(WHERE, {"where": where, "state": state})
    assert response.status_code == 200
    return text(response)


def test_the_page_asks(client, practice):
    said = text(client.get(WHERE))
    assert "ZIP code or neighborhood" in said
    assert "Outside the United States" in said


def test_a_zip_code_in_illinois_names_the_nearest_office_first_and_real_times_online(
    client, practice
):
    said = ask(client, "60657")
    assert "Yes, you can be seen online in Illinois" in said
    assert "Tue, Jan 5" in said
    assert said.index("Lakeview office") < said.index("South Loop office")
    assert "Less than a mile" in said
    assert "About 5 miles" in said
    assert "Close to the state line" not in said


def test_a_border_code_says_what_holds_beyond_the_line(client, practice):
    said = ask(client, "60617")
    assert "Yes, you can be seen online in Illinois" in said
    assert "on the side of Indiana at the time, online is not possible" in said
    said = ask(client, "46320")
    assert "We can’t see you online in Indiana" in said
    assert "on the side of Illinois at the time, you can be seen online there" in said
    assert "Offices, the nearest first" in said


def test_another_state_gets_the_reason_and_next_steps(client, practice):
    said = ask(client, "90210")
    assert "We can’t see you online in California" in said
    assert "needs a license for the place where you are" in said
    assert "Our nearest office, Lakeview office, is about 1" in said
    assert "free times online in Illinois" in said
    assert "call 211" in said


def test_abroad_gets_the_reason_and_next_steps(client, practice):
    said = ask(client, state="abroad")
    assert "We can’t see you online outside the United States" in said
    assert "Ours have none for other countries" in said
    assert "health service where you are" in said


def test_a_code_of_dc_without_a_point_is_answered_without_distances(client, practice):
    Licence.objects.create(
        therapist=practice.therapist,
        jurisdiction=Jurisdiction.objects.get(code="DC"),
        authority="Sample authority",
        number="SAMPLE-2",
        valid_until="2030-12-31",
    )
    said = ask(client, "56908")
    assert "Yes, you can be seen online in Washington, D.C." in said
    assert "so we can’t tell how far the offices are" in said
    assert "as the crow flies" not in said


def test_an_area_without_a_licensed_therapist_is_not_promised(client, practice):
    said = ask(client, "20001")
    assert "Not online in Washington, D.C. at the moment" in said
    assert "Yes" not in said


def test_military_mail_is_asked_for_its_state(client, practice):
    assert "Which state will you be in?" in ask(client, "09012")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "Write a ZIP code or a neighborhood, or choose a state."),
        ({"where": "99999"}, "We don’t find this place."),
        ({"where": "x" * 100}, "too long for a ZIP code"),
        ({"where": "a\0b"}, "Null characters are not allowed."),
        ({"state": "ZZ"}, "Choose one of the states on the list."),
    ],
)
def test_what_is_no_place_is_asked_again_and_kept(client, practice, data, words):
    response = client.post(WHERE, data)
    assert response.status_code == 422
    assert words in text(response)
    if len(data.get("where", "")) == 5:
        assert 'value="99999"' in response.content.decode()


def test_the_answer_is_kept_by_nobody(client, practice, django_assert_max_num_queries):
    with django_assert_max_num_queries(16) as sent:
        response = client.post(WHERE, {"where": "60657"})
    assert "no-store" in response.headers["Cache-Control"]
    assert not response.cookies
    assert not any("60657" in each["sql"] for each in sent)


def test_where_no_office_is_nothing_is_said_of_offices(client, practice):
    Office.objects.update(closed_on="2026-01-01")
    said = ask(client, "60657")
    assert "Yes, you can be seen online in Illinois" in said
    assert "nearest" not in said
