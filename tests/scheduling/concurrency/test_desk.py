"""Several people at the desk at once, over HTTP: no override books somebody twice."""

import datetime as dt
import http.client
from collections import Counter
from functools import partial
from urllib.parse import urlencode, urlsplit

import pytest

from tests.databases import fetch

from .test_never_twice import OVERLAPS, all_at_once, count

STAFF = [f"contended-desk-{number}" for number in range(4)]
CSRF = "c" * 32
FORGED = "outside_hours off_grid claimed no_room"
CALLER = {"name": "Casey Sample", "phone": "(312) 555-0123", "told_policy": "on", "policy": "1"}


def post(site, who, path, data):
    """Send a form of the admin as `who`; return the status and where it leads."""
    connection = http.client.HTTPConnection(urlsplit(site.url).netloc, timeout=60)
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": f"sessionid={who}; csrftoken={CSRF}",
        "X-CSRFToken": CSRF,
    }
    connection.request("POST", path, urlencode(data), headers)
    response = connection.getresponse()
    response.read()
    connection.close()
    return response.status, response.headers.get("Location", "")


@pytest.fixture
def asked(site):
    """What is booked for Ada, at the office."""
    records = {
        "service": "SELECT id FROM scheduling_service",
        "place": "SELECT id FROM locations_place WHERE slug = 'south-loop'",
        "therapist": "SELECT id FROM scheduling_therapist WHERE slug = 'ada-sample'",
    }
    return {name: fetch(site.database, query)[0][0] for name, query in records.items()}


def book(site, asked, who, hour, minute=0, override=""):
    starts_at = dt.datetime.fromisoformat(site.at(hour, minute)).astimezone(dt.UTC)
    opening = f"{starts_at:%Y-%m-%dT%H:%MZ}~ada-sample"
    status, address = post(site, who, "/admin/booking/book/", asked | {"opening": opening})
    if status != 302:  # somebody was faster while this one waited for the lock
        return status
    form = CALLER | {"key": who}
    if override:
        form |= {"told": override, "reason": "Agreed by phone"}
    return post(site, who, address, form)[0]


def bookings(site, start):
    when = dt.datetime.fromisoformat(start).astimezone(dt.UTC)
    query = "SELECT starts_at FROM scheduling_booking"
    return sum(str(row[0])[:16] == f"{when:%Y-%m-%d %H:%M}" for row in fetch(site.database, query))


def test_of_all_who_book_one_time_at_once_one_does(site, asked):
    answers = all_at_once([partial(book, site, asked, who, 15) for who in STAFF])
    assert Counter(answers)[302] == 1
    assert set(answers) <= {200, 302, 409}
    assert bookings(site, site.at(15)) == 1
    assert count(site, OVERLAPS) == 0


def test_an_override_gives_nobody_a_second_session_at_once(site, asked):
    attempts = [
        partial(
            book, site, asked, who, 6, minute, override="outside_hours claimed no_room off_grid"
        )
        for who, minute in zip(STAFF, (0, 0, 30, 40), strict=True)
    ]
    answers = all_at_once(attempts)
    assert Counter(answers)[302] == 1
    assert set(answers) <= {200, 302, 409}
    assert count(site, OVERLAPS) == 0
