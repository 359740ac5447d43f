"""The programs that browser tests run against, each with a log of its own."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]


def manage(environment: Mapping[str, str], *arguments: str) -> str:
    """Run one command of manage.py to its end and return what it printed."""
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=PROJECT,
        env=dict(environment),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, f"manage.py {' '.join(arguments)} failed:\n{done.stderr[-4000:]}"
    return done.stdout


@contextlib.contextmanager
def running(
    command: Sequence[str],
    environment: Mapping[str, str],
    log: Path,
    *,
    handed_over: Sequence[int] = (),
) -> Iterator[subprocess.Popen]:
    """Run `command` until the block is left; end it and its children then, at once.

    `handed_over` are file descriptors that it inherits.
    """
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=PROJECT,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            pass_fds=handed_over,
        )
        try:
            yield process
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def listen() -> socket.socket:
    """Return a socket that listens on a free port of this machine."""
    return socket.create_server(("127.0.0.1", 0))


def free_port() -> int:
    """Return a port that nobody listened on a moment ago."""
    with listen() as found:
        return found.getsockname()[1]
