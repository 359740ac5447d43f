"""The only place that decides what can be booked."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from operator import attrgetter
from typing import Literal, NamedTuple, overload
from zoneinfo import ZoneInfo

from .cells import CELL_MINUTES, Starts, erode
from .facts import Audience, Facts, Key, Place, RoomFacts, Service
from .layout import Layout


class Rule(StrEnum):
    """Why a start can't be booked, in the order in which the rules are asked."""

    OFF_GRID = "off_grid"
    STAFF_ONLY = "staff_only"
    NOT_OFFERED_HERE = "not_offered_here"
    BEYOND_HORIZON = "beyond_horizon"
    DAILY_LIMIT = "daily_limit"
    PLACE_CLOSED = "place_closed"
    NOT_LICENSED = "not_licensed"
    TOO_SOON = "too_soon"
    OUTSIDE_HOURS = "outside_hours"
    TIME_OFF = "time_off"
    BUSY = "busy"
    CLAIMED = "claimed"
    TRAVEL = "travel"
    NO_ROOM = "no_room"


class Opening(NamedTuple):
    """A start that can be booked: the session's instants (UTC), what, where, and a free room."""

    start: dt.datetime
    end: dt.datetime
    service: Key
    place: Key
    room: Key | None = None


_start_of = attrgetter("start")


@dataclass(frozen=True, slots=True)
class Refusal:
    """A start that can't be booked, and the first rule that refuses it."""

    start: dt.datetime
    service: Key
    place: Key
    rule: Rule


@dataclass(frozen=True, slots=True)
class Explanation:
    """Every start of a day's grid, for each service and place: open, or refused by a rule."""

    openings: tuple[Opening, ...]
    refusals: tuple[Refusal, ...]


@overload
def openings(
    therapist: Key,
    day: dt.date,
    facts: Facts,
    *,
    audience: Audience = ...,
    explain: Literal[False] = ...,
) -> tuple[Opening, ...]: ...
@overload
def openings(
    therapist: Key,
    day: dt.date,
    facts: Facts,
    *,
    audience: Audience = ...,
    explain: Literal[True],
) -> Explanation: ...
def openings(
    therapist: Key,
    day: dt.date,
    facts: Facts,
    *,
    audience: Audience = Audience.EVERYONE,
    explain: bool = False,
) -> tuple[Opening, ...] | Explanation:
    """Return the openings that begin on the local `day`, in order of start.

    `audience` is who asks. With `explain` the refused starts are returned too, each with the first
    rule that refuses it; both answers are read from the same sets. Raises ValueError where the
    facts are another therapist's.
    """
    layout = _lay_out(therapist, day, day, facts)
    found = _find(layout, audience)
    return Explanation(found, _refuse(layout, audience)) if explain else found


def openings_between(
    therapist: Key,
    first: dt.date,
    last: dt.date,
    facts: Facts,
    *,
    audience: Audience = Audience.EVERYONE,
) -> tuple[Opening, ...]:
    """Return what `openings` returns for the local days from `first` to `last`, one after another.

    All days are laid out in the same sets, which costs little more than one day does. The lists of
    `facts` must cover a day either side. Raises ValueError where the facts are another therapist's.
    """
    if last < first:
        return ()
    return _find(_lay_out(therapist, first, last, facts), audience)


def starts_between(
    therapist: Key,
    first: dt.date,
    last: dt.date,
    facts: Facts,
    *,
    audience: Audience = Audience.EVERYONE,
) -> dict[tuple[Key, Key], Starts]:
    """Return the starts of what `openings_between` returns, by service and place; no empty ones.

    For whoever compares or counts many: a set of starts costs no more than a number.
    """
    if last < first:
        return {}
    layout = _lay_out(therapist, first, last, facts)
    return {
        (service.key, place.key): Starts(layout.window.origin, starts)
        for service, place, starts in _open(layout, audience)
    }


def _lay_out(therapist: Key, first: dt.date, last: dt.date, facts: Facts) -> Layout:
    if facts.therapist != therapist:
        raise ValueError("these are the facts of another therapist")
    return Layout(facts, first, last)


def _find(layout: Layout, audience: Audience) -> tuple[Opening, ...]:
    found: list[Opening] = []
    for service, place, starts in _open(layout, audience):
        found += _opened(layout, service, place, starts)
    return tuple(sorted(found, key=_start_of))


def _open(layout: Layout, audience: Audience) -> Iterator[tuple[Service, Place, int]]:
    """Give the services and places that have openings, with their starts."""
    # Without hours there OUTSIDE_HOURS would refuse every start, only later.
    places = [each for each in layout.facts.places.values() if layout.available(each.key)]
    for service in layout.facts.services:
        for place in places:
            left = layout.starts
            for _, allowed in _rules(layout, service, place, audience):
                left &= allowed
                if not left:
                    break
            else:
                yield service, place, left


