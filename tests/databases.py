"""Databases for tests, each a copy of one that was migrated once and is kept.

All migrations take ten seconds and more, on any database, so they run once for each state of them
and not once for each process of each run. Kept are the newest few: files in var/migrated, or on
PostgreSQL databases beside the others.
"""

import contextlib
import fcntl
import hashlib
import os
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import psycopg
from django.db.backends.base.base import BaseDatabaseWrapper

from tests.browser.processes import PROJECT, manage

KEPT = PROJECT / "var" / "migrated"
NEWEST = 3


@contextlib.contextmanager
def migrated_database(folder: Path, run: str) -> Iterator[str]:
    """Yield the address of a new, migrated database: on PostgreSQL where the suite runs there.

    Else it is a file in `folder`. `run` tells databases of simultaneous runs apart.
    """
    given = os.environ.get("DATABASE_URL", "")
    if given.startswith("postgres"):
        name = f"browser_{run}"
        _in_postgres(given, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        _in_postgres(given, f'CREATE DATABASE "{name}" TEMPLATE "{_pristine_in_postgres(given)}"')
        yield _beside(given, name)
        _in_postgres(given, f'DROP DATABASE "{name}" WITH (FORCE)')
        return
    path = folder / "practice.sqlite3"
    path.write_bytes(_pristine_file().read_bytes())
    yield f"sqlite:///{path}"


@contextlib.contextmanager
def copied_for_tests(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Let Django find its test database migrated when it is about to make and migrate one.

    On SQLite it lives in memory, for as long as this block or Django is connected to it.
    """
    options = connection.settings_dict["TEST"]
    if connection.vendor == "postgresql":
        options["TEMPLATE"] = _pristine_in_postgres(os.environ["DATABASE_URL"])
        yield
        return
    options["NAME"] = "file:tests?mode=memory&cache=shared"
    with (
        contextlib.closing(sqlite3.connect(options["NAME"], uri=True)) as copy,
        contextlib.closing(sqlite3.connect(_pristine_file())) as pristine,
    ):
        pristine.backup(copy)
        yield


def fetch(address: str, statement: str, values: Sequence[object] = ()) -> list[tuple]:
    """Return the rows of one SQL statement with %s places, on the database at `address`."""
    with _connected(address) as connection:
        return connection.execute(_in_dialect(address, statement), values).fetchall()


def write(address: str, statement: str, values: Sequence[object] = ()) -> int:
    """Run one SQL statement with %s places on the database at `address`; return the row count.

    For what only time brings about, such as a hold that ran out: the server is another process, and
    Django's own connections refuse to work in a thread in which Playwright runs.
    """
    with _connected(address) as connection:
        return connection.execute(_in_dialect(address, statement), values).rowcount


@contextlib.contextmanager
def _connected(address: str) -> Iterator[Any]:
    """Yield a connection whose changes are kept when the block is left."""
    if address.startswith("sqlite"):
        path = address.removeprefix("sqlite:///")
        with contextlib.closing(sqlite3.connect(path, timeout=20)) as connection, connection:
            yield connection
    else:
        with psycopg.connect(address) as connection:
            yield connection


def _in_dialect(address: str, statement: str) -> str:
    return statement.replace("%s", "?") if address.startswith("sqlite") else statement


def _pristine_file() -> Path:
    """Return the path of a migrated file; make it if need be.

    Several processes of one run come here at once: one of them migrates, the others wait.
    """
    KEPT.mkdir(parents=True, exist_ok=True)
    pristine = KEPT / f"{_fingerprint_of_migrations()}.sqlite3"
    with (KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not pristine.exists():
            half = pristine.with_suffix(".half")
            half.unlink(missing_ok=True)
            _migrate(f"sqlite:///{half}")
            half.rename(pristine)
            found = sorted(KEPT.glob("*.sqlite3"), key=lambda path: path.stat().st_mtime)
            for outdated in found[:-NEWEST]:
                outdated.unlink()
    return pristine


def _pristine_in_postgres(given: str) -> str:
    """Return the name of a migrated database that nobody is connected to; make it if need be."""
    name = f"pristine_{_fingerprint_of_migrations()}"
    # A lock is a database's own: runs in different ones meet in the one that every server has.
    with psycopg.connect(_beside(given, "postgres"), autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(4711)")
        oldest_first = (
            "SELECT datname FROM pg_database WHERE datname LIKE 'pristine\\_%' ORDER BY oid"
        )
        kept = [row[0] for row in connection.execute(oldest_first)]
        if name in kept:
            return name
        for outdated in kept[: 1 - NEWEST]:
            connection.execute(f'DROP DATABASE "{outdated}" WITH (FORCE)')
        half = f"half_{name}"
        connection.execute(f'DROP DATABASE IF EXISTS "{half}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{half}"')
        _migrate(_beside(given, half))
        connection.execute(f'ALTER DATABASE "{half}" RENAME TO "{name}"')
    return name


def _migrate(address: str) -> None:
    manage(
        {**os.environ, "DJANGO_SETTINGS_MODULE": "cms.settings.test", "DATABASE_URL": address},
        "migrate",
        "--verbosity=0",
    )


def _beside(address: str, name: str) -> str:
    return f"{address.rsplit('/', 1)[0]}/{name}"


def _fingerprint_of_migrations() -> str:
    """Return a name that changes with any migration, ours or a package's."""
    found = hashlib.sha256((PROJECT / "requirements-test.lock").read_bytes())
    for path in sorted(PROJECT.glob("[a-z]*/**/migrations/*.py")):
        found.update(path.read_bytes())
    return found.hexdigest()[:16]


def _in_postgres(address: str, statement: str) -> None:
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(statement)
