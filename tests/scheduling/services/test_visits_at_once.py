"""Several workers, each with a connection of its own, as in two clusters on two machines."""

import datetime as dt
import json
import os
import subprocess
import sys
from collections import Counter
from contextlib import suppress
from threading import Barrier, Event, Thread

import pytest
from django.db import connection
from django_q.models import OrmQ

from scheduling.models import Booking, BusyTime, CalendarFeed, Collision
from scheduling.selectors.openings import Wanted
from scheduling.services.confirm_booking import confirm_booking
from scheduling.services.errors import TimeTakenError
from scheduling.services.hold_time import hold_time
from scheduling.services.sync_feed import Outcome, sync_feed
from tests import feed_server as fs
from tests.browser.processes import PROJECT
from tests.collisions import CLIENT
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


def claiming_together(count):
    """Let `count` processes claim at the same moment; return what each got in each minute."""
    server, _ = os.environ["DATABASE_URL"].rsplit("/", 1)
    database = f"{server}/{connection.settings_dict['NAME']}"
    environment = os.environ | {"DATABASE_URL": database, "FEED_POLL_SECONDS": "600"}
    program = [sys.executable, "-m", "tests.scheduling.services.claim_in_rounds"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    workers = [
        subprocess.Popen(program, cwd=PROJECT, env=environment, text=True, **pipes)
        for _ in range(count)
    ]
    for worker in workers:
        assert worker.stdout.readline() == "ready\n"
    for worker in workers:
        worker.stdin.write("\n")
        worker.stdin.flush()
    return [json.loads(worker.communicate(timeout=60)[0]) for worker in workers]


def test_each_calendar_that_is_due_is_visited_once_and_not_all_together(practice):
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
    claimed = claiming_together(2)
    keys = [key for worker in claimed for minute in worker for key in minute]
    assert sorted(keys) == sorted(CalendarFeed.objects.values_list("pk", flat=True))
    assert all(len(minute) <= 40 for worker in claimed for minute in worker), "spread over time"
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


def test_a_booking_and_a_visit_at_once_never_pass_each_other_by(practice, feed, server):
    """Either the time is refused, or the session is found to collide: never neither.

    In every other round the calendar answers only once the booking has begun.
    """
    rounds = {}
    for number in range(6):
        starts_at = at(9) + number * dt.timedelta(weeks=1)
        evening = starts_at + HOUR * 9, starts_at + HOUR * 10
        answer(server, [evening])
        sync_feed(feed.pk, now=NOW, accept=True)
        wanted = Wanted(practice.therapist, practice.service, practice.office, starts_at)
        token = hold_time(wanted, now=NOW).token
        begun = Event()
        answer(server, [evening, (starts_at, starts_at + HOUR)], begun if number % 2 else None)
        book_and_visit_together(feed, token, begun)
        booked = Booking.objects.filter(starts_at=starts_at).count()
        found = Collision.objects.filter(booking__starts_at=starts_at).count()
        rounds[number] = booked, found
    assert set(rounds.values()) <= {(0, 0), (1, 1)}


def answer(server, spans, after=None):
    """Let the calendar hold `spans`, and answer only after the event `after`."""
    whole = fs.calendar(fs.events(*spans))

    def wait_and_answer(handler):
        if after:
            after.wait(timeout=20)
        whole(handler)

    server.answers["/private-token.ics"] = wait_and_answer


def book_and_visit_together(feed, token, begun):
    turns = iter(["visit", "book", "book", "book"])

    def work():
        if next(turns) == "visit":
            sync_feed(feed.pk, now=NOW, accept=True)
            return
        begun.set()
        with suppress(TimeTakenError):
            confirm_booking(token, CLIENT, idempotency_key="same", now=NOW)

    together(work)
