"""The database that the site under test has for itself."""

import contextlib
import hashlib
import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import psycopg

from tests.browser.processes import PROJECT, manage


@contextlib.contextmanager
def migrated_database(
    environment: Mapping[str, str], folder: Path, kept: Path, run: str
) -> Iterator[str]:
    """Yield the address of a new, migrated database: on PostgreSQL where the suite runs there.

    Else it is a file in `folder`. Either is copied from one that is kept, a file in `kept` or a
    database beside the others, if the migrations are still the same: they take ten seconds and
    more. `run` tells databases of simultaneous runs apart.
    """
    given = os.environ.get("DATABASE_URL", "")
    if given.startswith("postgres"):
        name = f"browser_{run}"
        address = f"{given.rsplit('/', 1)[0]}/{name}"
        _in_postgres(given, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        pristine = _pristine_in_postgres(environment, given)
        _in_postgres(given, f'CREATE DATABASE "{name}" TEMPLATE "{pristine}"')
        yield address
        _in_postgres(given, f'DROP DATABASE "{name}" WITH (FORCE)')
        return
    path = folder / "practice.sqlite3"
    address = f"sqlite:///{path}"
    pristine = kept / f"{_fingerprint_of_migrations()}.sqlite3"
    if pristine.exists():
        path.write_bytes(pristine.read_bytes())
    else:
        manage({**environment, "DATABASE_URL": address}, "migrate", "--verbosity=0")
        _keep(path, pristine)
    yield address


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


def _keep(path: Path, pristine: Path) -> None:
    """Copy a migrated file so that nobody ever sees half of it."""
    half = pristine.with_suffix(f".{os.getpid()}")
    with (
        contextlib.closing(sqlite3.connect(path)) as source,
        contextlib.closing(sqlite3.connect(half)) as copy,
    ):
        source.backup(copy)
    half.rename(pristine)


def _pristine_in_postgres(environment: Mapping[str, str], given: str) -> str:
    """Return the name of a migrated database that nobody is connected to; make it if need be.

    Several processes of one run come here at once: one of them migrates, the others wait.
    """
    name = f"pristine_{_fingerprint_of_migrations()}"
    with psycopg.connect(given, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(4711)")
        found = "SELECT datname FROM pg_database WHERE datname LIKE 'pristine\\_%'"
        kept = {row[0] for row in connection.execute(found)}
        if name in kept:
            return name
        for outdated in kept:
            connection.execute(f'DROP DATABASE "{outdated}" WITH (FORCE)')
        half = f"half_{name}"
        connection.execute(f'DROP DATABASE IF EXISTS "{half}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{half}"')
        address = f"{given.rsplit('/', 1)[0]}/{half}"
        manage({**environment, "DATABASE_URL": address}, "migrate", "--verbosity=0")
        connection.execute(f'ALTER DATABASE "{half}" RENAME TO "{name}"')
    return name


def _fingerprint_of_migrations() -> str:
    """Return a name that changes with any migration, ours or a package's."""
    found = hashlib.sha256((PROJECT / "requirements-test.lock").read_bytes())
    for path in sorted(PROJECT.glob("[a-z]*/**/migrations/*.py")):
        found.update(path.read_bytes())
    return found.hexdigest()[:16]


def _in_postgres(address: str, statement: str) -> None:
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(statement)
