"""Several workers, each with a connection of its own, as in two clusters on two machines."""

import datetime as dt
import os
from collections import Counter
from threading import Barrier, Thread

import pytest
from django.db import connection
from django_q.models import OrmQ

from scheduling.models import BusyTime, CalendarFeed
from scheduling.services.claim_due_feeds import claim_due_feeds
from scheduling.services.sync_feed import Outcome, sync_feed
from tests import feed_server as fs
from tests.practice import NOW, at
from tests.tasks import enqueued

pytestmark = [
    pytest.mark.skipif(
        not os.environ.get("DATABASE_URL", "").startswith("postgres"),
        reason="several workers at once need PostgreSQL: set DATABASE_URL",
    ),
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
WORKERS = 4
HOUR = dt.timedelta(hours=1)


def together(work):
    """Run `work` in four threads that begin at the same moment; return what each returned."""
    start, results = Barrier(WORKERS), []

    def run():
        start.wait()
        try:
            results.append(work())
        finally:
            connection.close()

    threads = [Thread(target=run) for _ in range(WORKERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_each_calendar_that_is_due_is_visited_once(practice):
    CalendarFeed.objects.bulk_create(
        CalendarFeed(
            therapist=practice.therapist,
            name=str(number),
            address="https://calendar.example/",
            next_check_at=NOW,
        )
        for number in range(200)
    )
    OrmQ.objects.all().delete()
    claimed = together(lambda: [key for _ in range(10) for key in claim_due_feeds(now=NOW)])
    keys = [key for each in claimed for key in each]
    assert sorted(keys) == sorted(CalendarFeed.objects.values_list("pk", flat=True))
    visits = Counter(
        arguments[0] for name, arguments in enqueued() if name == "scheduling.tasks.sync_feed"
    )
    assert visits == Counter(keys)


def test_of_visits_at_the_same_time_one_counts(feed, server):
    """The server keeps all of them waiting until each has asked."""
    asked = Barrier(WORKERS)
    whole = fs.calendar(fs.events((at(10), at(11))))

    def answer(handler):
        asked.wait(timeout=20)
        whole(handler)

    server.answers["/private-token.ics"] = answer
    outcomes = together(lambda: sync_feed(feed.pk, now=NOW))
    assert Counter(outcomes) == {Outcome.NEW_TIMES: 1, Outcome.OVERTAKEN: WORKERS - 1}
    assert list(BusyTime.objects.values_list("starts_at", "generation")) == [(at(10), 1)]
    feed.refresh_from_db()
    assert feed.generation == 1
