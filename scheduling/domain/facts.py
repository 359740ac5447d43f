"""What has to be known to say what can be booked: plain values, no database, no clock.

Keys (`key`, `place`, `therapist`, `jurisdiction` …) are whatever the caller uses: numbers or short
strings, compared and hashed, never looked into. Dates and times of day are local to the zone named
beside them; instants are kept in UTC. `ValueError` marks a value that cannot be meant.
"""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from enum import IntEnum
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from .cells import CELL_MINUTES, Span
from .intervals import Interval, as_utc

# Hashable, and of the caller's own type: what goes in comes out again.
Key = Any

MIDNIGHT = dt.time()
NO_TIME = dt.timedelta()


class Audience(IntEnum):
    """Who may book a service; each may book what those before may."""

    EVERYONE = 1
    EXISTING_CLIENTS = 2
    STAFF = 3


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """Weekly hours: on `weekday` (Monday is 0), from `starts` to `ends`, at any one of `places`.

    Wall time in the therapist's zone; `ends` at 00:00 means the midnight that ends the day.
    `valid_from` and `valid_until` are the first and the last date, `None` for no such limit.
    """

    weekday: int
    starts: dt.time
    ends: dt.time
    places: frozenset[Key]
    valid_from: dt.date | None = None
    valid_until: dt.date | None = None

    def __post_init__(self) -> None:
        if self.weekday not in range(7):
            raise ValueError(f"weekday {self.weekday} is not from 0 (Monday) to 6 (Sunday)")
        _refuse_backward(self.starts, self.ends)

    def applies_on(self, date: dt.date) -> bool:
        """Say whether these are hours of the local `date`."""
        return date.weekday() == self.weekday and _within(date, self.valid_from, self.valid_until)


@dataclass(frozen=True, slots=True)
class HoursException:
    """The hours of one date, in place of all the weekly hours of that date.

    Several of one date add up; one whose `starts` and `ends` are `None` alone means no hours.
    """

    date: dt.date
    starts: dt.time | None = None
    ends: dt.time | None = None
    places: frozenset[Key] = frozenset()

    def __post_init__(self) -> None:
        if (self.starts is None) != (self.ends is None):
            raise ValueError("an exception has both a start and an end, or neither")
        if self.starts is not None and self.ends is not None:
            _refuse_backward(self.starts, self.ends)


@dataclass(frozen=True, slots=True)
class OpenTime:
    """Time that a feed opens, besides the working hours, at any one of `places`."""

    interval: Interval
    places: frozenset[Key]


@dataclass(frozen=True, slots=True)
class Claim:
    """Time of the therapist that a hold, an offer, a booking or a block occupies.

    `interval` is the time as claimed: the session with its buffers before and after. `place` is
    where the session is (`None` for a block that is nowhere), and decides about travel.
    `session_start` is the start of the session itself and puts it on that local day's count;
    `None` (a block) is not counted. `key` lets a hold that is being confirmed, or a booking that
    is being moved, be ignored: give the claims that belong together the same key.
    """

    key: Key
    interval: Interval
    place: Key | None
    session_start: dt.datetime | None

    def __post_init__(self) -> None:
        if self.session_start is not None:
            object.__setattr__(self, "session_start", as_utc(self.session_start))


@dataclass(frozen=True, slots=True)
class RoomClaim:
    """Time, buffers included, during which a room is taken, by whichever therapist."""

    key: Key
    interval: Interval


