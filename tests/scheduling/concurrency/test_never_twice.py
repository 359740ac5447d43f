"""Many clients at once, over HTTP: nobody is ever booked twice."""

import http.client
import json
import random
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest

from tests.databases import fetch, write

THERAPISTS = ("ada-sample", "ben-sample", "cleo-sample")
OVERLAPS = """
    SELECT count(*) FROM scheduling_claim a JOIN scheduling_claim b
    ON a.resource_id = b.resource_id AND a.id < b.id
    AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at
"""


class Answer(NamedTuple):
    """What the site answered, and after how many seconds."""

    status: int
    body: dict
    seconds: float


def hold(site, therapist, starts_at, place="south-loop"):
    asked = {
        "therapist": therapist,
        "service": "individual",
        "place": place,
        "starts_at": starts_at,
    }
    began = time.monotonic()
    connection = http.client.HTTPConnection(urlsplit(site.url).netloc, timeout=60)
    connection.request(
        "POST", "/api/v1/holds", json.dumps(asked), {"Content-Type": "application/json"}
    )
    response = connection.getresponse()
    body = json.loads(response.read())
    connection.close()
    return Answer(response.status, body, time.monotonic() - began)


def all_at_once(attempts):
    """Make every attempt in a thread of its own, all let go together; return the answers."""
    barrier = Barrier(len(attempts))

    def go(attempt):
        barrier.wait()
        return attempt()

    with ThreadPoolExecutor(len(attempts)) as clients:
        return list(clients.map(go, attempts))


def count(site, statement):
    return fetch(site.database, statement)[0][0]


@pytest.fixture(autouse=True)
def nothing_held(contended_database):
    """Begin without holds, whatever the last test left."""
    environment, _, _ = contended_database
    for table in ("claimedcell", "claim", "hold"):
        write(environment["DATABASE_URL"], f"DELETE FROM scheduling_{table}")  # noqa: S608


def test_one_time_has_one_winner_and_everybody_else_three_alternatives(site):
    starts_at = site.at(14)
    answers = all_at_once([lambda: hold(site, "ada-sample", starts_at)] * 50)
    assert Counter(each.status for each in answers) == {201: 1, 409: 49}
    for refused in (each for each in answers if each.status == 409):
        assert refused.body["code"] == "time_taken"
        assert len(refused.body["alternatives"]) == 3
    assert count(site, "SELECT count(*) FROM scheduling_hold") == 1


def test_overlapping_times_of_therapists_who_share_rooms_never_overlap(site):
    chosen = random.Random(7)  # noqa: S311  # the same attempts each time
    attempts = [
        (
            chosen.choice(THERAPISTS),
            site.at(chosen.randrange(9, 20), chosen.choice((0, 30))),
            chosen.choice(("south-loop", "south-loop", "online-il")),
        )
        for _ in range(120)
    ]
    with ThreadPoolExecutor(24) as clients:
        answers = list(clients.map(lambda each: hold(site, *each), attempts))
    statuses = Counter(each.status for each in answers)
    assert set(statuses) == {201, 409}
    assert statuses[201] == count(site, "SELECT count(*) FROM scheduling_hold")
    assert count(site, OVERLAPS) == 0


def test_without_the_defences_the_race_is_real(unprotected_site):
    site = unprotected_site
    write(
        site.database,
        "ALTER TABLE scheduling_claimedcell DROP CONSTRAINT IF EXISTS cell_claimed_once",
    )
    for hour in range(9, 20):  # a race may be lost by luck, but not every time
        starts_at = site.at(hour)
        answers = all_at_once([partial(hold, site, "ada-sample", starts_at)] * 24)
        if count(site, OVERLAPS):
            break
    assert Counter(each.status for each in answers)[201] > 1
    assert count(site, OVERLAPS) > 0
