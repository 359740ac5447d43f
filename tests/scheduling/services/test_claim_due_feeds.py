"""Each calendar that is due is visited once, and never all at the same time."""

import datetime as dt
from collections import Counter

import pytest
from django_q.models import OrmQ

from scheduling.models import CalendarFeed
from scheduling.services.claim_due_feeds import LEASE, _claim, claim_due_feeds
from tests.practice import NOW, make_practice

MINUTE = dt.timedelta(minutes=1)


def make_feeds(practice, count, due=NOW):
    CalendarFeed.objects.bulk_create(
        CalendarFeed(
            therapist=practice.therapist,
            name=str(number),
            address="https://calendar.example/",
            next_check_at=due,
        )
        for number in range(count)
    )


def visits():
    """Return how often a visit to each feed is enqueued."""
    tasks = [each.task() if callable(each.task) else each.task for each in OrmQ.objects.all()]
    return Counter(task["args"][0] for task in tasks if task["func"].endswith(".sync_feed"))


@pytest.fixture
def practice(db):
    return make_practice()


def test_due_feeds_are_enqueued_by_their_key_alone_and_moved_ahead(practice):
    make_feeds(practice, 2)
    make_feeds(practice, 1, due=NOW + MINUTE)
    due = list(CalendarFeed.objects.filter(next_check_at=NOW).values_list("pk", flat=True))
    assert sorted(claim_due_feeds(now=NOW)) == due
    assert visits() == Counter(due)
    assert claim_due_feeds(now=NOW) == []
    assert set(CalendarFeed.objects.filter(pk__in=due).values_list("next_check_at", flat=True)) == {
        NOW + LEASE
    }


def test_feeds_that_are_off_or_of_a_therapist_who_left_are_not_visited(practice):
    make_feeds(practice, 1)
    CalendarFeed.objects.update(is_active=False)
    assert claim_due_feeds(now=NOW) == []
    CalendarFeed.objects.update(is_active=True)
    practice.therapist.is_active = False
    practice.therapist.save()
    assert claim_due_feeds(now=NOW) == []


def test_a_thousand_feeds_that_are_due_together_are_spread(practice, settings):
    settings.FEED_POLL_SECONDS = 600
    make_feeds(practice, 1000)
    rounds = []
    for minute in range(10):
        rounds.append(len(claim_due_feeds(now=NOW + minute * MINUTE)))
        assert rounds[-1] <= 200
    assert sum(rounds[:5]) == 1000


def test_a_visit_that_got_lost_is_due_again(practice):
    make_feeds(practice, 1)
    claim_due_feeds(now=NOW)
    assert len(claim_due_feeds(now=NOW + LEASE)) == 1


def test_a_feed_that_was_claimed_meanwhile_is_left(practice):
    make_feeds(practice, 1)
    key = CalendarFeed.objects.get().pk
    assert _claim(key, NOW, NOW)
    assert not _claim(key, NOW, NOW)
    assert visits() == Counter([key])
