"""Processes that are started together end together, whatever they do."""

import fcntl
import os
import signal
import sys
import time

import pytest

from home.processes import ProcessEndedError, ProcessGroup

PYTHON = sys.executable
WAITS = "import signal; signal.pause()"


def holding(path, body):
    """Return a program that holds a lock on the file for as long as it lives, and runs `body`."""
    return (
        f"import fcntl; kept = open({str(path)!r}, 'w'); fcntl.flock(kept, fcntl.LOCK_EX); "
        f"kept.write('held'); kept.flush(); {body}"
    )


def lives(path):
    """Say whether the program that holds the file's lock still runs."""
    with path.open() as kept:
        try:
            fcntl.flock(kept, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def ends(path):
    """Say whether it ends: a signal is obeyed soon, not at once."""
    deadline = time.monotonic() + 20
    while lives(path) and time.monotonic() < deadline:
        time.sleep(0.01)
    return not lives(path)


def started(path):
    return lambda: path.exists() and path.read_text() == "held"


@pytest.fixture(autouse=True)
def keep_interrupts():
    before = signal.getsignal(signal.SIGINT)
    yield
    signal.signal(signal.SIGINT, before)


def test_leaving_ends_a_process_and_what_it_started(tmp_path):
    parent, child = tmp_path / "parent", tmp_path / "child"
    starts_child = (
        f"import subprocess; subprocess.Popen([{PYTHON!r}, '-c', {holding(child, WAITS)!r}]).wait()"
    )
    with ProcessGroup() as group:
        group.start("parent", [PYTHON, "-c", holding(parent, starts_child)], os.environ)
        group.wait_until(started(child), seconds=20, what="The child")
        assert lives(parent)
        assert lives(child)
    assert ends(parent)
    assert ends(child)


def test_one_that_will_not_end_is_made_to(tmp_path, monkeypatch):
    monkeypatch.setattr("home.processes.PATIENCE_SECONDS", 0.3)
    stubborn = tmp_path / "stubborn"
    body = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {WAITS}"
    with ProcessGroup() as group:
        group.start("stubborn one", [PYTHON, "-c", holding(stubborn, body)], os.environ)
        group.wait_until(started(stubborn), seconds=20, what="The stubborn one")
    assert ends(stubborn)


def test_one_that_ends_by_itself_is_named():
    with ProcessGroup() as group:
        group.start("worker", [PYTHON, "-c", "raise SystemExit(3)"], os.environ)
        with pytest.raises(
            ProcessEndedError, match=r"The worker ended by itself \(exit status 3\)"
        ):
            group.watch()


def test_waiting_has_an_end():
    with ProcessGroup() as group:
        group.start("site", [PYTHON, "-c", WAITS], os.environ)
        with pytest.raises(TimeoutError, match="The site did not answer"):
            group.wait_until(lambda: False, seconds=0.2, what="The site")
