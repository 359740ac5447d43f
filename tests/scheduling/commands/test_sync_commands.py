"""Calendars read and openings rebuilt from the command line."""

import datetime as dt
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from scheduling.models import BusyTime, CalendarFeed, Opening
from tests import feed_server as fs
from tests.feed_server import feed_server
from tests.practice import make_practice

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def feed(settings):
    with feed_server() as server:
        settings.FEED_ALLOWED_HOSTS = [server.host]
        settings.FEED_ALLOW_HTTP = True
        tomorrow = timezone.now() + 24 * HOUR
        server.answers["/feed.ics"] = fs.calendar(fs.events((tomorrow, tomorrow + HOUR)))
        feed = CalendarFeed.objects.create(
            therapist=make_practice().therapist, name="Google", address=server.url()
        )
        feed.server = server
        yield feed


def run(*arguments):
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def test_calendars_are_read_on_command(feed):
    assert "Ada Sample: Google: new times" in run("sync_feeds")
    assert BusyTime.objects.count() == 1
    assert "unchanged" in run("sync_feeds", "--feed", str(feed.pk), "--force")
    assert "If-None-Match" not in feed.server.requests[-1][1]


def test_what_could_not_be_read_is_said_without_the_address(feed):
    feed.server.answers.clear()
    out = StringIO()
    with pytest.raises(CommandError, match="1 not taken over"):
        call_command("sync_feeds", stdout=out)
    assert "no calendar at this address" in out.getvalue()
    assert feed.server.host not in out.getvalue()


def test_a_feed_that_does_not_exist_is_named(feed):
    with pytest.raises(CommandError, match="number 987"):
        run("sync_feeds", "--feed", "987")


def test_openings_are_compared_and_rebuilt(feed):
    run("sync_feeds")
    run("rebuild_openings", "--check")
    Opening.objects.filter(pk=Opening.objects.first().pk).delete()
    with pytest.raises(CommandError, match="differ"):
        run("rebuild_openings", "--check")
    assert "1 missing, 0 too many" in run("rebuild_openings")
    run("rebuild_openings", "--check")
