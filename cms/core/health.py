"""What has to work before the site can serve clients."""

import datetime as dt
from collections.abc import Iterator
from functools import cache as once

from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Max
from django_q.models import Task

# The schedules run every minute; a task may take up to 90 seconds and be tried again after 120.
WORKER_SILENCE = dt.timedelta(minutes=5)


class _NotMigratedError(Exception):
    """Some migrations are not applied; how many is the argument."""


def problems(*, now: dt.datetime) -> Iterator[str]:
    """Yield one sentence for each thing that is missing at the instant `now`."""
    try:
        connection.ensure_connection()
        _require_migrations()
    except DatabaseError:
        yield "The database does not answer."
        return
    except _NotMigratedError as error:
        yield f"The database is behind the program: {error} migrations are not applied."
        return
    yield from _worker_problems(now)
    yield from _cache_problems()


@once
def _require_migrations() -> None:
    """Raise _NotMigratedError. Asked until it holds once: a process never loses migrations."""
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        raise _NotMigratedError(len(missing))


def _worker_problems(now: dt.datetime) -> Iterator[str]:
    latest = Task.objects.aggregate(latest=Max("stopped"))["latest"]
    if latest is None:
        yield "The worker has not done anything yet."
    elif now - latest > WORKER_SILENCE:
        minutes = int((now - latest).total_seconds() // 60)
        yield f"The worker has done nothing for {minutes} minutes."


def _cache_problems() -> Iterator[str]:
    try:
        cache.set("readyz", "written", timeout=10)
        works = cache.get("readyz") == "written"
    except Exception:  # each kind of cache raises its own
        works = False
    if not works:
        yield "The cache does not answer."
