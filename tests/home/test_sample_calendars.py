"""A real CalDAV server: what is put into a calendar there leaves the site, and comes back."""

import datetime as dt
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing, contextmanager

import pytest
from django.conf import settings as project
from django.utils import timezone

from home.sample_data.calendars import address_of, write_calendars
from home.sample_data.load import load_sample_practice
from home.sample_data.remove import remove_sample_practice
from scheduling.models import BusyTime, CalendarFeed, Opening
from scheduling.services.sync_feed import Outcome, sync_feed
from tests.browser.processes import free_port
from tests.feed_server import events

COMMAND = [sys.executable, "manage.py", "serve_sample_calendars"]
HOUR = dt.timedelta(hours=1)


def environment(folder, port):
    return {**os.environ, "DATA_DIR": str(folder), "SAMPLE_CALENDAR_PORT": str(port)}


@contextmanager
def served(folder, port):
    process = subprocess.Popen(
        COMMAND,
        cwd=project.BASE_DIR,
        env=environment(folder, port),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    try:
        wait_for(port, process)
        yield process
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def wait_for(port, process):
    """Return once the server answers, however long this machine takes."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    pytest.fail(f"The calendar server did not start: {process.stdout.read().decode()}")


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    port = free_port()
    with served(tmp_path_factory.mktemp("calendars"), port) as process:
        process.port = port
        yield process
        process.terminate()
        process.wait(timeout=10)


@pytest.fixture
def feed(server, settings, db):
    settings.SAMPLE_CALENDAR_PORT = server.port
    settings.FEED_ALLOWED_HOSTS = [f"127.0.0.1:{server.port}"]
    settings.FEED_ALLOW_HTTP = True
    load_sample_practice(now=timezone.now())
    return CalendarFeed.objects.select_related("therapist").get(therapist__slug="ada-sample")


def change(server, method, slug, name, body=b""):
    """Do what a calendar program does when its owner adds or deletes an event."""
    with closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)) as connection:
        headers = {"Content-Type": "text/calendar"}
        connection.request(method, f"/{slug}/calendar.ics/{name}", body, headers)
        assert connection.getresponse().status in (200, 201, 204)


def test_an_event_added_in_the_calendar_leaves_the_site_and_deleted_comes_back(server, feed):
    now = timezone.now()
    assert sync_feed(feed.pk, now=now) is Outcome.NEW_TIMES
    assert BusyTime.objects.filter(feed=feed).count() > 10
    opening = Opening.objects.filter(therapist=feed.therapist).order_by("starts_at").last()
    at = Opening.objects.filter(therapist=feed.therapist, starts_at=opening.starts_at)
    change(
        server,
        "PUT",
        "ada-sample",
        "added.ics",
        events((opening.starts_at, opening.starts_at + HOUR)),
    )
    assert sync_feed(feed.pk, now=now) is Outcome.NEW_TIMES
    taken = BusyTime.objects.filter(feed=feed, starts_at__lte=opening.starts_at)
    assert taken.filter(ends_at__gt=opening.starts_at).exists()
    assert not at.exists()
    change(server, "DELETE", "ada-sample", "added.ics")
    assert sync_feed(feed.pk, now=now) is Outcome.NEW_TIMES
    assert at.exists()
    assert sync_feed(feed.pk, now=now) is Outcome.UNCHANGED


def test_every_sample_therapist_has_a_calendar_that_reads_well_and_leaves_time(server, feed):
    now = timezone.now()
    for each in CalendarFeed.objects.select_related("therapist"):
        assert each.is_sample
        assert sync_feed(each.pk, now=now) is Outcome.NEW_TIMES
        each.refresh_from_db()
        assert each.warnings == []
        bookable = each.therapist.accepts_clients
        assert Opening.objects.filter(therapist=each.therapist).exists() is bookable
    assert remove_sample_practice().kept == []
    assert not CalendarFeed.objects.exists()


def test_loading_the_sample_again_adds_no_second_calendar(feed):
    before = CalendarFeed.objects.count()
    load_sample_practice(now=timezone.now())
    assert CalendarFeed.objects.count() == before
    assert feed.address == address_of("ada-sample")


def test_writing_again_keeps_what_somebody_added_and_renews_what_is_past(tmp_path):
    monday = dt.date(2027, 1, 4)
    write_calendars(tmp_path, monday)
    collection = tmp_path / "collection-root" / "ada-sample" / "calendar.ics"
    single, added = collection / "sample-single-0.ics", collection / "mine.ics"
    added.write_text("mine")
    before = single.read_bytes()
    assert b"20270104T" in before
    write_calendars(tmp_path, monday + dt.timedelta(days=13))
    assert single.read_bytes() == before
    write_calendars(tmp_path, monday + dt.timedelta(days=14))
    assert b"20270118T" in single.read_bytes()
    assert added.read_text() == "mine"


def test_the_server_ends_with_ctrl_c(tmp_path):
    with served(tmp_path, free_port()) as process:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=10)
