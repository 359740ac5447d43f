"""How often one address may ask in a minute, and what it is told beyond that."""

import datetime as dt
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.cache import caches
from django.http import HttpResponse
from django.utils import timezone

from cms.core.middleware import RequestLimitMiddleware
from cms.core.middleware.request_limits import seconds_to_wait
from tests.browser.processes import free_port

NOW = dt.datetime(2027, 1, 4, 18, 0, 20, tzinfo=dt.UTC)
ADDRESS = "8.8.8.8"


@pytest.fixture(autouse=True)
def nothing_counted(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    caches["counts"].clear()
    yield
    caches["counts"].clear()


@pytest.fixture
def limited(rf):
    """Return the middleware in front of a site that answers everything, and counts that."""
    answered = Counter()

    def site(request):
        answered[request.path] += 1
        return HttpResponse()

    middleware = RequestLimitMiddleware(site)

    def ask(path="/book/", address=ADDRESS, **headers):
        return middleware(rf.get(path, REMOTE_ADDR=address, headers=headers))

    ask.answered = answered
    return ask


def test_ten_thousand_in_a_minute_are_answered_up_to_the_limit_and_then_refused(limited):
    """From many threads at once, and none gets through uncounted."""
    paths = ("/book/", "/api/v1/slots") * 5_000
    with ThreadPoolExecutor(8) as threads:
        statuses = Counter(threads.map(lambda path: limited(path).status_code, paths))
    assert statuses == {200: 600, 429: 9_400}
    assert sum(limited.answered.values()) == 600


def test_a_refusal_says_when_to_come_back(limited, settings):
    settings.REQUESTS_PER_ADDRESS = 0
    page, problem = limited("/book/hold/"), limited("/api/v1/holds")
    for refused in (page, problem):
        assert refused.status_code == 429
        assert refused["Retry-After"] == "40"
        assert refused["Cache-Control"] == "no-store"
    assert "Nothing was changed. Please try again in 40 seconds." in page.content.decode()


def test_the_next_minute_is_another(settings):
    settings.REQUESTS_PER_ADDRESS = 1
    later = NOW + dt.timedelta(seconds=40)
    assert [seconds_to_wait("8.8.8.8/32", now=now) for now in (NOW, NOW, later)] == [0, 40, 0]


def test_each_address_has_a_limit_of_its_own_for_booking_and_api_together(limited, settings):
    settings.REQUESTS_PER_ADDRESS = 1
    assert limited("/book/").status_code == 200
    assert limited("/api/v1/slots").status_code == 429
    assert limited("/book/", "9.9.9.9").status_code == 200


def test_behind_a_proxy_the_address_is_the_clients(limited, settings):
    settings.REQUESTS_PER_ADDRESS, settings.TRUSTED_PROXY_COUNT = 1, 1
    asked = [("8.8.8.8", 200), ("8.8.8.8", 429), ("1.1.1.1, 8.8.8.8", 429), ("9.9.9.9", 200)]
    for forwarded, status in asked:
        refused = limited(address="10.0.0.1", X_Forwarded_For=forwarded)
        assert refused.status_code == status


@pytest.mark.parametrize("address", ["127.0.0.1", "10.1.2.3", ""])
def test_who_comes_from_nowhere_known_is_not_counted(limited, settings, address):
    settings.REQUESTS_PER_ADDRESS = 0
    assert limited(address=address).status_code == 200


@pytest.mark.parametrize("path", ["/", "/therapists/", "/admin/", "/healthz"])
def test_other_pages_are_not_limited(limited, settings, path):
    settings.REQUESTS_PER_ADDRESS = 0
    assert limited(path).status_code == 200


def test_no_address_is_kept_or_logged(limited, settings, capfd, monkeypatch):
    settings.REQUESTS_PER_ADDRESS = 0
    keys = []
    incr = caches["counts"].incr
    monkeypatch.setattr(caches["counts"], "incr", lambda key: keys.append(key) or incr(key))
    limited()
    (key,) = set(keys)
    assert ADDRESS not in key
    assert ADDRESS not in "".join(capfd.readouterr())


def test_where_the_counts_can_not_be_reached_clients_are_answered(limited, settings):
    settings.REQUESTS_PER_ADDRESS = 0
    settings.CACHES = {
        **settings.CACHES,
        "counts": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": f"redis://127.0.0.1:{free_port()}/0",
        },
    }
    assert limited().status_code == 200
