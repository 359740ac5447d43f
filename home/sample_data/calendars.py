"""The calendars of the sample therapists, on a CalDAV server of our own (Radicale).

The server listens on this machine alone and asks nobody for a password: it holds made-up events,
and any calendar program can be pointed at it to see what a change does to the site.
"""

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from icalendar import Calendar, Event

from scheduling.models import CalendarFeed, Therapist

from .people import THERAPISTS, SampleTherapist

HOST = "127.0.0.1"
COLLECTION = "calendar.ics"
# After so many days the single events are past, and are written anew for the days that come.
FRESH_FOR = dt.timedelta(days=14)

CONFIGURATION = """\
[server]
hosts = {host}:{port}
[auth]
type = none
[rights]
type = from_file
file = {folder}/rights
[storage]
filesystem_folder = {folder}
[web]
type = none
[logging]
level = error
"""
RIGHTS = """\
[whoever asks on this machine]
user: .*
collection: .*
permissions: RrWw
"""


class SampleEvent(NamedTuple):
    """An event `weeks` and `weekday` from this week on, in the therapist's zone.

    With `every` it repeats after so many weeks.
    """

    name: str
    weeks: int
    weekday: int
    starts: dt.time
    minutes: int
    every: int = 0


def address_of(slug: str) -> str:
    """Return the address of the sample calendar of the therapist with this slug."""
    return f"http://{HOST}:{settings.SAMPLE_CALENDAR_PORT}/{slug}/{COLLECTION}/"


def load_calendars() -> None:
    """Give each sample therapist that has no calendar yet the address of the sample one.

    Feeds that were given it when the server had another port follow it to this one.
    """
    for feed in CalendarFeed.objects.filter(is_sample=True).select_related("therapist"):
        here = address_of(feed.therapist.slug)
        if feed.address != here and _without_port(feed.address) == _without_port(here):
            feed.address = here
            feed.save(update_fields=["address"])
    for therapist in Therapist.objects.filter(is_sample=True, feeds=None):
        CalendarFeed.objects.create(
            therapist=therapist,
            name="Sample calendar",
            address=address_of(therapist.slug),
            is_sample=True,
        )


def _without_port(address: str) -> tuple[str | None, str]:
    parts = urlsplit(address)
    return parts.hostname, parts.path


def write_server(folder: Path, port: int) -> Path:
    """Write the server's configuration into `folder` and return its path."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "rights").write_text(RIGHTS)
    path = folder / "config"
    path.write_text(CONFIGURATION.format(host=HOST, port=port, folder=folder))
    return path


def write_calendars(folder: Path, today: dt.date) -> None:
    """Write into the server's `folder` the calendars that are missing or out of date on `today`.

    What somebody added to one stays; the server must not be running.
    """
    for number, sample in enumerate(THERAPISTS):
        collection = folder / "collection-root" / sample.slug / COLLECTION
        if not _is_fresh(collection, today):
            collection.mkdir(parents=True, exist_ok=True)
            for event in _events(sample, number):
                body = _calendar(sample, event, today)
                (collection / f"{event.name}.ics").write_bytes(body)
            _describe(collection, sample, today)


def _is_fresh(collection: Path, today: dt.date) -> bool:
    try:
        written = json.loads((collection / ".Radicale.props").read_text())["written"]
        return dt.date.fromisoformat(written) + FRESH_FOR > today
    except (OSError, ValueError, KeyError):
        return False


def _describe(collection: Path, sample: SampleTherapist, today: dt.date) -> None:
    """Write the properties by which the server, and calendar programs, know the collection."""
    properties = {
        "tag": "VCALENDAR",
        "D:displayname": f"{sample.name} (made up)",
        "C:supported-calendar-component-set": "VEVENT",
        "written": today.isoformat(),
    }
    (collection / ".Radicale.props").write_text(json.dumps(properties))


def _events(sample: SampleTherapist, number: int) -> Iterator[SampleEvent]:
    """Yield events within the therapist's hours, different for each `number`."""
    hours = sample.hours[number % len(sample.hours)]
    first, last = hours.weekdays[0], hours.weekdays[-1]
    at = dt.time
    yield SampleEvent("sample-weekly", 0, first, at(hours.starts + 1), 50, every=1)
    yield SampleEvent("sample-second-weekly", 0, last, at(hours.ends - 2, 30), 60, every=1)
    yield SampleEvent("sample-fortnightly", number % 2, last, at(hours.starts + 2), 90, every=2)
    for weeks in range(3):
        starts = at(hours.starts + 3, 30 * (number % 2))
        yield SampleEvent(f"sample-single-{weeks}", weeks, first, starts, 45 + 15 * weeks)
    yield SampleEvent("sample-whole-day", 3, last, at(), 24 * 60)


def _calendar(sample: SampleTherapist, described: SampleEvent, today: dt.date) -> bytes:
    monday = today - dt.timedelta(days=today.weekday())
    day = monday + dt.timedelta(weeks=described.weeks, days=described.weekday)
    event = Event()
    event.add("uid", f"{described.name}-{sample.slug}@example.org")
    event.add("dtstamp", dt.datetime.combine(today, dt.time(), dt.UTC))
    event.add("summary", "Sample event")
    if described.starts == dt.time() and described.minutes == 24 * 60:
        event.add("dtstart", day)
        event.add("dtend", day + dt.timedelta(days=1))
    else:
        starts = dt.datetime.combine(day, described.starts, ZoneInfo(sample.time_zone))
        event.add("dtstart", starts)
        event.add("dtend", starts + dt.timedelta(minutes=described.minutes))
    if described.every:
        event.add("rrule", {"freq": "weekly", "interval": described.every})
    calendar = Calendar()
    calendar.add("prodid", "-//Sample practice//EN")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    return calendar.to_ical()
