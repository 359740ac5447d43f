"""Write a practice whose three therapists work the same hours and share two rooms.

Several people at the desk are logged in: the key of each one's session is the user name.

Run as a program of its own, on the database in DATABASE_URL. Prints the first Tuesday on which a
time can be booked.
"""

import datetime as dt
import sys

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.contrib.sessions.models import Session  # noqa: E402
from django.utils import timezone  # noqa: E402

from home.staff_groups import DESK  # noqa: E402
from locations.models import Room  # noqa: E402
from scheduling.models import WorkingHours  # noqa: E402
from scheduling.services.rebuild_openings import rebuild_openings  # noqa: E402
from tests.practice import add_therapist, make_practice  # noqa: E402
from tests.staff import make_staff  # noqa: E402

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
for number in range(4):
    user = make_staff(DESK, name=f"contended-desk-{number}")
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    Session.objects.filter(pk=session.session_key).update(session_key=user.username)
day = timezone.localdate() + dt.timedelta(days=2)
sys.stdout.write(str(day + dt.timedelta(days=(1 - day.weekday()) % 7)))
