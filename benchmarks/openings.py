"""What openings and search cost, in units of a row read by its key through the ORM.

    python -m benchmarks.openings [--therapists N …] [--peer PYTHON]

Medians of CPU time: of this process, and on PostgreSQL of the backend that serves its connection
(the kernel's count in /proc; what PostgreSQL's other processes do is left out). SQLite works inside
this process. The database is the one of the settings (DATABASE_URL), under the name of a test
database that is made anew and removed. Run it once for each database. The questions take turns, so
that a busy moment of the machine falls on all of them.

PYTHON is an interpreter that has django-appointment 3.12: it computes the slots of the same
therapists, in a process of its own on SQLite. It has no search: a month of many therapists is one
therapist's month times their number.
"""

import argparse
import datetime as dt
import gc
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.test")
if __name__ == "__main__":
    import django

    django.setup()

from django.db import connection
from django.test.utils import CaptureQueriesContext

from benchmarks.clock import Clock
from benchmarks.loading import load_practice, load_therapists
from benchmarks.practice import NOW, ZONE, week_of
from locations.models import Place
from scheduling import domain
from scheduling.models import (
    BusyTime,
    CalendarFeed,
    MonthOfOpenings,
    Opening,
    OpenStarts,
    Service,
    Therapist,
    Topic,
)
from scheduling.selectors import search
from scheduling.selectors.facts import facts_for
from scheduling.services.rebuild_openings import rebuild_openings

TOPIC = 0
# Within the days that have openings, with the change of the clocks on the 14th.
MONTH = (dt.date(2027, 3, 1), dt.date(2027, 3, 31))
LATER = NOW + dt.timedelta(minutes=20)
TIMES = 41
TAKEN = 1  # a generation of its own, by which what was added is found again


class Question(NamedTuple):
    """Something to measure: at most `units` of the first question's time, if that is asked.

    `before` is what must happen each time before it is asked, and is not measured.
    """

    name: str
    work: Callable[[], Any]
    units: float | None = None
    before: Callable[[], Any] = lambda: None


