"""Searching through the API."""

import datetime as dt

import pytest
from django.contrib.auth import get_user_model

from scheduling.models import CalendarFeed, TimeOff
from scheduling.models.traits import RELATIONS, TRAITS
from scheduling.services.rebuild_openings import rebuild_openings
from tests.practice import NOW, add_therapist, at

SLOTS = "/api/v1/slots"
ASKED = {"place": "south-loop", "service": "individual", "therapist": "ada-sample"}


@pytest.fixture
def practice(open_practice):
    return open_practice


def test_free_times_come_in_pages(client, practice):
    first = client.get(SLOTS, {"place": "south-loop", "limit": 3}).json()
    assert first["slots"][0] == {
        "therapist": "ada-sample",
        "service": "individual",
        "place": "south-loop",
        "starts_at": "2027-01-05T15:00:00Z",
        "ends_at": "2027-01-05T15:50:00Z",
        "local_date": "2027-01-05",
        "time_zone": "America/Chicago",
        "how": "book",
    }
    query = {"place": "south-loop", "limit": 3, "after": first["next"]}
    second = client.get(SLOTS, query).json()
    assert [each["starts_at"] for each in second["slots"]] == [
        "2027-01-05T16:30:00Z",
        "2027-01-05T17:00:00Z",
        "2027-01-12T15:00:00Z",
    ]


def test_the_last_page_has_no_next(client, practice):
    query = {"place": "south-loop", "from": "2027-01-05", "to": "2027-01-05"}
    page = client.get(SLOTS, query).json()
    assert (len(page["slots"]), page["next"]) == (5, None)


def test_days_are_counted(client, practice):
    query = ASKED | {"from": "2027-01-01", "to": "2027-01-14"}
    assert client.get(f"{SLOTS}/days", query).json() == {
        "days": [
            {"date": "2027-01-05", "count": 5, "to_ask": 0},
            {"date": "2027-01-12", "count": 5, "to_ask": 0},
        ]
    }


@pytest.fixture
def traits(practice):
    """One trait of each kind that the therapist has, and one that nobody has."""
    for name, model in TRAITS.items():
        trait = model.objects.create(name=f"One {name}", slug=f"one-{name}")
        getattr(practice.therapist, RELATIONS[name]).add(trait)
        model.objects.create(name=f"Other {name}", slug=f"other-{name}")
    practice.therapist.save()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        *(({name: f"one-{name}"}, True) for name in TRAITS),
        *(({name: f"other-{name}"}, False) for name in TRAITS),
        ({"approach": "one-approach", "state": "il"}, True),
        ({"topic": "one-topic", "insurer": "other-insurer"}, False),
        ({"self_pay": "true", "language": "one-language"}, True),
        ({"self_pay": "false"}, False),
        ({"weekday": 1, "part_of_day": "morning"}, True),
        ({"weekday": 2}, False),
        ({"part_of_day": "evening"}, False),
    ],
)
def test_times_are_found_by_what_matters_to_clients(client, traits, query, found):
    assert bool(client.get(SLOTS, query).json()["slots"]) == found
    assert bool(client.get(f"{SLOTS}/days", query).json()["days"]) == found
    assert bool(client.get(f"{SLOTS}/therapists", query).json()["therapists"]) == found


def test_each_therapist_is_named_with_the_next_free_time(client, practice):
    colleague = add_therapist(
        practice.service,
        practice.office,
        practice.office.jurisdiction,
        slug="ben-sample",
        name="Ben Sample",
    )
    colleague.working_hours.update(starts=dt.time(8), ends=dt.time(9))
    rebuild_openings(colleague.pk, now=NOW)
    found = client.get(f"{SLOTS}/therapists", {"place": "south-loop", "to": "2027-01-05"}).json()
    assert found["therapists"] == [
        {"therapist": "ben-sample", "next": "2027-01-05T14:00:00Z", "how": "book", "count": 1},
        {"therapist": "ada-sample", "next": "2027-01-05T15:00:00Z", "how": "book", "count": 5},
    ]


