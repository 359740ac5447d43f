"""What becomes of what was read when a feed is changed."""

import pytest

from scheduling.domain import Freshness
from scheduling.models import BusyTime, CalendarFeed
from scheduling.selectors.freshness import freshness_of
from scheduling.services.change_feed import change_feed
from scheduling.services.sync_feed import Outcome, sync_feed
from tests import feed_server as fs
from tests.practice import NOW, at

pytestmark = pytest.mark.django_db


@pytest.fixture
def read_feed(feed, server):
    server.answers["/private-token.ics"] = fs.calendar(fs.events((at(10), at(11))))
    sync_feed(feed.pk, now=NOW)
    return CalendarFeed.objects.get(pk=feed.pk)


def test_another_name_forgets_nothing_and_overwrites_no_visit(read_feed):
    stale = CalendarFeed.objects.get(pk=read_feed.pk)
    CalendarFeed.objects.update(etag="newer", succeeded_at=at(9))
    stale.name = "Practice system"
    change_feed(stale, ["name"], now=NOW)
    stored = CalendarFeed.objects.get()
    assert (stored.name, stored.etag, stored.succeeded_at) == ("Practice system", "newer", at(9))
    assert stored.next_check_at == NOW


def test_of_another_calendar_nothing_is_promised_before_it_was_read(read_feed, server):
    read_feed.address = server.url("/missing.ics")
    change_feed(read_feed, ["address"], now=NOW)
    assert sync_feed(read_feed.pk, now=NOW) is Outcome.FAILED
    assert freshness_of(read_feed.therapist_id, now=NOW) is Freshness.NOT_OFFERED
    assert BusyTime.objects.filter(feed=read_feed).exists(), "what is known still counts as taken"


def test_an_answer_to_the_old_address_is_dropped(read_feed, server):
    before = read_feed.version
    read_feed.address = server.url("/other.ics")
    change_feed(read_feed, ["address"], now=NOW)
    assert CalendarFeed.objects.get().version > before


def test_events_that_come_to_mean_the_opposite_are_read_anew(read_feed):
    read_feed.role = CalendarFeed.Role.OPEN
    change_feed(read_feed, ["role"], now=NOW)
    assert sync_feed(read_feed.pk, now=NOW) is Outcome.NEW_TIMES
    assert not BusyTime.objects.exists()
    assert read_feed.open_times.get().starts_at == at(10)
