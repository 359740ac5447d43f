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

from tests.browser.processes import manage
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
    return ask(site, "POST", "/api/v1/holds", asked)


def confirm(site, token):
    who = {
        "name": "Casey Sample",
        "email": "casey@example.org",
        "phone": "312-555-0123",
        "accepted_policy": 1,
        "idempotency_key": "k",
    }
    return ask(site, "POST", f"/api/v1/holds/{token}/confirm", who)


def look(site):
    return ask(site, "GET", "/api/v1/slots?limit=1")


def ask(site, method, path, body=None):
    began = time.monotonic()
    connection = http.client.HTTPConnection(urlsplit(site.url).netloc, timeout=60)
    connection.request(method, path, json.dumps(body), {"Content-Type": "application/json"})
    response = connection.getresponse()
    answered = json.loads(response.read())
    connection.close()
    return Answer(response.status, answered, time.monotonic() - began)


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


def forget_holds(site):
    """Take the holds away, and what they claim. (The read model is only a hint: it may lag.)"""
    for table in ("claimedcell", "claim", "hold"):
        write(site.database, f"DELETE FROM scheduling_{table}")  # noqa: S608


@pytest.fixture(autouse=True)
def nothing_taken(contended_database):
    """Begin without holds and bookings, whatever the last test left."""
    environment, _, _ = contended_database
    tables = ("claimedcell", "claim", "hold", "bookingmail", "bookingchange", "booking")
    for table in tables:
        write(environment["DATABASE_URL"], f"DELETE FROM scheduling_{table}")  # noqa: S608
    write(environment["DATABASE_URL"], "DELETE FROM django_q_ormq")


def test_one_time_has_one_winner_and_everybody_else_three_alternatives(site):
    starts_at = site.at(14)
    answers = all_at_once([lambda: hold(site, "ada-sample", starts_at)] * 50)
    assert Counter(each.status for each in answers) == {201: 1, 409: 49}
    for refused in (each for each in answers if each.status == 409):
        assert refused.body["code"] == "time_taken"
        assert len(refused.body["alternatives"]) == 3
    assert count(site, "SELECT count(*) FROM scheduling_hold") == 1


def random_attempts(site, number, weeks):
    """Return attempts at overlapping times, places and therapists, the same ones each time."""
    chosen = random.Random(7)  # noqa: S311
    return [
        (
            chosen.choice(THERAPISTS),
            site.at(chosen.randrange(9, 20), chosen.choice((0, 30)), week=chosen.randrange(weeks)),
            chosen.choice(("south-loop", "south-loop", "online-il")),
        )
        for _ in range(number)
    ]


def attempt(site, number, weeks):
    attempts = random_attempts(site, number, weeks)
    with ThreadPoolExecutor(24) as clients:
        answers = list(clients.map(lambda each: hold(site, *each), attempts))
    statuses = Counter(each.status for each in answers)
    assert set(statuses) == {201, 409}
    assert statuses[201] == count(site, "SELECT count(*) FROM scheduling_hold")
    assert count(site, OVERLAPS) == 0


def test_overlapping_times_of_therapists_who_share_rooms_never_overlap(site):
    attempt(site, 120, weeks=1)


@pytest.mark.long
def test_two_thousand_attempts_never_overlap_while_two_workers_run(
    site, two_workers, contended_database
):
    manage(contended_database[0], "rebuild_openings")
    attempt(site, 2_000, weeks=6)
    manage(contended_database[0], "rebuild_openings", "--check")


@pytest.mark.parametrize("rounds", [4, pytest.param(400, marks=pytest.mark.long)])
def test_nobody_waits_long_for_others(site, rounds):
    """Eight clients at once want times that overlap, beside eight who only look.

    A lock that somebody waits for in vain shows as seconds. How long those who look wait tells
    whether it was the machine that was busy.
    """
    looking, holding = 0.0, 0.0
    for number in range(rounds):
        starts = [site.at(9 + n // 2 + number % 6, 30 * (n % 2)) for n in range(4)]
        wanted = [partial(hold, site, THERAPISTS[n % 3], starts[n % 4]) for n in range(8)]
        looked, answers = all_at_once([partial(look, site)] * 8), all_at_once(wanted)
        assert {each.status for each in answers} <= {201, 409}
        looking = max(looking, *(each.seconds for each in looked))
        holding = max(holding, *(each.seconds for each in answers))
        forget_holds(site)
    print(f"{rounds} rounds: slowest to hold {holding:.2f} s, to look {looking:.2f} s")  # noqa: T201
    assert holding < 1


def test_confirming_again_and_at_once_gives_the_same_booking(site):
    held = [hold(site, name, site.at(18)).body["token"] for name in THERAPISTS[:2]]
    for token in held:
        answers = all_at_once([partial(confirm, site, token)] * 6)
        answers.append(confirm(site, token))
        assert Counter(each.status for each in answers) == {201: 1, 200: 6}
        assert len({each.body["reference"] for each in answers}) == 1
    assert count(site, "SELECT count(*) FROM scheduling_booking") == len(held)
    assert count(site, "SELECT count(*) FROM scheduling_claim WHERE hold_id IS NOT NULL") == 0


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