def _refuse(layout: Layout, audience: Audience) -> tuple[Refusal, ...]:
    refused: list[Refusal] = []
    for service in layout.facts.services:
        for place in layout.facts.places.values():
            left = layout.starts
            for rule, allowed in _rules(layout, service, place, audience):
                refused += (
                    Refusal(start, service.key, place.key, rule)
                    for start in layout.instants(left & ~allowed)
                )
                left &= allowed
    return tuple(sorted(refused, key=_start_of))


def _rules(
    layout: Layout, service: Service, place: Place, audience: Audience
) -> Iterator[tuple[Rule, int]]:
    """Give each rule with the starts that it allows; the cheap ones that refuse all come first."""
    facts, everything = layout.facts, layout.window.full
    yield Rule.STAFF_ONLY, everything if service.bookable_by <= audience else 0
    yield Rule.NOT_OFFERED_HERE, everything if place.key in service.places else 0
    yield Rule.BEYOND_HORIZON, layout.kept(Rule.BEYOND_HORIZON, lambda: _within_horizon(layout))
    yield Rule.DAILY_LIMIT, layout.kept(Rule.DAILY_LIMIT, layout.below_daily_limit)
    zone = facts.zone_at(place.key)
    last_day = place.closed_from and place.closed_from - dt.timedelta(days=1)
    yield Rule.PLACE_CLOSED, layout.on_dates(place.open_from, last_day, zone)
    yield (
        Rule.NOT_LICENSED,
        layout.kept((Rule.NOT_LICENSED, place.key), lambda: _licensed(layout, place, zone)),
    )
    soonest = facts.now + facts.rules.minimum_notice
    yield Rule.TOO_SOON, layout.kept(Rule.TOO_SOON, lambda: layout.from_instant(soonest))
    yield Rule.OUTSIDE_HOURS, erode(layout.available(place.key), _session_cells(service))
    for rule, allowed in _rules_everywhere(layout, service):
        yield rule, layout.kept((rule, service.key), allowed)
    if not place.is_online:
        yield Rule.TRAVEL, _clear_of(layout, layout.travelling(place.key), service)
        yield Rule.NO_ROOM, _with_a_room(layout, service, place)


def _rules_everywhere(layout: Layout, service: Service) -> Iterator[tuple[Rule, Callable[[], int]]]:
    """Give the rules that allow the same starts at every place."""
    yield (
        Rule.TIME_OFF,
        lambda: erode(layout.window.full & ~layout.time_off, _session_cells(service)),
    )
    yield Rule.BUSY, lambda: _clear_of(layout, layout.busy, service)
    yield Rule.CLAIMED, lambda: _clear_of(layout, layout.claimed, service)


def _within_horizon(layout: Layout) -> int:
    facts = layout.facts
    today = facts.now.astimezone(facts.zone).date()
    last = today + dt.timedelta(days=facts.rules.horizon_days)
    if layout.dates[-1] <= last:
        return layout.window.full
    return layout.on_dates(None, last, facts.zone) if layout.dates[0] <= last else 0


def _licensed(layout: Layout, place: Place, zone: ZoneInfo) -> int:
    """Return the starts on days, in the zone of the place, on which a licence for it is valid."""
    starts = 0
    for licence in layout.facts.licences:
        if licence.jurisdiction == place.jurisdiction:
            starts |= layout.on_dates(licence.valid_from, licence.valid_until, zone)
    return starts


def _session_cells(service: Service) -> int:
    return -(-service.minutes // CELL_MINUTES)


def _clear_of(layout: Layout, taken: int, service: Service) -> int:
    """Return the starts whose session, with its buffers, touches nothing of `taken`."""
    before = -(-service.buffer_before // CELL_MINUTES)
    after = -(-(service.minutes + service.buffer_after) // CELL_MINUTES)
    return erode(layout.window.full & ~taken, before + after) << before


def _with_a_room(layout: Layout, service: Service, place: Place) -> int:
    starts = 0
    for room in layout.facts.rooms.get(place.key, ()):
        starts |= _room_free(layout, room, service)
        if not layout.starts & ~starts:
            break
    return starts


def _room_free(layout: Layout, room: RoomFacts, service: Service) -> int:
    return layout.kept(
        (Rule.NO_ROOM, room.key, service.key),
        lambda: _clear_of(layout, layout.room_taken(room), service),
    )


def _opened(layout: Layout, service: Service, place: Place, starts: int) -> Iterator[Opening]:
    """Give the openings of `starts`, each in the first room that is free."""
    length = dt.timedelta(minutes=service.minutes)
    for room, mask in _by_room(layout, service, place, starts):
        for start in layout.instants(mask):
            yield Opening(start, start + length, service.key, place.key, room)


def _by_room(
    layout: Layout, service: Service, place: Place, starts: int
) -> Iterator[tuple[Key | None, int]]:
    if place.is_online:
        yield None, starts
        return
    for room in layout.facts.rooms.get(place.key, ()):
        free = _room_free(layout, room, service)
        yield room.key, starts & free
        starts &= ~free
        if not starts:
            break
