"""Show what a calendar gives, without anything being stored or booked by it."""

import datetime as dt
import json
from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone

from scheduling import domain
from scheduling.ical import CalendarError, Reading
from scheduling.ical.fetch import MAX_BYTES, FetchError
from scheduling.ical.fetch_errors import problem
from scheduling.models import CalendarFeed, SchedulingSettings
from scheduling.selectors.invitations import own_uids
from scheduling.services.read_feed import fetch_calendar, read_body

NOTHING_READ = Reading(intervals=(), warnings=(), places={}, free_days=(), refresh=None)


class Command(BaseCommand):
    """Read files and addresses as a visit would, and print the times.

    With --json each source is one line; the README describes it, and other programs rely on it.
    """

    help = "Show the times that calendars (files or addresses) give."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what to read, for which time, and how to print it."""
        parser.add_argument("sources", nargs="+", metavar="SOURCE", help="a file or an address")
        parser.add_argument("--start", type=_moment, metavar="ISO", help="a day ago by default")
        parser.add_argument("--end", type=_moment, metavar="ISO", help="as for bookings by default")
        parser.add_argument(
            "--timezone",
            type=_zone,
            default=ZoneInfo(settings.TIME_ZONE),
            metavar="ZONE",
            help="of times that name none, in the calendar and here; the practice's by default",
        )
        parser.add_argument(
            "--role",
            choices=CalendarFeed.Role.values,
            default=CalendarFeed.Role.BUSY.value,
            help="whether events are time that is taken or open",
        )
        parser.add_argument(
            "--json", action="store_true", dest="as_json", help="one JSON object per source"
        )

    def handle(self, *args: Any, sources: list[str], as_json: bool, **options: Any) -> None:
        """Print what each source gives; the exit status is 1 where one was not read."""
        zone, role = options["timezone"], options["role"]
        window = _window(options["start"], options["end"], zone)
        unread = 0
        for source in sources:
            reading, error = _read(source, window, zone, role)
            unread += error is not None
            lines = [_as_json(source, reading, error)] if as_json else []
            for line in lines or _as_text(source, reading, error, zone):
                self.stdout.write(line)
        if unread:
            raise CommandError(f"{unread} of {len(sources)} could not be read.", returncode=1)


def _read(
    source: str, window: domain.Interval, zone: ZoneInfo, role: str
) -> tuple[Reading, CalendarError | None]:
    try:
        body = fetch_calendar(source).body if "://" in source else _read_file(Path(source))
        reading = read_body(body or b"", window, zone=zone, role=role, own_uids=own_uids())
    except CalendarError as error:
        return NOTHING_READ, error
    return reading, None


def _read_file(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            body = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise FetchError("unreachable", f"The file can't be opened: {error.strerror}.") from None
    if len(body) > MAX_BYTES:
        raise problem("too_large")
    return body


def _window(start: dt.datetime | None, end: dt.datetime | None, zone: ZoneInfo) -> domain.Interval:
    if start is None or end is None:
        usual = domain.reading_window(timezone.now(), _horizon_days())
        start, end = start or usual.start, end or usual.end
    start, end = (each if each.tzinfo else each.replace(tzinfo=zone) for each in (start, end))
    try:
        return domain.Interval(start, end)
    except ValueError:
        raise CommandError("The end has to come after the start.") from None


def _horizon_days() -> int:
    """Return how far ahead clients book; before the first migration, what the default is."""
    try:
        return SchedulingSettings.load().horizon_days
    except DatabaseError:
        return SchedulingSettings().horizon_days


def _as_json(source: str, reading: Reading, error: CalendarError | None) -> str:
    warnings = [
        {
            "code": warning.code,
            "message": warning.message,
            **({"uid": warning.uid} if warning.uid else {}),
            **({"line": warning.line} if warning.line else {}),
        }
        for warning in reading.warnings
    ]
    answer = {
        "source": source,
        "ok": error is None,
        "intervals": [[_iso(start), _iso(end)] for start, end in reading.intervals],
        "warnings": warnings,
        "error": {"code": error.code, "message": error.message} if error else None,
    }
    return json.dumps(answer, ensure_ascii=False)


def _as_text(
    source: str, reading: Reading, error: CalendarError | None, zone: ZoneInfo
) -> list[str]:
    """Return lines for people, in local time."""
    lines = [f"{source}:"]
    if error:
        lines.append(f"  not read: {error.message}")
    elif not reading.intervals:
        lines.append("  no such time between --start and --end")
    for start, end in reading.intervals:
        local_start, local_end = start.astimezone(zone), end.astimezone(zone)
        lines.append(f"  {local_start:%a %Y-%m-%d %H:%M} to {local_end:%a %Y-%m-%d %H:%M}")
    for warning in reading.warnings:
        where = f" (line {warning.line})" if warning.line else ""
        lines.append(f"  warning{where}: {warning.message}")
    return lines


def _iso(moment: dt.datetime) -> str:
    return f"{moment.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}"


def _moment(text: str) -> dt.datetime:
    try:
        return dt.datetime.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text} is no date or time like 2027-03-01T15:00Z") from None


def _zone(text: str) -> ZoneInfo:
    if text not in available_timezones():
        raise ArgumentTypeError(f"{text} is no zone like America/Chicago")
    return ZoneInfo(text)
