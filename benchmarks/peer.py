"""The same therapists, weeks and busy hours in django-appointment, and what its slots cost.

Run by the benchmark of openings with an interpreter that has django-appointment installed, in a
process of its own with a database in memory. It prints one JSON object: CPU seconds per question.
"""

import datetime as dt
import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

if __name__ == "__main__":  # by path, with another interpreter: the project is not installed there
    sys.path.insert(0, str(Path(__file__).parent.parent))

import django
from django.conf import settings

from benchmarks.practice import NOW, ZONE, busy_times, week_of

EVENING = 17
MINUTES = 50


def start_django() -> None:
    """Set up Django with django-appointment alone and empty tables."""
    settings.configure(
        SECRET_KEY="benchmark",  # noqa: S106  # nothing is signed
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
        INSTALLED_APPS=[
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "appointment",
        ],
        CACHES={"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}},
        USE_TZ=True,
        TIME_ZONE=ZONE.key,
        LOGGING_CONFIG=None,
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    )
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415  # Django must be set up

    call_command("migrate", run_syncdb=True, verbosity=0)  # it comes without migrations


def load(numbers: list[int]) -> list[Any]:
    """Write the therapists `numbers` with their hours and busy times; return the staff members."""
    from appointment.models import (  # noqa: PLC0415  # Django must be set up
        Config,
        Service,
        StaffMember,
        Unavailability,
        WorkingHours,
    )
    from django.contrib.auth.models import User  # noqa: PLC0415

    Config.objects.create(slot_duration=30, slot_gap_time=0)
    length = dt.timedelta(minutes=MINUTES)
    service = Service.objects.create(name="Sample session", duration=length, price=100)
    staff = []
    for number in numbers:
        member = StaffMember.objects.create(user=User.objects.create(username=f"sample{number}"))
        member.services_offered.add(service)
        week = week_of(number)
        WorkingHours.objects.bulk_create(
            WorkingHours(
                staff_member=member,
                day_of_week=(weekday + 1) % 7,
                start_time=week.starts,
                end_time=week.ends,
            )
            for weekday in week.weekdays
        )
        Unavailability.objects.bulk_create(
            Unavailability(staff_member=member, date=date, start_time=starts, end_time=ends)
            for date, starts, ends in busy_times(number)
        )
        staff.append(member)
    return staff


def slots(member: Any, service: Any, date: dt.date) -> list[dt.datetime]:
    """Return the free starts of a day, as django-appointment's own page asks for them."""
    from appointment.services import get_available_slots_for_staff  # noqa: PLC0415
    from appointment.utils.db_helpers import get_weekday_num  # noqa: PLC0415

    return get_available_slots_for_staff(
        date, member, get_weekday_num(date.strftime("%A")), service=service
    )


def cpu(work: Callable[[], Any], times: int) -> float:
    """Return the median CPU seconds of `work`."""
    taken = []
    for _ in range(times):
        began = time.process_time()
        work()
        taken.append(time.process_time() - began)
    return statistics.median(taken)


def main() -> None:
    """Measure one therapist's 30 days, and 20 evening starts among the therapists of one topic."""
    count, topic = int(sys.argv[1]), int(sys.argv[2])
    start_django()
    numbers = [number for number in range(count) if topic in week_of(number).topics]
    staff = load(numbers)
    from appointment.models import Service  # noqa: PLC0415
    from appointment.models import StaffMember as Staff  # noqa: PLC0415

    service = Service.objects.get()
    today = NOW.astimezone(ZONE).date()
    days = [today + dt.timedelta(days=offset) for offset in range(1, 31)]

    def thirty_days() -> int:
        member = Staff.objects.get(pk=staff[0].pk)
        return sum(len(slots(member, service, date)) for date in days)

    def next_twenty() -> int:
        found = 0
        for date in days:
            for member in Staff.objects.filter(pk__in=[each.pk for each in staff]):
                found += sum(start.hour >= EVENING for start in slots(member, service, date))
            if found >= 20:
                break
        return found

    print()  # django-appointment logs to the same stream
    json.dump(
        {
            "first": numbers[0],
            "slots": thirty_days(),
            "thirty_days": cpu(thirty_days, 7),
            "next_twenty": cpu(next_twenty, 3),
            "found": next_twenty(),
            "therapists": len(staff),
        },
        sys.stdout,
    )


if __name__ == "__main__":
    main()
