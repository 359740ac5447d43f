"""What somebody changes in a form, a body or a cookie changes nothing that they may not decide."""

import datetime as dt

import pytest

from locations.models import Jurisdiction, ServiceArea
from scheduling.models import Booking, Claim, Hold
from tests.practice import add_therapist, at

JSON = "application/json"
TIME = {"place": "south-loop", "service": "individual", "therapist": "ada-sample"}
DETAILS = {"name": "Casey Sample", "email": "casey@example.org", "phone": "312-555-0123"}
# What the practice decides, and what was decided when the time was held.
CHANGED = {
    "price": "1",
    "therapist": "ben-sample",
    "service": "consultation",
    "place": "online-il",
    "starts_at": "2027-01-12T15:00:00Z",
    "status": "completed",
    "cancel_until": "2030-01-01T00:00:00Z",
    "room": "2",
    "is_sample": "true",
}


@pytest.fixture
def practice(open_practice):
    illinois = open_practice.online.jurisdiction
    add_therapist(
        open_practice.service, open_practice.office, illinois, slug="ben-sample", name="Ben Sample"
    )
    return open_practice


@pytest.fixture
def unlicensed(practice):
    """An area in which only somebody else may see clients."""
    district = Jurisdiction.objects.create(code="DC", name="Washington, D.C.")
    area = ServiceArea.objects.create(name="D.C.", slug="online-dc", jurisdiction=district)
    add_therapist(practice.service, practice.office, district, slug="cleo-sample", name="Cleo")
    return area


def is_untouched(practice):
    booking = Booking.objects.get()
    held = (booking.therapist, booking.service, booking.place.pk, booking.starts_at, booking.room)
    return (
        held == (practice.therapist, practice.service, practice.office.pk, at(9), practice.room)
        and booking.status == Booking.Status.CONFIRMED
        and booking.cancel_until == at(9) - dt.timedelta(hours=24)
        and booking.service.price == 150
    )


def test_by_api_the_booking_is_what_was_held(client, practice):
    starts_at = {"starts_at": "2027-01-05T15:00:00Z"}
    asked = CHANGED | TIME | starts_at
    held = client.post("/api/v1/holds", asked, JSON).json()
    details = CHANGED | DETAILS | {"accepted_policy": 1}
    confirmed = client.post(f"/api/v1/holds/{held['token']}/confirm", details, JSON)
    assert confirmed.status_code == 201
    assert is_untouched(practice)


def test_by_form_the_booking_is_what_was_held(client, practice):
    chosen = CHANGED | TIME | {"opening": "2027-01-05T15:00Z~ada-sample"}
    page = client.post("/book/hold/", chosen).headers["Location"]
    details = CHANGED | DETAILS | {"accept": "on", "policy": "1", "key": "k"}
    assert client.post(page, details).status_code == 303
    assert is_untouched(practice)


@pytest.mark.parametrize("address", ["/book/hold/", "/api/v1/holds"])
def test_where_the_therapist_is_not_licensed_nothing_is_held(client, practice, unlicensed, address):
    wanted = TIME | {"place": unlicensed.slug}
    asked = client.get("/api/v1/slots/explain", wanted | {"date": "2027-01-05"}).json()["starts"]
    (told,) = (each for each in asked if each["starts_at"] == "2027-01-05T15:00:00Z")
    if address.startswith("/api/"):
        answer = client.post(address, wanted | {"starts_at": told["starts_at"]}, JSON)
        problem = answer.json()
        assert (problem["code"], problem["alternatives"]) == ("not_licensed", [])
        said = problem["message"]
    else:
        answer = client.post(address, wanted | {"opening": "2027-01-05T15:00Z~ada-sample"})
        said = answer.content.decode()
        assert "is taken" not in said
    assert told["code"] == "not_licensed"
    assert told["message"] in said
    assert answer.status_code == 422
    assert not Hold.objects.exists()
    assert not Claim.objects.exists()


def test_the_reason_can_be_asked_for(client, practice, unlicensed):
    asked = TIME | {"place": unlicensed.slug, "date": "2027-01-05"}
    starts = client.get("/api/v1/slots/explain", asked).json()["starts"]
    assert {each["bookable"] for each in starts} == {False}
    assert "not_licensed" in {each["code"] for each in starts}


@pytest.mark.parametrize("path", ["slots", "slots/days", "slots/therapists"])
def test_a_thousand_days_are_refused(client, practice, path):
    answer = client.get(f"/api/v1/{path}", {"from": "2027-01-01", "to": "2029-09-27"})
    assert answer.status_code == 422
    assert "a year long at most" in answer.json()["errors"][0]["message"]


def test_the_token_of_another_hold_moves_nothing(client, practice):
    held = client.post("/api/v1/holds", TIME | {"starts_at": "2027-01-05T15:00:00Z"}, JSON).json()
    wrong = held["token"][:-1] + ("a" if held["token"][-1] != "a" else "b")
    details = DETAILS | {"accepted_policy": 1, "idempotency_key": "k"}
    assert client.post(f"/api/v1/holds/{wrong}/confirm", details, JSON).status_code == 410
    assert client.delete(f"/api/v1/holds/{wrong}").status_code == 410
    assert Hold.objects.count() == 1
    assert not Booking.objects.exists()
