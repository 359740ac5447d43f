"""The whole site as it runs: database, web server, worker, calendar server, each a real process."""

import contextlib
import os
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from home.management.commands.serve import listens
from tests.browser.processes import free_port, listen, manage, running
from tests.databases import migrated_database
from tests.mail_server import Mailbox, mail_server

PYTHON = sys.executable


@dataclass(frozen=True)
class Site:
    """The running site, and what a test may reach behind it."""

    url: str
    database: str
    calendars: str
    mailbox: Mailbox
    environment: Mapping[str, str]

    def manage(self, *arguments: str) -> str:
        """Run one command of manage.py beside the site; return what it printed."""
        return manage(self.environment, *arguments)


@contextlib.contextmanager
def running_site(folder: Path, run: str) -> Iterator[Site]:
    """Run the site with the sample practice on free ports until the block is left.

    Its files and logs are in `folder`; `run` is the name of this run.
    """
    calendar_port = free_port()
    with contextlib.ExitStack() as stack:
        mailbox, mail_port = stack.enter_context(mail_server())
        # It listens before anybody answers: early requests wait, none fails.
        listener = stack.enter_context(listen())
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.browser.settings",
            "DATA_DIR": str(folder),
            "BASE_URL": url,
            "EMAIL_URL": f"smtp://127.0.0.1:{mail_port}",
            "SAMPLE_CALENDAR_PORT": str(calendar_port),
            "REQUIRE_SECOND_FACTOR": "true",
            "WORKERS": "1",
        }
        database = stack.enter_context(migrated_database(folder, run))
        environment["DATABASE_URL"] = database

        def start(name: str, *command: str) -> None:
            log = folder / f"{name}.log"
            passed = [listener.fileno()]
            stack.enter_context(running(command, environment, log, handed_over=passed))

        start("calendars", PYTHON, "manage.py", "serve_sample_calendars")
        manage(environment, "load_sample_data")
        wait_until(lambda: listens(calendar_port), f"no calendars; see {folder / 'calendars.log'}")
        start("worker", PYTHON, "manage.py", "qcluster")
        server = [PYTHON, "-m", "gunicorn", "cms.wsgi", "--bind", f"fd://{listener.fileno()}"]
        start("site", *server, "--worker-class", "gthread", "--threads", "4")
        # The worker would do this by the clock, but only after half a minute.
        manage(environment, "sync_feeds")
        with urllib.request.urlopen(f"{url}/", timeout=60) as answer:
            assert answer.status == 200, f"the site does not answer; see {folder / 'site.log'}"
        yield Site(url, database, f"http://127.0.0.1:{calendar_port}", mailbox, environment)


def wait_until(ready: Callable[[], bool], otherwise: str, *, seconds: float = 60) -> None:
    """Return as soon as `ready` says so; fail with `otherwise` after `seconds`."""
    deadline = time.monotonic() + seconds
    while not ready():
        assert time.monotonic() < deadline, otherwise
        time.sleep(0.05)
