"""All components of one UID together: which occurrences there are, and which are replaced."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from .budget import BudgetSpentError
from .calendars import Moment
from .events import Event
from .occurrences import Expansion, Named, Occurrence, occurrences_of
from .span import Span
from .values import DAY

__all__ = ["has_versions", "spans_of"]

_CAPPED = "An event repeats too often to be followed; from there on all time counts as taken."


def spans_of(events: Iterable[Event], expansion: Expansion) -> Iterator[Span]:
    """Give the time that the components of one UID take, or open, in the window; not merged.

    An override replaces the occurrence it names (section 3.8.4.4), in whatever zone it names it;
    one that names none stands for itself. Where a series costs more than its budget, the rest of
    the window is taken, and nothing more is opened.
    """
    masters, overrides = _arranged(events)
    replaced = Named()
    for override in overrides:
        if not override.and_future:
            replaced.add(_named_by(override))
    futures = sorted(
        (each for each in overrides if each.and_future), key=lambda each: _named_by(each).utc
    )
    for master in masters:
        yield from _of_master(master, replaced, futures, expansion)
    for override in overrides:
        alone = not masters or (override.and_future and override.repeats)
        yield from _of_override(override, expansion, with_series=alone)


def _named_by(override: Event) -> Moment:
    return override.recurrence_id or override.start


def has_versions(events: list[Event]) -> bool:
    """Say whether several components tell of the same, so that DTSTAMP may decide between them."""
    return len({_key(event) for event in events}) < len(events)


def _key(event: Event) -> tuple[int, bool]:
    named = event.recurrence_id
    return (named.utc, event.and_future) if named is not None else (0, False)


def _arranged(events: Iterable[Event]) -> tuple[list[Event], list[Event]]:
    """Part masters from overrides, and leave out the versions that others have outdated."""
    masters: list[Event] = []
    overrides: dict[tuple[int, bool], list[Event]] = {}
    for event in events:
        if event.recurrence_id is None:
            masters.append(event)
        else:
            overrides.setdefault(_key(event), []).append(event)
    if any(master.sequence is not None for master in masters):
        masters = _newest(masters)
    return masters, [event for versions in overrides.values() for event in _newest(versions)]


def _newest(versions: list[Event]) -> list[Event]:
    if len(versions) == 1:
        return versions
    best = max(_version(event) for event in versions)
    return [event for event in versions if _version(event) == best]


def _version(event: Event) -> tuple[int, tuple[int, ...]]:
    return (event.sequence or 0, event.stamps)


def _of_override(event: Event, expansion: Expansion, *, with_series: bool) -> Iterator[Span]:
    if not expansion.takes(event):
        return
    if with_series:
        yield from _of_master(event, Named(), [], expansion)
    else:
        only = Occurrence(event.start, event.length.end(event.start))
        if span := _span(event, only, expansion):
            yield span


def _span(event: Event, occurrence: Occurrence, expansion: Expansion) -> Span | None:
    start = occurrence.start.utc
    if occurrence.end <= start:
        return None
    start -= event.travel
    window = expansion.window
    if start >= window.end or occurrence.end <= window.start:
        return None
    return Span(max(start, window.start), min(occurrence.end, window.end), event.place)


def _of_master(
    master: Event, replaced: Named, futures: list[Event], expansion: Expansion
) -> Iterator[Span]:
    """Give the spans of a series, from each RANGE=THISANDFUTURE on with that one's changes."""
    is_taken = expansion.takes(master)
    if not is_taken and not any(expansion.takes(each) for each in futures):
        return
    latest = expansion.window.start
    try:
        for occurrence in occurrences_of(master, _shifts(futures), expansion):
            latest = max(latest, occurrence.start.utc)
            if replaced and occurrence.start in replaced:
                continue
            future = _last_before(futures, occurrence.start.utc) if futures else None
            if future is None:
                span = _span(master, occurrence, expansion) if is_taken else None
            elif _may_follow(future, occurrence, expansion):
                span = _span(future, _shifted(occurrence, future), expansion)
            else:
                span = None
            if span is not None:
                yield span
        is_cut = master.is_cut
    except BudgetSpentError:
        is_cut = True
    if is_cut:
        expansion.doubt("recurrence_capped", _CAPPED, "RRULE")
        start = max(latest, master.start.utc)
        if start < expansion.window.end and not expansion.is_open:
            yield Span(start, expansion.window.end)


def _may_follow(future: Event, occurrence: Occurrence, expansion: Expansion) -> bool:
    """Say whether an occurrence is laid out as RANGE=THISANDFUTURE has it.

    The one it names is the override itself; with a rule of its own it lays out the rest as well.
    """
    is_itself = occurrence.start.utc == _named_by(future).utc
    return not is_itself and not future.repeats and expansion.takes(future)


def _shifts(futures: list[Event]) -> int:
    return max((abs(each.start.utc - _named_by(each).utc) + DAY for each in futures), default=0)


def _last_before(futures: list[Event], utc: int) -> Event | None:
    at = bisect_right(futures, utc, key=lambda each: _named_by(each).utc)
    return futures[at - 1] if at else None


def _shifted(occurrence: Occurrence, future: Event) -> Occurrence:
    """Move an occurrence as far, on the clock, as the override moved the one it names."""
    zone = future.start.zone
    distance = future.start.local - zone.to_local(_named_by(future).utc)
    local = zone.to_local(occurrence.start.utc) + distance
    start = Moment(local, zone, is_date=future.start.is_date)
    return Occurrence(start, future.length.end(start))