def test_a_state_means_online_there(client, practice):
    slots = client.get(SLOTS, {"state": "IL"}).json()["slots"]
    assert {each["place"] for each in slots} == {practice.online.slug}


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        *(({name: "unknown"}, 404, f"unknown_{name}") for name in TRAITS),
        ({"insurer": ""}, 422, "invalid"),
        ({"self_pay": "perhaps"}, 422, "invalid"),
        ({"state": "ZZ"}, 404, "unknown_state"),
        ({"state": "IL", "place": "south-loop"}, 422, "invalid"),
        ({"state": "Illinois"}, 422, "invalid"),
        ({"weekday": 7}, 422, "invalid"),
        ({"part_of_day": "midnight"}, 422, "invalid"),
        ({"place": "atlantis"}, 404, "unknown_place"),
        ({"service": "unknown"}, 404, "unknown_service"),
        ({"therapist": "nobody"}, 404, "unknown_therapist"),
        ({"place": "a\0b"}, 422, "invalid"),
        ({"from": "2027-02-31"}, 422, "invalid"),
        ({"from": "2027-01-01", "to": "2026-01-01"}, 422, "invalid"),
        ({"from": "2027-01-01", "to": "2030-01-01"}, 422, "invalid"),
        ({"limit": "0"}, 422, "invalid"),
        ({"limit": "1000"}, 422, "invalid"),
        ({"after": "x"}, 422, "invalid"),
        ({"after": "MDAwMS0wMS0wMVQwMDowMDowMCswOTowMHwxfDF8MQ=="}, 422, "invalid"),
    ],
)
def test_impossible_questions_get_a_problem(client, practice, query, status, code):
    response = client.get(SLOTS, query)
    assert (response.status_code, response.json()["code"]) == (status, code)
    assert response.json()["message"]


def reasons(client, **changes):
    answer = client.get(f"{SLOTS}/explain", ASKED | {"date": "2027-01-05"} | changes).json()
    return {each["starts_at"]: each["code"] for each in answer["starts"]}


def test_it_says_why_a_time_is_not_bookable(client, practice):
    told = reasons(client)
    assert len(told) == 48
    assert told["2027-01-05T15:00:00Z"] is None
    assert told["2027-01-05T14:30:00Z"] == "outside_hours"
    assert told["2027-01-05T06:00:00Z"] == "outside_hours"


def test_clients_are_not_told_what_a_therapist_does_instead(client, practice):
    TimeOff.objects.create(therapist=practice.therapist, starts_at=at(9), ends_at=at(10))
    assert reasons(client)["2027-01-05T15:00:00Z"] == "not_free"
    staff = get_user_model().objects.create_superuser("owner", "owner@example.org", "x")
    client.force_login(staff)
    assert reasons(client)["2027-01-05T15:00:00Z"] == "time_off"


def test_what_keeps_a_therapist_from_all_bookings_is_said(client, practice):
    CalendarFeed.objects.create(
        therapist=practice.therapist,
        name="Sample",
        address="https://example.org/calendar.ics",
        succeeded_at=NOW - dt.timedelta(days=3),
        covered_until=NOW + dt.timedelta(days=90),
    )
    assert reasons(client)["2027-01-05T15:00:00Z"] == "calendar_uncertain"
    practice.therapist.accepts_clients = False
    practice.therapist.save()
    assert reasons(client)["2027-01-05T15:00:00Z"] == "not_offered"


@pytest.mark.parametrize("date", ["0001-01-01", "9999-12-31", "2027-13-01"])
def test_a_day_out_of_reach_is_refused(client, practice, date):
    assert client.get(f"{SLOTS}/explain", ASKED | {"date": date}).status_code == 422


def test_the_description_names_all_of_it_and_loads_nothing_from_elsewhere(client, practice):
    described = client.get("/api/v1/openapi.json").json()
    assert set(described["paths"]) == {
        "/api/v1/slots",
        "/api/v1/slots/days",
        "/api/v1/slots/explain",
        "/api/v1/slots/therapists",
        "/api/v1/holds",
        "/api/v1/holds/{token}/confirm",
        "/api/v1/holds/{token}",
    }
    assert client.get("/api/v1/docs/").status_code == 404
