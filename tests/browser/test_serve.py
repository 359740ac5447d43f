"""`manage.py serve`, which `make serve` runs: all of it starts, says where it is, and ends."""

import os
import signal
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.browser.processes import PROJECT, free_port
from tests.browser.running_site import wait_until
from tests.databases import migrated_database


@pytest.fixture
def environment(tmp_path, worker_id):
    """A data folder of its own, with a migrated and otherwise empty database."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "cms.settings.development",
        "DATA_DIR": str(tmp_path),
        "SAMPLE_CALENDAR_PORT": str(free_port()),
    }
    with migrated_database(tmp_path, f"serve_{os.getpid()}_{worker_id}") as made:
        yield environment | {"DATABASE_URL": made}


def serve(environment, port):
    """Start it and return the process and the growing list of the lines that it prints."""
    process = subprocess.Popen(
        [sys.executable, "-u", "manage.py", "serve", "--port", str(port)],
        cwd=PROJECT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    lines = []
    threading.Thread(target=lambda: lines.extend(process.stdout), daemon=True).start()
    return process, lines


def living(folder):
    """Return the processes that were started with this data folder."""
    mark = f"DATA_DIR={folder}\0".encode()
    found = []
    for path in Path("/proc").glob("[0-9]*/environ"):
        try:
            if mark in path.read_bytes():
                found.append(path.parent.name)
        except OSError:
            continue  # it has ended meanwhile, or is somebody else's
    return found


def test_everything_starts_and_ctrl_c_ends_everything(environment, tmp_path):
    if not Path("/proc/self/environ").exists():
        pytest.skip("this system has no /proc, in which the processes could be counted")
    port = free_port()
    process, lines = serve(environment, port)
    try:
        wait_until(
            lambda: "Ctrl-C ends everything" in "".join(lines) or process.poll() is not None,
            "it did not say that it had started",
            seconds=120,
        )
        said = "".join(lines)
        for word in (
            f"http://localhost:{port}/book/",
            f"http://localhost:{port}/admin/",
            "sample-",
        ):
            assert word in said, said
        times = f"http://127.0.0.1:{port}/book/?place=south-loop&service=individual"
        with urllib.request.urlopen(times, timeout=30) as answer:
            assert 'name="opening"' in answer.read().decode()
        with pytest.raises(urllib.error.HTTPError) as missing:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/no-such-page/", timeout=30)
        assert missing.value.code == 404
        assert "There is no page at this address" in missing.value.read().decode()
        uploaded = tmp_path / "media" / "uploaded.txt"
        uploaded.parent.mkdir(exist_ok=True)
        uploaded.write_text("a picture")
        for path in ("static/core/icon.svg", "media/uploaded.txt"):
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/{path}", timeout=30) as answer:
                assert answer.status == 200
        assert len(living(tmp_path)) > 4
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0
    finally:
        process.kill()
    wait_until(lambda: not living(tmp_path), f"still there: {living(tmp_path)}", seconds=5)
