"""A therapist whose calendar is served by a server of ours."""

import pytest

from scheduling.models import CalendarFeed
from tests.feed_server import feed_server
from tests.practice import make_practice


@pytest.fixture(scope="session")
def running_feed_server():
    with feed_server() as server:
        yield server


@pytest.fixture
def server(running_feed_server, settings):
    running_feed_server.answers.clear()
    running_feed_server.requests.clear()
    settings.FEED_ALLOWED_HOSTS = [running_feed_server.host]
    settings.FEED_ALLOW_HTTP = True
    settings.FEED_POLL_SECONDS = 600
    return running_feed_server


@pytest.fixture
def practice():
    return make_practice()


@pytest.fixture
def feed(practice, server):
    return CalendarFeed.objects.create(
        therapist=practice.therapist, name="Google", address=server.url("/private-token.ics")
    )
