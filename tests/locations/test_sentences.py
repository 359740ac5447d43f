"""Where clients are seen, said in grammatical sentences made from names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from locations.sentences import compose, join, without

NAMES = st.lists(st.text("abcdefg ", min_size=1).map(lambda t: t.strip() or "a"), max_size=6)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ([], ""),
        (["A"], "A"),
        (["A", "B"], "A and B"),
        (["A", "B", "C"], "A, B, and C"),
    ],
)
def test_names_are_joined_as_in_running_text(names, expected):
    assert join(names) == expected


def said(offices=(), areas=(), neighborhoods=(), city="Chicago, Illinois"):
    return compose(
        office_names=offices,
        city=city if offices else "",
        area_names=areas,
        neighborhoods=neighborhoods,
        clients_word="clients",
    )


def test_two_offices_two_areas_and_neighborhoods():
    assert said(["South Loop", "Lakeview"], ["Illinois", "Washington, D.C."], ["Pilsen"]) == (
        "We see clients in person at our South Loop and Lakeview offices in Chicago, Illinois, "
        "and online anywhere in Illinois and Washington, D.C. Clients also come to us from Pilsen."
    )


def test_one_office_and_nothing_online():
    assert said(["South Loop"]) == (
        "We see clients in person at our South Loop office in Chicago, Illinois."
    )


def test_online_only_names_no_neighbourhood():
    assert said(areas=["Illinois"]) == "We see clients online, anywhere in Illinois."


def test_no_place_says_nothing():
    assert said() == ""


def test_an_offices_own_neighbourhood_is_not_a_place_people_come_from():
    assert without(["Lake View", "Pilsen"], ["Lakeview"]) == ["Pilsen"]


@given(offices=NAMES, areas=NAMES, neighborhoods=NAMES)
def test_any_records_give_whole_sentences(offices, areas, neighborhoods):
    text = said(offices, areas, neighborhoods)
    assert bool(text) == bool(offices or areas)
    assert not text or text.endswith(".")
    assert ".." not in text
    assert "  " not in text or any("  " in name for name in [*offices, *areas, *neighborhoods])
    for name in [*offices, *areas]:
        assert name in text
