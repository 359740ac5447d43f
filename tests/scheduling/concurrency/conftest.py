"""A site in processes of its own, served by several threads of several workers."""

import contextlib
import datetime as dt
import os
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import pytest

from tests.browser.processes import PROJECT, listen, running
from tests.databases import migrated_database

CHICAGO = ZoneInfo("America/Chicago")


@dataclass(frozen=True)
class Site:
    """A running site: where it listens, its database, and a day with free times."""

    url: str
    database: str
    day: dt.date

    def at(self, hour: int, minute: int = 0, *, week: int = 0) -> str:
        """Return the instant of a wall-clock time of the day, or weeks later, for the API."""
        day = self.day + dt.timedelta(weeks=week)
        return dt.datetime.combine(day, dt.time(hour, minute), CHICAGO).isoformat()


@pytest.fixture(scope="package")
def contended_database(tmp_path_factory, worker_id):
    """A database with three therapists who share two rooms, and its environment and day."""
    folder = tmp_path_factory.mktemp("contended")
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "cms.settings.test",
        "DATA_DIR": str(folder),
    }
    run = f"contended_{os.getpid()}_{worker_id}"
    with migrated_database(folder, run) as database:
        environment["DATABASE_URL"] = database
        done = subprocess.run(
            [sys.executable, "-m", "tests.scheduling.concurrency.make_contended_practice"],
            cwd=PROJECT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-3000:]
        yield environment, dt.date.fromisoformat(done.stdout), folder


@contextlib.contextmanager
def served(contended_database, application):
    """Serve `application` with two workers of twelve threads until the block is left."""
    environment, day, folder = contended_database
    log = folder / f"{application}.log"
    with listen() as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        command = [
            sys.executable, "-m", "gunicorn", application, "--bind", f"fd://{listener.fileno()}",
            "--preload", "--workers", "2", "--worker-class", "gthread", "--threads", "12",
        ]  # fmt: skip
        with running(command, environment, log, handed_over=[listener.fileno()]):
            wait_for_an_answer(f"{url}/api/v1/slots/days", log)
            yield Site(url, environment["DATABASE_URL"], day)


def wait_for_an_answer(url, log):
    deadline = time.monotonic() + 60
    while True:
        try:
            with urllib.request.urlopen(url, timeout=60):
                return
        except OSError:
            assert time.monotonic() < deadline, log.read_text()[-3000:]


@pytest.fixture(scope="package")
def site(contended_database):
    """The site as it is."""
    with served(contended_database, "cms.wsgi") as running_site:
        yield running_site


@pytest.fixture
def unprotected_site(contended_database):
    """The site without locks."""
    if not contended_database[0]["DATABASE_URL"].startswith("postgres"):
        pytest.skip("SQLite lets one transaction write at a time: without locks there is no race")
    with served(contended_database, "tests.scheduling.concurrency.unprotected") as running_site:
        yield running_site


@pytest.fixture
def two_workers(contended_database):
    """Two clusters of workers on one queue, as where a site runs on two machines."""
    environment, _, folder = contended_database
    command = [sys.executable, "manage.py", "qcluster"]
    environment = {**environment, "WORKERS": "1"}
    with (
        running(command, environment, folder / "worker-1.log"),
        running(command, environment, folder / "worker-2.log"),
    ):
        yield
