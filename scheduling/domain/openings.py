"""The only place that decides what can be booked."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, overload
from zoneinfo import ZoneInfo

from .cells import CELL_MINUTES, cells, erode
from .facts import Audience, Facts, Key, Place, Service
from .layout import Layout


class Rule(StrEnum):
    """Why a start can't be booked, in the order in which the rules are asked."""

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


@dataclass(frozen=True, slots=True, order=True)
class Opening:
    """A start that can be booked: the session's instants (UTC), what, where, and a free room."""

    start: dt.datetime
    end: dt.datetime
    service: Key
    place: Key
    room: Key | None = None


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
    if facts.therapist != therapist:
        raise ValueError("these are the facts of another therapist")
    layout = Layout(facts, day)
    open_now: list[Opening] = []
    refused: list[Refusal] = []
    for service in facts.services:
        for place in facts.places.values():
            left = layout.starts
            for rule, allowed in _rules(layout, service, place, audience):
                if explain:
                    refused += (
                        Refusal(layout.instant(cell), service.key, place.key, rule)
                        for cell in cells(left & ~allowed)
                    )
                left &= allowed
                if not left:
                    break
            open_now += _opened(layout, service, place, left)
    found = tuple(sorted(open_now, key=lambda opening: opening.start))
    if not explain:
        return found
    return Explanation(found, tuple(sorted(refused, key=lambda refusal: refusal.start)))


def _rules(
    layout: Layout, service: Service, place: Place, audience: Audience
) -> Iterator[tuple[Rule, int]]:
    """Give each rule with the starts that it allows; the cheap ones that refuse all come first."""
    everything = layout.window.full
    for rule, holds in _rules_of_the_day(layout, service, place, audience):
        yield rule, everything if holds else 0
    facts = layout.facts
    zone = place.zone or facts.zone
    last_day = place.closed_from and place.closed_from - dt.timedelta(days=1)
    yield Rule.PLACE_CLOSED, layout.on_dates(place.open_from, last_day, zone)
    yield Rule.NOT_LICENSED, _licensed(layout, place, zone)
    yield Rule.TOO_SOON, layout.from_instant(facts.now + facts.rules.minimum_notice)
    available = layout.available(place.key)
    yield Rule.OUTSIDE_HOURS, erode(available, _session_cells(service))
    yield Rule.TIME_OFF, erode(everything & ~layout.time_off(), _session_cells(service))
    yield Rule.BUSY, _clear_of(layout, layout.busy(), service)
    yield Rule.CLAIMED, _clear_of(layout, layout.claimed(), service)
    if not place.is_online:
        yield Rule.TRAVEL, _clear_of(layout, layout.travelling(place.key), service)
        yield Rule.NO_ROOM, _with_a_room(layout, service, place)


def _rules_of_the_day(
    layout: Layout, service: Service, place: Place, audience: Audience
) -> Iterator[tuple[Rule, bool]]:
    """Give the rules that hold for all starts of the day, or for none."""
    facts, rules = layout.facts, layout.facts.rules
    yield Rule.STAFF_ONLY, service.bookable_by <= audience
    yield Rule.NOT_OFFERED_HERE, place.key in service.places
    today = facts.now.astimezone(facts.zone).date()
    yield Rule.BEYOND_HORIZON, layout.date <= today + dt.timedelta(days=rules.horizon_days)
    limit = rules.daily_limit
    yield Rule.DAILY_LIMIT, limit is None or layout.sessions_on_day() < limit


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
        starts |= _clear_of(layout, layout.room_taken(room), service)
    return starts


def _opened(layout: Layout, service: Service, place: Place, starts: int) -> Iterator[Opening]:
    length = dt.timedelta(minutes=service.minutes)
    rooms = () if place.is_online else layout.facts.rooms.get(place.key, ())
    free = [(room.key, _clear_of(layout, layout.room_taken(room), service)) for room in rooms]
    for cell in cells(starts):
        room = next((key for key, mask in free if mask >> cell & 1), None)
        start = layout.instant(cell)
        yield Opening(start, start + length, service.key, place.key, room)
