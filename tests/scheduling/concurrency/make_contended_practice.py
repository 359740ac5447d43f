"""Write a practice whose three therapists work the same hours and share two rooms.

Run as a program of its own, on the database in DATABASE_URL. Prints the first Tuesday on which a
time can be booked.
"""

import datetime as dt
import sys

import django

django.setup()

from django.utils import timezone  # noqa: E402

from locations.models import Room  # noqa: E402
from scheduling.models import WorkingHours  # noqa: E402
from scheduling.services.rebuild_openings import rebuild_openings  # noqa: E402
from tests.practice import add_therapist, make_practice  # noqa: E402

practice = make_practice()
Room.objects.create(office=practice.office, name="Room 2")
therapists = [practice.therapist] + [
    add_therapist(
        practice.service,
        practice.office,
        practice.online.jurisdiction,
        slug=f"{name}-sample",
        name=f"{name.title()} Sample",
    )
    for name in ("ben", "cleo")
]
WorkingHours.objects.update(ends=dt.time(20))
for therapist in therapists:
    rebuild_openings(therapist.pk, now=timezone.now())
day = timezone.localdate() + dt.timedelta(days=2)
sys.stdout.write(str(day + dt.timedelta(days=(1 - day.weekday()) % 7)))
