"""Processes that belong together: started one by one, watched, and ended all at once."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import NamedTuple, Self

PATIENCE_SECONDS = 8.0
LOOK_SECONDS = 0.1


class ProcessEndedError(Exception):
    """One of the processes ended by itself. The message names it."""


class Running(NamedTuple):
    """A process and what people call it."""

    name: str
    process: subprocess.Popen[bytes]


class ProcessGroup:
    """Processes that live and end together: leaving the `with` block ends each and its children."""

    def __init__(self) -> None:
        self._running: list[Running] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.end()

    def start(self, name: str, command: Sequence[str], environment: Mapping[str, str]) -> None:
        """Start `command` in a session of its own, so that only this group decides its end."""
        process = subprocess.Popen(  # noqa: S603 - commands of this project alone
            command,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
        self._running.append(Running(name, process))

    def wait_until(self, ready: Callable[[], bool], *, seconds: float, what: str) -> None:
        """Return when `ready` says so.

        Raises ProcessEndedError if a process ends meanwhile, TimeoutError with `what` after
        `seconds`.
        """
        deadline = time.monotonic() + seconds
        while not ready():
            self._refuse_ended()
            if time.monotonic() > deadline:
                raise TimeoutError(f"{what} did not answer within {seconds:.0f} seconds.")
            time.sleep(LOOK_SECONDS)

    def watch(self) -> None:
        """Wait for as long as all processes live. Raises ProcessEndedError when one ends."""
        while True:
            self._refuse_ended()
            time.sleep(LOOK_SECONDS)

    def end(self) -> None:
        """Ask each process to end, the last started first; after some seconds, end all of it.

        Only the process itself is asked: it knows best how to end what it started.

        A second Ctrl-C meanwhile is ignored: it would leave processes behind.
        """
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        running, self._running = self._running[::-1], []
        for each in running:
            each.process.terminate()
        deadline = time.monotonic() + PATIENCE_SECONDS
        for each in running:
            with contextlib.suppress(subprocess.TimeoutExpired):
                each.process.wait(max(0.0, deadline - time.monotonic()))
        for each in running:
            _kill_session(each.process)
            each.process.wait()

    def _refuse_ended(self) -> None:
        for each in self._running:
            if each.process.poll() is not None:
                raise ProcessEndedError(
                    f"The {each.name} ended by itself (exit status {each.process.returncode}); "
                    "its last lines above say why."
                )


def _kill_session(process: subprocess.Popen[bytes]) -> None:
    """Kill the process and all that it started in its session."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
