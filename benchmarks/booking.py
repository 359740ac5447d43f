"""What booking costs, beside a bare insert that ignores conflicts, while clients contend.

    python -m benchmarks.booking [--clients N] [--attempts N]

N processes at once ask for random starts of a few therapists, so that most of them come too late.
The booking path is all that the site does: hold, with its locks and rules, then confirm, with the
client's details, policy, history and mails, and the read model kept true; who comes too late is
told three other times. The bare insert writes the twelve unique cells that a session takes in one
statement that ignores conflicts, and knows nothing else.

Both run on the database of the settings (DATABASE_URL), under the name of a test database that is
made anew and removed. Attempts a second are by the clock on the wall, in rounds that take turns;
CPU time is that of the clients and, on PostgreSQL, of the backends that serve them.
"""

import argparse
import datetime as dt
import logging
import multiprocessing
import os
import random
import statistics
import time
from collections.abc import Callable
from typing import NamedTuple

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.test")
if __name__ == "__main__":
    import django

    django.setup()

from django.db import connection

from benchmarks.clock import Clock
from benchmarks.loading import load_practice, load_therapists
from benchmarks.practice import NOW
from locations.models import Place
from scheduling.models import (
    Booking,
    BookingChange,
    BookingMail,
    CalendarFeed,
    Claim,
    ClaimedCell,
    Hold,
    Opening,
    Policy,
    Resource,
    Service,
    Therapist,
)
from scheduling.selectors.openings import Wanted
from scheduling.services.claim_time import cells_between
from scheduling.services.confirm_booking import ClientDetails, confirm_booking
from scheduling.services.errors import BookingError
from scheduling.services.hold_time import hold_time
from scheduling.services.rebuild_openings import rebuild_openings

THERAPISTS, ROUNDS = 3, 5
CLIENT = ClientDetails("Casey Sample", "casey@example.org", "+13125550123", "America/Chicago")
HOUR = dt.timedelta(hours=1)


class Spent(NamedTuple):
    """What one client did: sessions won, attempts made, and the CPU seconds they took."""

    won: int
    made: int
    cpu: float


def book(wanted: Wanted) -> bool:
    """Go the whole path; return whether the session is booked."""
    try:
        held = hold_time(wanted, now=NOW)
        confirm_booking(held.token, CLIENT, idempotency_key="once", now=NOW)
    except BookingError:
        return False
    return True


def insert(wanted: Wanted) -> bool:
    """Insert the cells that the session would take, but for those that are taken already."""
    cells = cells_between(wanted.starts_at, wanted.starts_at + HOUR)
    claim, resource = BARE[wanted.therapist.pk]
    ClaimedCell.objects.bulk_create(
        [ClaimedCell(claim_id=claim, resource_id=resource, cell=each) for each in cells],
        ignore_conflicts=True,
    )
    return True


BARE: dict[int, tuple[int, int]] = {}  # a claim and its resource, by therapist


def be_a_client(
    attempt: Callable[[Wanted], bool], wanted: list[Wanted], answers: multiprocessing.Queue
) -> None:
    """Make all attempts, in a process of its own with a connection of its own."""
    connection.close()
    clock = Clock()
    client, database = clock.read()
    won = sum(attempt(each) for each in wanted)
    client_now, database_now = clock.read()
    answers.put(Spent(won, len(wanted), client_now - client + database_now - database))
    connection.close()


def contend(
    attempt: Callable[[Wanted], bool], starts: list[Wanted], clients: int, attempts: int, seed: int
) -> tuple[float, list[Spent]]:
    """Let the clients loose; return the seconds it took and what each did."""
    rng = random.Random(seed)
    context = multiprocessing.get_context("fork")
    answers: multiprocessing.Queue = context.Queue()
    connection.close()
    processes = [
        context.Process(
            target=be_a_client, args=(attempt, rng.choices(starts, k=attempts), answers)
        )
        for _ in range(clients)
    ]
    began = time.monotonic()
    for process in processes:
        process.start()
    spent = [answers.get() for _ in processes]
    seconds = time.monotonic() - began
    for process in processes:
        process.join()
    return seconds, spent


