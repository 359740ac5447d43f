"""Many clients at once who want overlapping series: each has all its dates or none, and no two one.

Three therapists share two rooms, so that whoever holds a series takes resources of others too.
"""

import time
from collections import Counter
from typing import NamedTuple

import pytest
import requests

from tests.databases import write

from .test_never_twice import OVERLAPS, THERAPISTS, all_at_once, count

WEEKS = (1, 2, 3, 4)
LONGEST = 20  # seconds: far more than a wait for a lock, far less than a stall
DETAILS = {
    "name": "Casey Sample",
    "email": "casey@example.org",
    "phone": "312-555-0199",
    "accept": "on",
    "policy": "1",
    "key": "a-key",
}


class Answered(NamedTuple):
    """What the site answered, and after how many seconds."""

    status: int
    seconds: float


class Client:
    """Somebody at a browser, who has a time held already and wants four dates in a row."""

    def __init__(self, site, number):
        self.site, self.session = site, requests.Session()
        self.therapist = THERAPISTS[number % len(THERAPISTS)]
        self.minute = 30 * (number % 2)
        self.session.get(f"{site.url}/book/?place=south-loop&service=individual", timeout=60)
        choice = {"place": "south-loop", "service": "individual"}
        held = self.post("/book/hold/", choice | {"opening": self.opening(9 + number, 0, 0)})
        assert held.status_code == 303, held.text
        self.page = held.headers["Location"]

    def opening(self, hour, minute, week):
        start = self.site.at(hour, minute, week=week)
        return f"{start}~{self.therapist}"

    def post(self, address, data):
        cookies = self.session.cookies
        data = data | {"csrfmiddlewaretoken": cookies.get("csrftoken")}
        return self.session.post(
            f"{self.site.url}{address}", data, allow_redirects=False, timeout=60
        )

    def keep(self):
        starts = [self.opening(14, self.minute, week) for week in WEEKS]
        return self.timed(f"{self.page}series/", {"weeks": 1, "count": 4, "start": starts})

    def book(self):
        return self.timed(f"{self.page}series/details/", DETAILS)

    def timed(self, address, data):
        began = time.monotonic()
        response = self.post(address, data)
        return Answered(response.status_code, time.monotonic() - began)


@pytest.fixture(autouse=True)
def nothing_held(contended_database):
    """Begin without holds, whatever the last test left."""
    environment, _, _ = contended_database
    for table in ("claimedcell", "claim", "hold"):
        write(environment["DATABASE_URL"], f"DELETE FROM scheduling_{table}")  # noqa: S608


def test_overlapping_series_at_once_have_all_their_dates_or_none(site):
    before = count(site, "SELECT count(*) FROM scheduling_booking")
    clients = [Client(site, number) for number in range(6)]
    kept = all_at_once([client.keep for client in clients])
    winners = [client for client, answer in zip(clients, kept, strict=True) if answer.status == 303]
    assert set(Counter(answer.status for answer in kept)) == {303, 409}
    assert 1 <= len(winners) <= 2  # there are two rooms
    held = 4 * len(winners) + len(clients) - len(winners)
    assert count(site, "SELECT count(*) FROM scheduling_hold") == held
    booked = all_at_once([client.book for client in winners])
    assert {answer.status for answer in booked} == {303}
    made = count(site, "SELECT count(*) FROM scheduling_booking") - before
    assert made == 4 * len(winners)
    assert count(site, OVERLAPS) == 0
    assert max(answer.seconds for answer in [*kept, *booked]) < LONGEST
