"""Start the calendar server of the sample practice."""

import os
import socket
import sys
from importlib.util import find_spec
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from home.sample_data.calendars import HOST, write_calendars, write_server


class Command(BaseCommand):
    """`manage.py serve_sample_calendars`, which lasts until it is ended."""

    help = "Serve the sample therapists' calendars to this machine, until Ctrl-C."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        """Write what is missing and become the server, which ends on SIGTERM and Ctrl-C."""
        if find_spec("radicale") is None:
            raise CommandError("Radicale is not installed; requirements.lock has it.")
        port = settings.SAMPLE_CALENDAR_PORT
        _refuse_taken(port)
        folder = settings.DATA_DIR / "sample-calendars"
        configuration = write_server(folder, port)
        write_calendars(folder, timezone.localdate())
        self.stdout.write(f"Sample calendars: http://{HOST}:{port}/<therapist>/calendar.ics/")
        self.stdout.flush()
        command = [sys.executable, "-m", "radicale", "--config", str(configuration)]
        os.execv(sys.executable, command)  # noqa: S606 - our own arguments, and no shell


def _refuse_taken(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            raise CommandError(
                f"Port {port} is taken; set SAMPLE_CALENDAR_PORT to a free one."
            ) from None
