"""A server that asks to be left alone is left alone with all of its calendars."""

import datetime as dt

import pytest

from scheduling.models import CalendarFeed
from scheduling.services.sync_feed import sync_feed
from tests import feed_server as fs
from tests.practice import NOW

pytestmark = pytest.mark.django_db
PATH = "/private-token.ics"
MINUTE = dt.timedelta(minutes=1)


def another(feed, address):
    return CalendarFeed.objects.create(
        therapist=feed.therapist, name="Other", address=address, next_check_at=NOW
    )


def wait_of(feed):
    feed.refresh_from_db()
    return feed.next_check_at - NOW


@pytest.mark.parametrize("code", [429, 503])
def test_other_calendars_of_the_server_wait_as_well(feed, server, code):
    neighbor = another(feed, server.url("/other.ics"))
    stranger = another(feed, "https://calendar.example.org/other.ics")
    server.answers[PATH] = fs.status(code, Retry_After="1800")
    sync_feed(feed.pk, now=NOW)
    assert 30 * MINUTE <= wait_of(neighbor) <= 35 * MINUTE
    assert wait_of(stranger) == 0 * MINUTE


def test_others_wait_an_hour_at_most_and_are_never_brought_forward(feed, server):
    neighbor, late = (another(feed, server.url(f"/{name}.ics")) for name in "ab")
    CalendarFeed.objects.filter(pk=late.pk).update(next_check_at=NOW + 90 * MINUTE)
    server.answers[PATH] = fs.status(429, Retry_After="86400")
    sync_feed(feed.pk, now=NOW)
    assert 60 * MINUTE <= wait_of(neighbor) <= 65 * MINUTE
    assert wait_of(late) == 90 * MINUTE


@pytest.mark.parametrize("answer", [fs.status(503), fs.status(404), fs.status(500)])
def test_a_failure_without_such_a_wish_concerns_one_calendar(feed, server, answer):
    neighbor = another(feed, server.url("/other.ics"))
    server.answers[PATH] = answer
    sync_feed(feed.pk, now=NOW)
    assert wait_of(neighbor) == 0 * MINUTE