def prepare() -> list[Wanted]:
    """Load some therapists with calendars that were just read; return what can be asked for."""
    load_practice()
    load_therapists(0, THERAPISTS)
    CalendarFeed.objects.update(succeeded_at=NOW)
    Policy.objects.create(version=1, text="A sample policy.", notice_hours=24)
    service = Service.objects.get(slug="session")
    rows = Opening.objects.filter(service=service, starts_at__lt=NOW + dt.timedelta(days=14))
    return [
        Wanted(row.therapist, service, row.place, row.starts_at)
        for row in rows.select_related("therapist", "place__jurisdiction")
    ]


def clear() -> None:
    """Take back what was booked, for the next round."""
    for model in (ClaimedCell, Claim, BookingMail, BookingChange, Booking, Hold):
        model.objects.all().delete()
    for therapist in Therapist.objects.all():
        rebuild_openings(therapist.pk, now=NOW)


def prepare_bare(service: Service) -> None:
    """Write a claim of each therapist that bare cells can belong to."""
    place = Place.objects.filter(is_online=True)[0]
    for therapist in Therapist.objects.all():
        resource, _ = Resource.objects.get_or_create(therapist=therapist)
        hold = Hold.objects.create(
            therapist=therapist,
            service=service,
            place=place,
            starts_at=NOW,
            ends_at=NOW + HOUR,
            token_digest=str(therapist.pk),
            expires_at=NOW,
        )
        claim = Claim.objects.create(
            resource=resource, hold=hold, starts_at=NOW, ends_at=NOW + HOUR
        )
        BARE[therapist.pk] = claim.pk, resource.pk


def measure(clients: int, attempts: int) -> None:
    """Let both ways take turns, and print what each got done."""
    starts = prepare()
    speed: dict[str, list[float]] = {"booking path": [], "bare insert": []}
    cpu: dict[str, list[float]] = {"booking path": [], "bare insert": []}
    won = 0
    for seed in range(ROUNDS):
        clear()
        seconds, spent = contend(book, starts, clients, attempts, seed)
        note(speed["booking path"], cpu["booking path"], seconds, spent)
        won += sum(each.won for each in spent)
        clear()
        prepare_bare(starts[0].service)
        # Ten times as many: it is over before the processes have all begun otherwise.
        seconds, spent = contend(insert, starts, clients, 10 * attempts, seed)
        note(speed["bare insert"], cpu["bare insert"], seconds, spent)
    print(f"\n{connection.vendor}: {clients} clients, {ROUNDS} rounds of {clients * attempts}")
    print(f"  {won} sessions booked of {ROUNDS * clients * attempts} attempts")
    for name, speeds in speed.items():
        a_second, each = statistics.median(speeds), statistics.median(cpu[name])
        print(f"  {name:14} {a_second:9,.0f} attempts a second {each * 1e3:8.2f} ms of CPU each")
    ratio = statistics.median(speed["bare insert"]) / statistics.median(speed["booking path"])
    of_cpu = statistics.median(cpu["booking path"]) / statistics.median(cpu["bare insert"])
    print(f"  1/{ratio:.1f} of the bare insert's attempts a second (target 1/8); CPU {of_cpu:.1f}")


def note(speed: list[float], cpu: list[float], seconds: float, spent: list[Spent]) -> None:
    """Write down how many attempts a second there were, and the CPU seconds of one."""
    made = sum(each.made for each in spent)
    speed.append(made / seconds)
    cpu.append(sum(each.cpu for each in spent) / made)


def main() -> None:
    """Measure in a database of its own."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--attempts", type=int, default=100, help="of each client in each round")
    options = parser.parse_args()
    logging.disable(logging.INFO)
    connection.settings_dict["TEST"]["MIGRATE"] = False
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = f"{name}.benchmark"
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        measure(options.clients, options.attempts)
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


if __name__ == "__main__":
    main()
