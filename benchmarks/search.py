"""What search and a rebuild cost with 10, 100 and 1,000 therapists.

    python -m benchmarks.search [THERAPISTS …]

Each therapist has 60 days of openings, a change of the clocks among them.
Medians of this process's CPU time, beside a row read by its key through the ORM on the same
connection. On SQLite in a folder of its own, or in the empty database that DATABASE_URL names.
"""

import datetime as dt
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from typing import Any

SIZES = (10, 100, 1000)
NOW = dt.datetime(2027, 2, 1, 18, tzinfo=dt.UTC)
MONTH = (dt.date(2027, 3, 1), dt.date(2027, 3, 31))


def main(sizes: list[int]) -> None:
    """Fill the database step by step and measure at each size."""
    from django.core.management import call_command  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    practice = make_places()
    have = 0
    print(f"{'therapists':>10} {'openings':>9}  " + "".join(f"{name:>22}" for name in questions(0)))
    for size in sizes:
        add_therapists(practice, have, size)
        have = size
        report(size)


def report(size: int) -> None:
    """Print one line: the time of each question, and how many reads by key it is."""
    from scheduling.models import Opening, Therapist  # noqa: PLC0415

    key = Therapist.objects.order_by("pk")[size // 2].pk
    asked = questions(key)
    medians = {name: median(work) for name, work in asked.items()}
    one = medians["row by key"]
    cells = [f"{value * 1000:9.2f} ms ({value / one:5.1f})" for value in medians.values()]
    print(f"{size:>10} {Opening.objects.count():>9}  " + "".join(f"{cell:>22}" for cell in cells))


def questions(therapist: int) -> dict[str, Callable[[], Any]]:
    """Return what is measured, by name; `therapist` is the key of the one who is asked about."""
    from scheduling.models import Service, Therapist  # noqa: PLC0415
    from scheduling.selectors import search  # noqa: PLC0415
    from scheduling.services.rebuild_openings import rebuild_openings  # noqa: PLC0415

    service = Service.objects.values_list("pk", flat=True)[0]
    place = service_area()
    last = NOW.date() + dt.timedelta(days=30)
    filtered = search.Search(place=place, service=service)
    of_one = search.Search(therapist=therapist, last=last)
    return {
        "row by key": lambda: Therapist.objects.get(pk=therapist) if therapist else None,
        "next 20": lambda: search.next_openings(filtered, now=NOW),
        "month, one place": lambda: search.days_with_openings(
            search.Search(place, service, None, *MONTH), now=NOW
        ),
        "month, all": lambda: search.days_with_openings(
            search.Search(None, None, None, *MONTH), now=NOW
        ),
        "one, 30 days": lambda: search.next_openings(of_one, now=NOW, limit=500),
        "rebuild of one": lambda: rebuild_openings(therapist, now=NOW),
    }


def median(work: Callable[[], Any], times: int = 15) -> float:
    """Return the median CPU time of `work` in seconds, after one run that warms up."""
    work()
    seconds = []
    for _ in range(times):
        began = time.process_time()
        work()
        seconds.append(time.process_time() - began)
    return statistics.median(seconds)


def make_places() -> Any:
    """Write an office with many rooms, a service area and one service."""
    from locations.models import Room  # noqa: PLC0415
    from scheduling.models import SchedulingSettings  # noqa: PLC0415
    from tests.practice import make_practice  # noqa: PLC0415

    practice = make_practice()
    practice.therapist.delete()
    SchedulingSettings.load()
    Room.objects.bulk_create(
        Room(office=practice.office, name=f"Room {number}") for number in range(2, 40)
    )
    return practice


def service_area() -> int:
    """Return the key of the place that is searched."""
    from locations.models import ServiceArea  # noqa: PLC0415

    return ServiceArea.objects.values_list("pk", flat=True)[0]


def add_therapists(practice: Any, have: int, size: int) -> None:
    """Write therapists up to `size`, who work mornings on weekdays, with their openings."""
    from scheduling.models import (  # noqa: PLC0415
        Licence,
        MonthOfOpenings,
        Opening,
        Therapist,
        WorkingHours,
    )
    from scheduling.services.rebuild_openings import rebuild_openings  # noqa: PLC0415

    made = Therapist.objects.bulk_create(
        Therapist(name=f"Sample {number}", slug=f"sample-{number}") for number in range(have, size)
    )
    Therapist.services.through.objects.bulk_create(
        Therapist.services.through(therapist=each, service=practice.service) for each in made
    )
    Licence.objects.bulk_create(
        Licence(
            therapist=each,
            jurisdiction=practice.online.jurisdiction,
            authority="Sample authority",
            number="SAMPLE",
            valid_until=dt.date(2030, 12, 31),
        )
        for each in made
    )
    WorkingHours.objects.bulk_create(
        WorkingHours(
            therapist=each,
            weekday=weekday,
            starts=dt.time(9),
            ends=dt.time(11),
            office=practice.office,
        )
        for each in made
        for weekday in range(5)
    )
    rebuild_openings(made[0].pk, now=NOW)
    for model in (Opening, MonthOfOpenings):
        pattern = list(model.objects.filter(therapist=made[0]).values())
        model.objects.bulk_create(
            (
                model(**row | {"id": None, "therapist_id": each.pk})
                for each in made[1:]
                for row in pattern
            ),
            batch_size=5000,
        )


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        os.environ |= {"DJANGO_SETTINGS_MODULE": "cms.settings.test", "DATA_DIR": folder}
        import logging

        import django

        django.setup()
        logging.disable(logging.CRITICAL)
        main([int(size) for size in sys.argv[1:]] or list(SIZES))
