"""Whatever is sent to booking, by page or by API, is answered: refused perhaps, never a crash.

Django's test client raises what the site would have answered with a 500.
"""

import json
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scheduling.models import Booking

pytestmark = pytest.mark.django_db
FEW = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)

VALUES = {
    "place": ["south-loop", "online-il", "elsewhere"],
    "service": ["individual"],
    "therapist": ["ada-sample"],
    "day": ["2027-01-05", "9999-12-31", "0001-01-01"],
    "date": ["2027-01-05", "9999-12-31"],
    "from": ["2027-01-05", "0001-01-01"],
    "to": ["2027-01-05", "9999-12-31"],
    "limit": ["20", "-1", "9" * 30],
    "after": ["MjAyNy0wMS0wNVQxNTowMDowMCswMDowMHwxfDF8MQ=="],
    "opening": ["2027-01-05T15:00Z~ada-sample", "9999-12-31T23:59-14:00~ada-sample"],
    "starts_at": ["2027-01-05T15:00:00Z", "9999-12-31T23:59:59-14:00", 0, 10**20, None],
    "name": ["Casey Sample"],
    "email": ["casey@example.org"],
    "phone": ["312-555-0123"],
    "accept": ["on"],
    "policy": ["1", "9" * 40],
    "accepted_policy": [1, 10**40],
    "key": ["k"],
    "idempotency_key": ["k"],
}
ANYTHING = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


def fields(*names):
    """Return a strategy for some of the fields, each as it should be or with anything in it."""
    values = {name: st.sampled_from(VALUES[name]) | ANYTHING for name in names}
    return st.fixed_dictionaries({}, optional=values)


@FEW
@given(
    st.sampled_from(["/book/", "/api/v1/slots", "/api/v1/slots/days", "/api/v1/slots/explain"]),
    fields("place", "service", "therapist", "day", "date", "from", "to", "limit", "after"),
)
def test_any_question(open_practice, client, address, query):
    assert client.get(address, query).status_code < 500


@FEW
@given(fields("place", "service", "therapist", "opening"))
def test_any_choice(open_practice, client, data):
    assert client.post("/book/hold/", data).status_code < 500


@FEW
@given(
    fields("name", "email", "phone", "accept", "policy", "key", "opening"),
    st.sampled_from(["token.{}.{}.{}.1800000000"]) | ANYTHING,
)
def test_any_details(open_practice, client, data, cookie):
    practice = open_practice
    keys = (practice.therapist.pk, practice.service.pk, practice.office.pk)
    client.cookies["held"] = quote(cookie.format(*keys) if "{}.{}" in cookie else cookie, safe=".")
    assert client.post("/book/hold/abcd/", data).status_code < 500


@FEW
@given(
    fields("place", "service", "therapist", "starts_at")
    | st.recursive(st.none() | st.booleans() | st.integers() | ANYTHING, st.lists, max_leaves=3),
    fields("name", "email", "phone", "accepted_policy", "idempotency_key"),
    ANYTHING,
)
def test_any_body(open_practice, client, hold, details, token):
    json_type = "application/json"
    assert client.post("/api/v1/holds", json.dumps(hold), json_type).status_code < 500
    address = f"/api/v1/holds/{quote(token, safe='')}"
    assert client.post(f"{address}/confirm", json.dumps(details), json_type).status_code < 500
    assert client.delete(address).status_code < 500
    assert not Booking.objects.exists()


@FEW
@given(ANYTHING, st.sampled_from(["", "move/", "cancel/", "session.ics"]))
def test_any_link(open_practice, client, token, page):
    address = f"/book/session/{quote(token, safe='')}/{page}"
    assert client.get(address).status_code < 500
    assert client.post(address).status_code < 500
