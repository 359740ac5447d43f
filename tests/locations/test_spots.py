"""What clients write about where they will be."""

import pytest

from locations.models import Jurisdiction, Neighborhood, Office
from locations.points import Point
from locations.spots import ABROAD, Spot, find_spot

pytestmark = pytest.mark.django_db


@pytest.fixture
def places(db):
    illinois = Jurisdiction.objects.create(code="IL", name="Illinois")
    Neighborhood.objects.create(name="Lake View", latitude=41.9436, longitude=-87.6584)
    Neighborhood.objects.create(name="Somewhere")
    Office.objects.create(
        name="South Loop",
        slug="south-loop",
        neighborhood="South Loop",
        jurisdiction=illinois,
        latitude=41.867,
        longitude=-87.627,
    )


@pytest.mark.parametrize("text", ["Lake View", "lakeview", " LAKE VIEW"])
def test_a_neighborhood_is_found_in_any_spelling(places, text):
    assert find_spot(text) == Spot("Lake View", "IL", Point(41.9436, -87.6584))


def test_an_offices_own_neighborhood_is_found_as_well(places):
    assert find_spot("South Loop").state == "IL"


def test_a_neighborhood_without_a_point_leaves_the_state_open(places):
    assert find_spot("Somewhere") == Spot("Somewhere")


@pytest.mark.parametrize(
    ("text", "state"),
    [("Illinois", "IL"), ("il", "IL"), ("D.C.", "DC"), ("Washington D.C.", "DC"), ("60614", "IL")],
)
def test_a_state_is_found_by_name_or_code(places, text, state):
    assert find_spot(text).state == state


@pytest.mark.parametrize("text", ["", "99999", "Atlantis", "60614; DROP TABLE"])
def test_what_nobody_knows_is_no_spot(places, text):
    assert find_spot(text) is None
    assert find_spot(text, state="IL") == (None if text else Spot("Illinois", "IL"))


def test_the_state_that_was_chosen_counts_more_than_that_of_the_code(places):
    spot = find_spot("60617", state="IN")
    assert (spot.state, spot.near) == ("IN", ())
    assert spot.point is not None


def test_military_mail_leaves_the_state_open(places):
    assert find_spot("09012") == Spot("09012")


def test_abroad_is_no_state(places):
    assert find_spot("", state=ABROAD) == Spot("", ABROAD)
    assert find_spot("", state=ABROAD).state_name == ""
