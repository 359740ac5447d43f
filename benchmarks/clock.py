"""CPU time of a benchmark and of the database that serves it."""

import time
from pathlib import Path

from django.db import connection

__all__ = ["Clock"]


class Clock:
    """CPU seconds of this process and of the database's, as far as they can be seen."""

    def __init__(self) -> None:
        self.backend: Path | None = None
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                path = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")
            self.backend = path if path.exists() else None

    def read(self) -> tuple[float, float]:
        """Return the seconds so far of the client and of the database's process."""
        spent = int(self.backend.read_text().split()[0]) / 1e9 if self.backend else 0.0
        return time.process_time(), spent
