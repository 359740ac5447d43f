"""What stands in the queue, and running it at the instant that a test has chosen."""

import datetime as dt

from django.db import connection
from django.utils.module_loading import import_string
from django_q.models import OrmQ

from scheduling.services.rebuild_openings import rebuild_openings

REBUILD = "scheduling.tasks.rebuild_openings"


def enqueued() -> list[tuple[str, tuple]]:
    """Return the dotted name and the arguments of each task that waits, oldest first."""
    return [(each.task["func"], each.task["args"]) for each in OrmQ.objects.order_by("pk")]


def run_rebuilds(now: dt.datetime) -> set[int]:
    """Do the rebuilds that wait, at the instant `now`; return the therapists they were for.

    A test is one transaction: what is noted until its commit is forgotten as a commit would.
    """
    therapists = {arguments[0] for name, arguments in enqueued() if name == REBUILD}
    OrmQ.objects.all().delete()
    connection.run_on_commit.clear()
    for therapist_id in therapists:
        rebuild_openings(therapist_id, now=now)
    return therapists


def run_all() -> None:
    """Do all that waits, and what that brings about, as a worker would now."""
    while waiting := list(OrmQ.objects.order_by("pk")):
        for each in waiting:
            import_string(each.task["func"])(*each.task["args"])
            each.delete()