class Turns:
    """Some therapists one after the other, whose openings are rebuilt after something happened."""

    def __init__(self, count: int, *, but: Therapist) -> None:
        numbers = range(0, count, max(1, count // 10))
        self.therapists = [
            Therapist.objects.get(slug=f"sample-{each}")
            for each in numbers
            if f"sample-{each}" != but.slug
        ]
        self.turn = 0

    def next(self) -> Therapist:
        """Go on to the next one."""
        self.turn = (self.turn + 1) % len(self.therapists)
        return self.now

    @property
    def now(self) -> Therapist:
        """The one whose turn it is."""
        return self.therapists[self.turn]

    def take_an_hour(self) -> None:
        """Let a calendar take the first hour that is free in a week, or give it back."""
        feed = CalendarFeed.objects.get(therapist=self.next())
        if taken := BusyTime.objects.filter(feed=feed, generation=TAKEN).first():
            taken.delete()
            return
        free = self.now.openings.filter(starts_at__gt=NOW + dt.timedelta(days=7))
        start = free.earliest("starts_at").starts_at
        end = start + dt.timedelta(hours=1)
        BusyTime.objects.create(feed=feed, generation=TAKEN, starts_at=start, ends_at=end)

    def lose_everything(self) -> None:
        """Empty the read model of the next one."""
        self.next()
        for model in (Opening, OpenStarts, MonthOfOpenings):
            model.objects.filter(therapist=self.now).delete()

    def rebuild(self) -> None:
        """Rebuild all days of the one whose turn it is."""
        rebuild_openings(self.now.pk, now=NOW)


def questions(count: int) -> list[Question]:
    """Return what is measured for `count` therapists; the unit comes first."""
    today = NOW.astimezone(ZONE).date()
    number = next(each for each in range(count) if TOPIC in week_of(each).topics)
    therapist = Therapist.objects.get(slug=f"sample-{number}")
    service = Service.objects.get(slug="session")
    online = Place.objects.get(slug="online-il").pk
    topic = Topic.objects.get(slug=f"topic-{TOPIC}").pk
    key = Opening.objects.filter(therapist=therapist).values_list("pk", flat=True)[0]
    first, last = today + dt.timedelta(days=1), today + dt.timedelta(days=30)
    facts = facts_for(therapist, now=NOW, first=first, last=last, services=[service])

    wanted = search.Search(place=online, topic=topic, day_part=Opening.DayPart.EVENING)
    month = search.Search(first=MONTH[0], last=MONTH[1])
    filtered = search.Search(online, None, None, *MONTH, topic, day_part=Opening.DayPart.EVENING)
    own = search.Search(None, service.pk, therapist.pk, first, last)
    soon, turns = search.Search(), Turns(count, but=therapist)
    return [
        Question("a row read by key", lambda: Opening.objects.get(pk=key)),
        Question("20 rows by key, as values", lambda: list(_plain(key))),
        Question("next 20 by a filter", lambda: search.next_openings(wanted, now=LATER), 6),
        Question("next 20 of all", lambda: search.next_openings(soon, now=LATER)),
        Question("month, filtered", lambda: search.days_with_openings(filtered, now=LATER), 5),
        Question("month, unfiltered", lambda: search.days_with_openings(month, now=LATER), 10),
        Question("days from today, unfiltered", lambda: search.days_with_openings(soon, now=LATER)),
        Question(
            "one therapist's 30 days", lambda: search.next_openings(own, now=LATER, limit=500), 4
        ),
        Question("one rebuilt, an hour taken", turns.rebuild, 10, turns.take_an_hour),
        Question("one rebuilt, nothing changed", turns.rebuild, 10, turns.next),
        Question("one rebuilt from nothing", turns.rebuild, None, turns.lose_everything),
        Question(
            "30 days computed from facts",
            lambda: domain.openings_between(therapist.pk, first, last, facts),
        ),
        Question(
            "30 days, facts read too",
            lambda: domain.openings_between(
                therapist.pk,
                first,
                last,
                facts_for(therapist, now=NOW, first=first, last=last, services=[service]),
            ),
        ),
    ]


def _plain(key: int) -> Any:
    return Opening.objects.filter(pk__gte=key).order_by("pk").values_list()[:20]


def measure(asked: list[Question]) -> dict[str, tuple[float, float]]:
    """Return the median seconds of each question, of the client and of the database."""
    clock = Clock()
    taken: dict[str, list[tuple[float, float]]] = {each.name: [] for each in asked}
    gc.collect()
    gc.disable()
    for _ in range(TIMES):
        for each in asked:
            each.before()
            each.work()  # so that none pays for what the one before it left in the caches
            each.before()
            client, database = clock.read()
            each.work()
            client_now, database_now = clock.read()
            taken[each.name].append((client_now - client, database_now - database))
    gc.enable()
    return {
        name: (statistics.median(c for c, _ in times), statistics.median(d for _, d in times))
        for name, times in taken.items()
    }


def queries_of(question: Question) -> int:
    """Return how many queries it takes to answer."""
    question.before()
    with CaptureQueriesContext(connection) as sent:
        question.work()
    return sum(
        not each["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")) for each in sent
    )


def compare_with_peer(peer: str, count: int, taken: dict[str, tuple[float, float]]) -> None:
    """Print what django-appointment takes for the same questions."""
    command = [peer, str(Path(__file__).with_name("peer.py")), str(count), str(TOPIC)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"  django-appointment did not run: {done.stderr.strip().splitlines()[-1:]}")
        return
    theirs = json.loads(done.stdout.splitlines()[-1])
    one, ours = theirs["thirty_days"], sum(taken["30 days computed from facts"])
    rows = [
        ("30 days computed from facts", one, "  target 1/200"),
        ("30 days, facts read too", one, ""),
        ("one therapist's 30 days", one, ""),
        ("next 20 by a filter", theirs["next_twenty"], ""),
        ("month, filtered", one * theirs["therapists"], "  (times therapists)"),
        ("month, unfiltered", one * count, "  (times therapists)"),
    ]
    print(f"  django-appointment: {theirs['slots']} slots in one therapist's 30 days")
    for name, seconds, note in rows:
        ours = sum(taken[name])
        print(f"  {name:30} {seconds * 1e3:10.1f} ms   1/{seconds / ours:,.0f}{note}")


def show(
    asked: list[Question], taken: dict[str, tuple[float, float]], before: dict[str, float]
) -> dict[str, float]:
    """Print the table of one size; return the ratios."""
    unit = sum(taken[asked[0].name])
    ratios = {}
    print(
        f"  {'':30} {'client':>9} {'database':>9} {'ratio':>7} {'target':>7} {'growth':>7} queries"
    )
    for each in asked:
        client, database = taken[each.name]
        ratio = ratios[each.name] = (client + database) / unit
        target = f"{each.units:.0f}" if each.units else ""
        growth = f"{ratio / before[each.name]:.1f}" if each.name in before else ""
        missed = "  MISSED" if each.units and ratio > each.units else ""
        print(
            f"  {each.name:30} {client * 1e3:6.3f} ms {database * 1e3:6.3f} ms {ratio:7.1f}"
            f" {target:>7} {growth:>7} {queries_of(each):7}{missed}"
        )
    return ratios


def main() -> None:
    """Load a growing practice and measure it at each size."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--therapists", type=int, nargs="+", default=[10, 100, 1_000])
    parser.add_argument("--peer", default=os.environ.get("DJANGO_APPOINTMENT_PYTHON", ""))
    options = parser.parse_args()
    connection.settings_dict["TEST"]["MIGRATE"] = False
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = f"{connection.settings_dict['NAME']}.benchmark"
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        load_practice()
        loaded, smallest = 0, {}
        for count in sorted(options.therapists):
            began = time.process_time()
            load_therapists(loaded, count)
            with connection.cursor() as cursor:
                # What PostgreSQL does by itself sooner or later, and a benchmark doesn't wait for.
                cursor.execute("VACUUM ANALYZE" if cursor.db.vendor == "postgresql" else "ANALYZE")
            spent = time.process_time() - began
            rows = Opening.objects.count()
            print(f"\n{connection.vendor}: {count:,} therapists, {rows:,} openings", end="")
            print(f" ({count - loaded:,} therapists loaded in {spent:.0f} s)")
            loaded = count
            asked = questions(count)
            taken = measure(asked)
            ratios = show(asked, taken, smallest)
            smallest = smallest or ratios
            if options.peer:
                compare_with_peer(options.peer, count, taken)
            else:
                print("  django-appointment left out: name an interpreter with --peer")
            sys.stdout.flush()
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


if __name__ == "__main__":
    main()
