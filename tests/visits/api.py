"""Visits to the JSON API."""

from .booking import CHOICE, THERAPIST, details, late_times
from .recorder import Visits

JSON = "application/json"
ROOT = "/api/v1/"


def visit_api(visits: Visits) -> None:
    """Search, ask why not, hold, let go, hold again and book."""
    visits.get(f"{ROOT}openapi.json")
    visits.get(ROOT, status=404)
    for search in ("slots", "slots/days", "slots/therapists"):
        visits.get(f"{ROOT}{search}", data=CHOICE)
    starts_at = late_times(visits)[0].partition("~")[0]
    asked = {**CHOICE, "therapist": THERAPIST, "date": starts_at[:10]}
    visits.get(f"{ROOT}slots/explain", data=asked)
    wanted = {**CHOICE, "therapist": THERAPIST, "starts_at": starts_at}
    for _ in range(2):
        held = visits.post(f"{ROOT}holds", wanted, status=201, content_type=JSON).json()
        visits.delete(f"{ROOT}holds/{held['token']}", status=204)
    held = visits.post(f"{ROOT}holds", wanted, status=201, content_type=JSON).json()
    who = details(accepted_policy=details()["policy"], idempotency_key="visit")
    visits.post(f"{ROOT}holds/{held['token']}/confirm", who, status=201, content_type=JSON)
