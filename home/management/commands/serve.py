"""`manage.py serve`: the site, its worker and the sample calendar server, with sample data."""

import os
import signal
import socket
import sys
import urllib.error
import urllib.request
from argparse import ArgumentParser, ArgumentTypeError
from io import StringIO
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from cms.core.models import PracticeSettings
from home.processes import ProcessEndedError, ProcessGroup
from home.sample_data.log_ins import log_ins_in_words
from scheduling.models import CalendarFeed, Therapist

START_SECONDS = 60.0


class Command(BaseCommand):
    """Start everything that a look at the program needs; Ctrl-C ends all of it."""

    help = "Starts the site with the sample practice, the worker and the sample calendar server."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the port of the site."""
        parser.add_argument("--port", type=_port, default=8000)

    def handle(self, *args: Any, port: int, **options: Any) -> None:
        """Prepare the database, start the processes and stay until one ends or Ctrl-C."""
        if not settings.DEBUG:
            raise CommandError(
                "This is for trying the program out; docs/operators-guide.md "
                "says how to run it for clients."
            )
        refuse_taken(port, f"make serve PORT={port + 1}")
        refuse_taken(
            settings.SAMPLE_CALENDAR_PORT,
            f"make serve SAMPLE_CALENDAR_PORT={settings.SAMPLE_CALENDAR_PORT + 1}",
        )
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.default_int_handler)
        try:
            self._prepare()
            with ProcessGroup() as group:
                self._start(group, port)
                group.watch()
        except KeyboardInterrupt:
            self.stdout.write("\nEverything has been stopped.")
        except (ProcessEndedError, TimeoutError) as error:
            raise CommandError(f"{error} Everything else has been stopped.") from None

    def _prepare(self) -> None:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self._say("Preparing the database (half a minute the first time) ...")
            call_command("migrate", interactive=False, verbosity=0)
        if PracticeSettings.load().is_sample or not Therapist.objects.exists():
            self._say("Loading the sample practice ...")
            call_command("load_sample_data", stdout=StringIO())

    def _start(self, group: ProcessGroup, port: int) -> None:
        manage = [sys.executable, str(settings.BASE_DIR / "manage.py")]
        environment = os.environ | {"DJANGO_RUNSERVER_HIDE_WARNING": "true"}
        home, calendars = f"http://localhost:{port}", settings.SAMPLE_CALENDAR_PORT
        self._say("Starting the calendars, the worker and the site ...")
        group.start("sample calendar server", [*manage, "serve_sample_calendars"], environment)
        site = [*manage, "runserver", f"127.0.0.1:{port}", "--skip-checks"]
        # Without DEBUG a visitor meets the site's own pages for what goes wrong.
        group.start("site", site, environment | {"DEBUG": "false"})
        group.wait_until(
            lambda: listens(calendars), seconds=START_SECONDS, what="The sample calendar server"
        )
        if CalendarFeed.objects.filter(is_sample=True, succeeded_at=None).exists():
            call_command("sync_feeds", stdout=StringIO())
        group.start("worker", [*manage, "qcluster"], environment)
        group.wait_until(lambda: answers(f"{home}/healthz"), seconds=START_SECONDS, what="The site")
        self._say(
            f"\n  The site       {home}/\n"
            f"  Book a time    {home}/book/\n"
            f"  For staff      {home}/{settings.ADMIN_PATH}\n\n"
            f"{log_ins_in_words()}\n\n"
            "Mail to clients is printed here. Ctrl-C ends everything.\n"
        )

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()


def _port(text: str) -> int:
    """Return the number of a port. Raises ArgumentTypeError in words for who typed it."""
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise ArgumentTypeError(f"{text} is no port; use a number from 1 to 65535.")
    return int(text)


def refuse_taken(port: int, instead: str) -> None:
    """Raise CommandError, with what to type `instead`, where something listens on `port`."""
    if listens(port):
        raise CommandError(
            f"Port {port} is taken by another program. Stop that, or use another port: {instead}"
        )


def listens(port: int) -> bool:
    """Return whether something accepts connections on `port` of this machine."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def answers(address: str) -> bool:
    """Return whether the page at `address`, on this machine, answers without an error."""
    try:
        with urllib.request.urlopen(address, timeout=2) as response:  # noqa: S310 - http to itself
            return response.status == 200
    except (urllib.error.URLError, TimeoutError, ConnectionError):
        return False
