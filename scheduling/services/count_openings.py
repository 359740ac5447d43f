"""Keeping the counts of a therapist's months equal to the openings that are stored."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from scheduling import domain
from scheduling.selectors.openings import Openings
from scheduling.selectors.search_sql import fetch
from scheduling.services import total_openings
from scheduling.services.stored_openings import Change, say, write_rows

STORED = """
SELECT id, service_id, place_id, month, counts
FROM scheduling_monthofopenings WHERE therapist_id = %s AND month >= %s AND month <= %s
"""
ADD = """
INSERT INTO scheduling_monthofopenings (counts, therapist_id, service_id, place_id, month)
VALUES {rows}
"""
# Each row is there, locked with its therapist: this is an update of many at once.
UPDATE = """
INSERT INTO scheduling_monthofopenings (id, counts, therapist_id, service_id, place_id, month)
VALUES {rows} ON CONFLICT (id) DO UPDATE SET counts = excluded.counts
"""
REMOVE = "DELETE FROM scheduling_monthofopenings WHERE id IN (VALUES {rows})"
EVER = (0, 2**31 - 1)


class Kind(NamedTuple):
    """What a row of `MonthOfOpenings` counts: a service at a place, or None for all of them."""

    service: int | None
    place: int | None
    month: int


class Stored(NamedTuple):
    """The primary key of a row, and its counts as the domain packs them."""

    key: int | None
    counts: int


Counts = Mapping[Kind, int]
NONE = Stored(None, 0)


def count_openings(openings: Openings) -> Counts:
    """Return the packed counts of `openings` for each row that there must be."""
    every = (
        Change(kind, offered, domain.NO_STARTS, offered.starts)
        for kind, offered in openings.items()
    )
    return _counted(every)


def differing(therapist_id: int, openings: Openings) -> Counts:
    """Return the true counts of each row that says something else than `openings`; 0 for none."""
    true = count_openings(openings)
    said = {kind: row.counts for kind, row in _stored(therapist_id, EVER).items()}
    kinds = true.keys() | said.keys()
    return {kind: true.get(kind, 0) for kind in kinds if true.get(kind) != said.get(kind)}


def write_counts(therapist_id: int, counts: Counts) -> None:
    """Make the rows of these kinds say these counts; those without any have no row."""
    if months := {kind.month for kind in counts}:
        _write(therapist_id, _stored(therapist_id, months), counts)


def follow_changes(therapist_id: int, changes: Iterable[Change]) -> None:
    """Add to the counts what `changes` add, and take away what they remove."""
    differences = _counted(changes)
    if months := {kind.month for kind in differences}:
        stored = _stored(therapist_id, months)
        after = {kind: stored.get(kind, NONE).counts + more for kind, more in differences.items()}
        _write(therapist_id, stored, after)


def _counted(changes: Iterable[Change]) -> Counts:
    counts: Counter[Kind] = Counter()
    for (service, place), offered, removed, added in changes:
        for starts, sign in ((removed, -1), (added, 1)):
            for second in starts.seconds():
                said = say(second, offered)
                month = domain.month_number(said.local_date)
                one = sign * domain.count_of_one(said.local_date, said.day_part)
                counts[Kind(service, place, month)] += one
                counts[Kind(None, place, month)] += one
                counts[Kind(None, None, month)] += one
    return counts


def _stored(therapist_id: int, months: Iterable[int]) -> dict[Kind, Stored]:
    """Return the rows that are stored of `months` and of those between them."""
    months = set(months)
    rows = fetch(STORED, [therapist_id, min(months), max(months)])
    return {
        Kind(service, place, month): Stored(key, domain.unpack(counts))
        for key, service, place, month, counts in rows
    }


def _write(therapist_id: int, stored: Mapping[Kind, Stored], counts: Counts) -> None:
    added: list[list[Any]] = []
    updated: list[list[Any]] = []
    removed: list[list[Any]] = []
    for kind, count in counts.items():
        key, before = stored.get(kind, NONE)
        if kind.place is None:
            total_openings.add(kind.month, max(count, 0) - before)
        if count <= 0:
            removed += [[key]] if key else []
        elif key:
            updated.append([key, domain.pack(count), therapist_id, *kind])
        else:
            added.append([domain.pack(count), therapist_id, *kind])
    write_rows(REMOVE, removed)
    write_rows(UPDATE, updated)
    write_rows(ADD, added)


def forget(therapist_id: int) -> None:
    """Take the therapist's openings out of all counts: the therapist is about to be deleted."""
    write_counts(therapist_id, differing(therapist_id, {}))
