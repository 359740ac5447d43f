"""Be one of several workers: claim the calendars that are due, minute after minute.

Run as a program of its own, on the database in DATABASE_URL. Says when it is ready, begins at a
line of its input, and prints what it claimed in each of ten minutes.
"""

import datetime as dt
import json
import sys

import django

django.setup()

from django.db import connection  # noqa: E402

from scheduling.services.claim_due_feeds import claim_due_feeds  # noqa: E402
from tests.practice import NOW  # noqa: E402

connection.ensure_connection()
sys.stdout.write("ready\n")
sys.stdout.flush()
sys.stdin.readline()
minutes = [NOW + dt.timedelta(minutes=minute) for minute in range(10)]
json.dump([claim_due_feeds(now=now) for now in minutes], sys.stdout)