@dataclass(frozen=True, slots=True)
class RoomFacts:
    """A room of an office, and when it is taken."""

    key: Key
    claims: tuple[RoomClaim, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where the client is during a session: at an office, or online in a jurisdiction.

    `jurisdiction` is the one whose licence counts: for an office, where it stands. Sessions are
    there from `open_from` up to, but without, `closed_from`. These dates, and those of licences,
    change at midnight in `zone`, the place's own; `None` means the therapist's.
    """

    key: Key
    is_online: bool
    jurisdiction: Key
    open_from: dt.date | None = None
    closed_from: dt.date | None = None
    zone: ZoneInfo | None = None


@dataclass(frozen=True, slots=True)
class Licence:
    """The therapist's licence in a jurisdiction: first and last date, `None` for no such limit."""

    jurisdiction: Key
    valid_from: dt.date | None = None
    valid_until: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Service:
    """What this therapist offers: length, buffers around it, where, and who may book it.

    The session itself lies within working hours or open time. The buffers need not, but nothing
    else may occupy them.
    """

    key: Key
    minutes: int
    places: frozenset[Key]
    buffer_before: int = 0
    buffer_after: int = 0
    bookable_by: Audience = Audience.EVERYONE

    def __post_init__(self) -> None:
        if not 1 <= self.minutes <= 24 * 60:
            raise ValueError("a session is from a minute to a day long")
        if not (0 <= self.buffer_before <= 24 * 60 and 0 <= self.buffer_after <= 24 * 60):
            raise ValueError("a buffer is from nothing to a day long")


@dataclass(frozen=True, slots=True)
class BookingRules:
    """The practice's rules about starts.

    `minimum_notice` is elapsed time from now. `horizon_days` counts local dates after today's, the
    last one included. `daily_limit` is how many sessions a therapist has on a local day, `None`
    for as many as fit. `grid_minutes` are wall-clock minutes from local midnight, so that clients
    read the same times before and after the clocks change.
    """

    minimum_notice: dt.timedelta
    horizon_days: int
    daily_limit: int | None = None
    grid_minutes: int = 15

    def __post_init__(self) -> None:
        if self.minimum_notice < NO_TIME or self.horizon_days < 0:
            raise ValueError("notice and horizon are not negative")
        if self.daily_limit is not None and self.daily_limit < 0:
            raise ValueError("a daily limit is not negative")
        if self.grid_minutes % CELL_MINUTES or not CELL_MINUTES <= self.grid_minutes <= 60:
            raise ValueError("starts lie 5 to 60 minutes apart, in steps of 5")


@dataclass(frozen=True, eq=False, slots=True)
class Facts:
    """All that decides about one therapist's openings. `now` is among them.

    For the openings of a day the lists must cover that local day and at least a day either side:
    sessions cross midnight, and so do buffers and journeys. `services` and `places` list what
    openings are asked for, in the order in which openings of one start are given. `travel` is the
    time from one office to another; where only the way back is listed it counts both ways, and
    where neither is, none is needed. A place without an entry in `rooms` has none.

    `time_off` and `busy` are what `busy_spans` gives: they may be long, and whole seconds are laid
    out fastest.
    """

    now: dt.datetime
    therapist: Key
    zone: ZoneInfo
    rules: BookingRules
    services: tuple[Service, ...]
    places: Mapping[Key, Place]
    hours: tuple[WorkingHours, ...] = ()
    exceptions: tuple[HoursException, ...] = ()
    open_time: tuple[OpenTime, ...] = ()
    time_off: tuple[Span, ...] = ()
    busy: tuple[Span, ...] = ()
    claims: tuple[Claim, ...] = ()
    licences: tuple[Licence, ...] = ()
    rooms: Mapping[Key, tuple[RoomFacts, ...]] = field(default_factory=lambda: MappingProxyType({}))
    travel: Mapping[tuple[Key, Key], dt.timedelta] = field(
        default_factory=lambda: MappingProxyType({})
    )

    def __post_init__(self) -> None:
        object.__setattr__(self, "now", as_utc(self.now))

    def zone_at(self, place: Key) -> ZoneInfo:
        """Return the zone in which clients read times at `place`."""
        return self.places[place].zone or self.zone

    def without_claims(self, keys: Collection[Key]) -> "Facts":
        """Return the facts as they are once the claims with these keys are gone, rooms included."""
        if not keys:
            return self
        rooms = {
            place: tuple(
                replace(room, claims=tuple(each for each in room.claims if each.key not in keys))
                for room in of_place
            )
            for place, of_place in self.rooms.items()
        }
        kept = tuple(claim for claim in self.claims if claim.key not in keys)
        return replace(self, claims=kept, rooms=rooms)


def _refuse_backward(starts: dt.time, ends: dt.time) -> None:
    if ends != MIDNIGHT and ends <= starts:
        raise ValueError(f"hours end after they start, at midnight at the latest: {starts}-{ends}")


def _within(date: dt.date, first: dt.date | None, last: dt.date | None) -> bool:
    return (first is None or first <= date) and (last is None or date <= last)
