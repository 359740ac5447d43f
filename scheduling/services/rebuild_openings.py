"""Keeping the read model equal to what the rules say."""

import datetime as dt
from collections.abc import Collection, Iterator
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from scheduling import domain
from scheduling.selectors.facts import Subject, booking_rules
from scheduling.selectors.openings import NOT_OFFERED, Openings, compute_starts
from scheduling.selectors.search_sql import fetch
from scheduling.services import count_openings as counts
from scheduling.services import stored_openings as store
from scheduling.services.stored_openings import Change


class Difference(NamedTuple):
    """How many openings were missing from the read model, and how many it had too many.

    Rows that have merely come too near to be booked are not counted: search leaves them out by
    itself, and the next rebuild clears them away. Where the openings are right and what is kept
    about them is not, each wrong row of that is one that was missing.
    """

    added: int
    removed: int


class Days(NamedTuple):
    """Local days of a therapist, the last one included."""

    first: dt.date
    last: dt.date


class Task(NamedTuple):
    """Whose openings are rebuilt, by which rules, as of when, and which days of them."""

    therapist: Subject
    sees_clients: bool
    rules: domain.BookingRules
    now: dt.datetime
    days: Days | None


NOTHING = Difference(0, 0)
LOCK = "SELECT time_zone, is_active, accepts_clients FROM scheduling_therapist WHERE id = %s"


def rebuild_openings(
    therapist_id: int,
    *,
    now: dt.datetime,
    days: Days | None = None,
    check: bool = False,
    thorough: bool = False,
) -> Difference:
    """Make the therapist's rows equal to what the rules give at the instant `now`.

    `days` limits it to the local days that a change can have touched; without it all days up to the
    horizon are looked at and rows outside them removed. What differs is found by `OpenStarts`,
    which is written with the rows, and only that is written. With `thorough` the rows themselves
    are read and compared, and so are their counts; `check` does that too, but writes nothing and
    returns the difference that there would have been.
    """
    with transaction.atomic():
        if (locked := _lock(therapist_id)) is None:
            return NOTHING
        task = Task(*locked, booking_rules(), now, days)
        if check or thorough:
            return _compare_rows(task._replace(days=None), write=not check)
        return _follow(task)


def _lock(therapist_id: int) -> tuple[Subject, bool] | None:
    """Lock the therapist's row, so that two rebuilds of one therapist come one after the other."""
    suffix = " FOR NO KEY UPDATE" if connection.features.has_select_for_no_key_update else ""
    for zone, is_active, accepts_clients in fetch(LOCK + suffix, [therapist_id]):
        return Subject(therapist_id, ZoneInfo(zone)), bool(is_active and accepts_clients)
    return None


def _follow(task: Task) -> Difference:
    """Write what differs from what is known to be stored."""
    therapist_id = task.therapist.pk
    wanted, known = _wanted(task), store.known_openings(therapist_id)
    if task.days and any(not known[kind].is_like(wanted[kind]) for kind in known.keys() & wanted):
        return _follow(task._replace(days=None))
    changes = list(_changes(task, known, wanted))
    store.write_changes(therapist_id, changes)
    store.remember(therapist_id, store.changed(known, changes))
    counts.follow_changes(therapist_id, changes)
    return _difference(task, changes)


def _compare_rows(task: Task, *, write: bool) -> Difference:
    """Compare, and with `write` correct, the rows themselves and all that is kept about them."""
    therapist_id = task.therapist.pk
    wanted, known = _wanted(task), store.known_openings(therapist_id)
    found, wrong = store.read_rows(therapist_id, wanted)
    changes = list(_changes(task, found, wanted))
    misremembered = store.differing(known, wanted)
    miscounted = counts.differing(therapist_id, wanted)
    if write:
        store.delete_rows(each.key for each in wrong)
        store.write_changes(therapist_id, changes)
        store.remember(therapist_id, misremembered)
        counts.write_counts(therapist_id, miscounted)
    difference = _difference(task, changes)
    surplus = difference.removed + sum(each.second >= _soonest(task) for each in wrong)
    if changes or wrong:
        return Difference(difference.added, surplus)
    return Difference(len(misremembered) + len(miscounted), 0)


def _wanted(task: Task) -> Openings:
    """Compute the openings of the task's days, or of all days from now to the horizon."""
    today = task.now.astimezone(task.therapist.zone).date()
    horizon = today + dt.timedelta(days=task.rules.horizon_days)
    first, last = (today, horizon) if task.days is None else task.days
    first, last = max(first, today), min(last, horizon)
    if last < first or not task.sees_clients:
        return {}
    return compute_starts(task.therapist, first=first, last=last, now=task.now, rules=task.rules)


def _changes(task: Task, known: Openings, wanted: Openings) -> Iterator[Change]:
    """Give what must be removed and added for the rows that are `known` to be as `wanted`."""
    span = _span(task)
    for kind in known.keys() | wanted.keys():
        old, new = known.get(kind, NOT_OFFERED), wanted.get(kind, NOT_OFFERED)
        old_starts = old.starts.within(span) if span else old.starts
        if old.is_like(new):
            removed, added = old_starts.without(new.starts), new.starts.without(old_starts)
            both = [Change(kind, new, removed, added)]
        else:
            both = [
                Change(kind, old, old_starts, domain.NO_STARTS),
                Change(kind, new, domain.NO_STARTS, new.starts),
            ]
        yield from (each for each in both if each.removed.bits or each.added.bits)


def _span(task: Task) -> domain.Span | None:
    if task.days is None:
        return None
    start = domain.local_day(task.days.first, task.therapist.zone).start
    end = domain.local_day(task.days.last, task.therapist.zone).end
    return int(start.timestamp()), int(end.timestamp())


def _difference(task: Task, changes: Collection[Change]) -> Difference:
    return Difference(
        sum(each.added.bits.bit_count() for each in changes),
        sum(second >= _soonest(task) for each in changes for second in each.removed.seconds()),
    )


def _soonest(task: Task) -> float:
    return (task.now + task.rules.minimum_notice).timestamp()
