"""Holding and booking through the API."""

import datetime as dt

import pytest
from django.test import Client

from scheduling.models import Booking, Hold, Policy
from tests.practice import NOW

HOLDS = "/api/v1/holds"
TIME = {
    "therapist": "ada-sample",
    "service": "individual",
    "place": "south-loop",
    "starts_at": "2027-01-05T15:00:00Z",
}
WHO = {
    "name": "Casey Sample",
    "email": "casey@example.org",
    "phone": "312-555-0123",
    "accepted_policy": 1,
}
JSON = "application/json"


@pytest.fixture
def practice(open_practice):
    return open_practice


@pytest.fixture
def client():
    """Return a client for which CSRF checks are on, as in the world."""
    return Client(enforce_csrf_checks=True)


def test_a_request_larger_than_any_booking_is_refused(client, practice):
    answer = client.post(HOLDS, "x" * 3_000_000, JSON)
    assert answer.status_code == 413
    assert answer.json()["code"] == "too_large"


def hold(client, **changes):
    return client.post(HOLDS, TIME | changes, JSON)


def confirm(client, token, key=None, **changes):
    headers = {"Idempotency-Key": key} if key else {}
    return client.post(f"{HOLDS}/{token}/confirm", WHO | changes, JSON, headers=headers)


def test_a_time_is_held_and_booked(client, practice):
    response = hold(client)
    assert response.status_code == 201
    assert "no-store" in response.headers["Cache-Control"]
    held = response.json()
    assert held["expires_at"] == "2027-01-04T18:10:00Z"
    assert held["policy"]["version"] == 1
    booked = confirm(client, held["token"], "k")
    assert booked.status_code == 201
    answer = booked.json()
    booking = Booking.objects.get()
    assert answer["reference"] == booking.reference
    assert answer["cancel_until"] == "2027-01-04T15:00:00Z"
    assert booking.client_phone == "+13125550123"
    assert client.get(answer["link"].removeprefix("http://testserver")).status_code == 200


def test_offsets_are_understood(client, practice):
    assert hold(client, starts_at="2027-01-05T09:00:00-06:00").status_code == 201


def test_the_same_key_gives_the_same_booking(client, practice):
    token = hold(client).json()["token"]
    first = confirm(client, token, "k")
    again = confirm(client, token, "k")
    in_body = confirm(client, token, idempotency_key="k")
    assert (first.status_code, again.status_code, in_body.status_code) == (201, 200, 200)
    assert first.json() == again.json() == in_body.json()
    assert confirm(client, token, "another").status_code == 410
    assert Booking.objects.count() == 1


def test_a_taken_time_is_refused_with_others(client, practice):
    hold(client)
    response = hold(client)
    assert response.status_code == 409
    problem = response.json()
    assert problem["code"] == "time_taken"
    assert problem["alternatives"] == [
        "2027-01-05T16:00:00Z",
        "2027-01-05T16:30:00Z",
        "2027-01-05T17:00:00Z",
    ]


def test_a_hold_is_let_go_once(client, practice):
    token = hold(client).json()["token"]
    assert client.delete(f"{HOLDS}/{token}").status_code == 204
    gone = client.delete(f"{HOLDS}/{token}")
    assert (gone.status_code, gone.json()["code"]) == (410, "hold_expired")
    assert not Hold.objects.exists()


def test_an_expired_or_foreign_token_books_nothing(client, practice, clock):
    token = hold(client).json()["token"]
    clock.now = NOW + dt.timedelta(minutes=10)
    for bad in (token, f"{token}x", "x"):
        response = confirm(client, bad, "k")
        assert (response.status_code, response.json()["code"]) == (410, "hold_expired")
    assert not Booking.objects.exists()


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"therapist": "nobody"}, 404),
        ({"place": "atlantis"}, 404),
        ({"service": "unknown"}, 404),
        ({"starts_at": "2027-01-05T15:00:00"}, 422),
        ({"starts_at": "2027-02-31T15:00:00Z"}, 422),
        ({"starts_at": "0001-01-01T00:00:00+12:00"}, 422),
        ({"starts_at": "9999-12-31T23:59:59-12:00"}, 422),
        ({"starts_at": None}, 422),
        ({"therapist": "\ud800"}, 422),
        ({"therapist": {"a": 1}}, 422),
        ({"starts_at": "2027-01-05T15:01:00Z"}, 409),
        ({"starts_at": "2026-01-05T15:00:00Z"}, 409),
        ({"starts_at": "2150-01-05T15:00:00Z"}, 409),
    ],
)
def test_impossible_holds_are_refused(client, practice, changes, status):
    response = hold(client, **changes)
    assert response.status_code == status
    assert response.json()["code"]
    assert not Hold.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": " "}, "name"),
        ({"email": "casey-private"}, "email"),
        ({"email": "a@example.org,b@example.org"}, "email"),
        ({"phone": "911-private"}, "phone"),
        ({"phone": ""}, "phone"),
        ({"accepted_policy": None}, "accepted_policy"),
        ({"accepted_policy": 2}, "accepted_policy"),
    ],
)
def test_what_is_wrong_is_named_and_never_repeated(client, practice, changes, field):
    token = hold(client).json()["token"]
    response = confirm(client, token, "k", **changes)
    assert response.status_code == 422
    assert [each["field"] for each in response.json()["errors"]] == [field]
    body = response.content.decode()
    for private in ("private", "Casey", "a@example.org", "555"):
        assert private not in body
    assert Hold.objects.exists()
    assert confirm(client, token, "k").status_code == 201


def test_without_a_policy_nothing_has_to_be_accepted(client, practice):
    Policy.objects.all().delete()
    held = hold(client).json()
    assert held["policy"] is None
    assert confirm(client, held["token"], accepted_policy=None).status_code == 201


@pytest.mark.parametrize("body", ["", "{", "[]", "null", b"\xff"])
def test_a_body_that_is_no_object_is_refused(client, practice, body):
    response = client.post(HOLDS, body, JSON)
    assert response.status_code in {400, 422}
    assert response.json()["code"] in {"unreadable", "invalid"}


def test_too_many_holds_from_one_address(client, practice, settings):
    settings.HOLDS_PER_ADDRESS = 1
    client.post(HOLDS, TIME, JSON, REMOTE_ADDR="8.8.8.8")
    later = TIME | {"starts_at": "2027-01-05T17:00:00Z"}
    response = client.post(HOLDS, later, JSON, REMOTE_ADDR="8.8.8.8")
    assert (response.status_code, response.json()["code"]) == (429, "too_many_holds")


def test_other_methods_are_refused(client, practice):
    assert client.get(HOLDS).status_code == 405


def test_reminders_are_those_offered_or_the_practices_choice(client, open_practice):
    held = hold(client).json()
    assert held["reminders"] == [24, 2]
    refused = confirm(client, held["token"], reminders=[3])
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "reminders")
    assert confirm(client, held["token"], reminders=[2]).status_code == 201
    assert Booking.objects.get().reminder_hours == [2]
