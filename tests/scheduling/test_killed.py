"""A process that is killed at any step leaves neither a lost nor a half booking."""

import json
import os
import subprocess
import sys

import pytest

from tests.browser.processes import PROJECT
from tests.databases import migrated_database
from tests.feed_server import body, events, feed_server
from tests.practice import at


def busy(*hours):
    return body(events(*((at(hour), at(hour + 1)) for hour in hours)))


@pytest.mark.parametrize("every", [17, pytest.param(1, marks=pytest.mark.long)])
def test_killed_at_any_step_it_leaves_all_or_nothing(tmp_path, worker_id, every):
    run = f"killed_{os.getpid()}_{worker_id}"
    with feed_server() as server, migrated_database(tmp_path, run) as database:
        server.answers |= {"/morning.ics": busy(9), "/noon.ics": busy(10, 11)}
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "cms.settings.test",
            "DATABASE_URL": database,
            "FEED_ADDRESS": server.url("").rstrip("/"),
            "FEED_ALLOWED_HOSTS": server.host,
            "LOG_LEVEL": "ERROR",
        }
        done = subprocess.run(
            [sys.executable, "-m", "tests.scheduling.killed", "--every", str(every)],
            cwd=PROJECT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 0, done.stderr[-4000:]
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert [each["action"] for each in told] == [
        "hold", "confirm", "cancel", "move", "sync", "rebuild",
    ]  # fmt: skip
    assert all(each["kills"] * every > 10 for each in told), told
    assert [each["problems"] for each in told] == [[]] * len(told)
