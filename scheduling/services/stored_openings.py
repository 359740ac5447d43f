"""The rows of openings, and what is kept about them: read, written and removed.

A rebuild is waited for by whoever books, and writes few rows; so the statements are written out.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.db import connection

from scheduling import domain
from scheduling.models import Opening
from scheduling.selectors.openings import NOT_OFFERED, Kind, Offered, Openings
from scheduling.selectors.search_sql import adapted, fetch

KNOWN = """
SELECT service_id, place_id, minutes, time_zone, origin, bits
FROM scheduling_openstarts WHERE therapist_id = %s
"""
REMEMBER = """
INSERT INTO scheduling_openstarts
    (therapist_id, service_id, place_id, minutes, time_zone, origin, bits)
VALUES {rows}
ON CONFLICT (therapist_id, service_id, place_id) DO UPDATE SET minutes = excluded.minutes,
    time_zone = excluded.time_zone, origin = excluded.origin, bits = excluded.bits
"""
FORGET = """
DELETE FROM scheduling_openstarts WHERE therapist_id = %s AND service_id = %s AND place_id = %s
"""
REMOVE = """
DELETE FROM scheduling_opening
WHERE therapist_id = %s AND service_id = %s AND place_id = %s AND starts_at IN ({starts})
"""
# A row that is there already, whatever it says, is made to say what is true.
ADD = """
INSERT INTO scheduling_opening (therapist_id, service_id, place_id, starts_at,
    ends_at, local_date, weekday, day_part)
VALUES {rows}
ON CONFLICT (therapist_id, service_id, place_id, starts_at) DO UPDATE SET
    ends_at = excluded.ends_at, local_date = excluded.local_date,
    weekday = excluded.weekday, day_part = excluded.day_part
"""
AT_ONCE = 500
FIELDS = ("starts_at", "ends_at", "local_date", "weekday", "day_part")


class Change(NamedTuple):
    """Openings of one kind to remove and to add; `offered` says what else their rows say."""

    kind: Kind
    offered: Offered
    removed: domain.Starts
    added: domain.Starts


class Wrong(NamedTuple):
    """A row that says something else than it would if it were written now, and its start."""

    key: int
    second: float


class Said(NamedTuple):
    """What the row of an opening says besides its therapist, service and place."""

    starts_at: dt.datetime
    ends_at: dt.datetime
    local_date: dt.date
    weekday: int
    day_part: int


def say(second: int, offered: Offered) -> Said:
    """Return what the row of an opening says that starts `second` seconds after 1970 (UTC)."""
    start = domain.instant(second)
    local = start.astimezone(ZoneInfo(offered.zone))
    end = start + dt.timedelta(minutes=offered.minutes)
    return Said(start, end, local.date(), local.weekday(), Opening.part_at(local).value)


def known_openings(therapist_id: int) -> Openings:
    """Return the openings that the therapist's rows have, as was remembered with them."""
    return {
        (service, place): Offered(
            minutes, zone, domain.Starts(origin, int.from_bytes(bits, "little"))
        )
        for service, place, minutes, zone, origin, bits in fetch(KNOWN, [therapist_id])
    }


def read_rows(therapist_id: int, wanted: Openings) -> tuple[Openings, list[Wrong]]:
    """Read the rows themselves: those that are as a row of `wanted` would be, and the others."""
    right: dict[Kind, list[int]] = {}
    wrong = []
    rows = Opening.objects.filter(therapist_id=therapist_id)
    for key, service, place, *said in rows.values_list("pk", "service_id", "place_id", *FIELDS):
        second = said[0].timestamp()
        offered = wanted.get((service, place))
        if (
            offered
            and second % domain.CELL_SECONDS == 0
            and say(int(second), offered) == tuple(said)
        ):
            right.setdefault((service, place), []).append(int(second))
        else:
            wrong.append(Wrong(key, second))
    found = {
        kind: wanted[kind]._replace(starts=domain.starts_at(seconds))
        for kind, seconds in right.items()
    }
    return found, wrong


def write_changes(therapist_id: int, changes: Iterable[Change]) -> None:
    """Remove and add the rows that `changes` name."""
    new: list[list[Any]] = []
    for kind, offered, removed, added in changes:
        _remove([therapist_id, *kind], [domain.instant(second) for second in removed.seconds()])
        new += (
            [therapist_id, *kind, *map(adapted, say(second, offered))] for second in added.seconds()
        )
    write_rows(ADD, new)


def _remove(key: list[Any], starts: Sequence[dt.datetime]) -> None:
    """Remove the rows with `key`, a therapist with a kind of opening, that begin at `starts`.

    One kind at a time: SQLite finds no index for many keys of several parts.
    """
    with connection.cursor() as cursor:
        for first in range(0, len(starts), AT_ONCE):
            some = [adapted(start) for start in starts[first : first + AT_ONCE]]
            statement = REMOVE.format(starts=", ".join(["%s"] * len(some)))
            cursor.execute(statement, key + some)


def delete_rows(keys: Iterable[int]) -> None:
    """Delete rows by their primary keys."""
    if found := list(keys):
        Opening.objects.filter(pk__in=found).delete()


def changed(known: Openings, changes: Iterable[Change]) -> Openings:
    """Return, of the kinds that `changes` name, the openings that there are after them."""
    after: Openings = {}
    for kind, offered, removed, added in changes:
        left = after.get(kind, known.get(kind, NOT_OFFERED)).starts.without(removed)
        after[kind] = offered._replace(starts=left.joined(added))
    return after


def differing(known: Openings, wanted: Openings) -> Openings:
    """Return, of the kinds of which something wrong is remembered, what is `wanted`."""
    return {
        kind: wanted.get(kind, NOT_OFFERED)
        for kind in known.keys() | wanted.keys()
        if _trimmed(known, kind) != _trimmed(wanted, kind)
    }


def remember(therapist_id: int, openings: Mapping[Kind, Offered]) -> None:
    """Write down which `openings` the rows have now; nothing is remembered of none."""
    written, forgotten = [], []
    for kind, (minutes, zone, starts) in openings.items():
        origin, bits = starts.trimmed()
        if bits:
            packed = bits.to_bytes((bits.bit_length() + 7) // 8, "little")
            written.append([therapist_id, *kind, minutes, zone, origin, packed])
        else:
            forgotten.append([therapist_id, *kind])
    if forgotten:
        with connection.cursor() as cursor:
            cursor.executemany(FORGET, forgotten)
    write_rows(REMEMBER, written)


def _trimmed(openings: Openings, kind: Kind) -> Offered:
    offered = openings.get(kind, NOT_OFFERED)
    return offered._replace(starts=offered.starts.trimmed())


def write_rows(statement: str, rows: Sequence[Sequence[Any]]) -> None:
    """Run `statement` once for many `rows`: each one alone would be planned alone."""
    with connection.cursor() as cursor:
        for first in range(0, len(rows), AT_ONCE):
            some = rows[first : first + AT_ONCE]
            placeholders = f"({', '.join(['%s'] * len(some[0]))})"
            cursor.execute(
                statement.format(rows=", ".join([placeholders] * len(some))),
                [value for row in some for value in row],
            )
