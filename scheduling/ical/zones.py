"""Zones: what turns local seconds into instants and back, whatever a zone was made from.

Local times that clocks skip take the offset from before the gap, and those shown twice mean the
first (RFC 5545, section 3.3.5).
"""

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple, Protocol
from zoneinfo import ZoneInfo

from .values import DAY, FIRST_DAY, LAST_DAY

__all__ = ["UTC", "Fixed", "Iana", "Onset", "Table", "Zone", "iana"]

_EPOCH = dt.datetime(1970, 1, 1)  # noqa: DTZ001 - wall time, on purpose without a zone
_EPOCH_UTC = _EPOCH.replace(tzinfo=dt.UTC)
_MOST_DAYS = 20_000
_FIRST, _LAST = FIRST_DAY * DAY, LAST_DAY * DAY


class Zone(Protocol):
    """Whatever can turn local seconds into UTC seconds and back."""

    def to_utc(self, local: int) -> int:
        """Return the instant at which clocks show `local`."""

    def to_local(self, utc: int) -> int:
        """Return what clocks show at the instant `utc`."""


class Fixed:
    """A zone that is always the same distance from UTC, in seconds east."""

    def __init__(self, offset: int) -> None:
        self.offset = offset

    def to_utc(self, local: int) -> int:
        """Return the instant at which clocks show `local`."""
        return local - self.offset

    def to_local(self, utc: int) -> int:
        """Return what clocks show at the instant `utc`."""
        return utc + self.offset


UTC = Fixed(0)


class Iana:
    """A zone of the IANA data base. Days on which nothing changes are remembered."""

    def __init__(self, zone: dt.tzinfo) -> None:
        self._zone = zone
        self._steady: dict[int, int | None] = {}

    def to_utc(self, local: int) -> int:
        """Return the instant at which clocks show `local`."""
        day = local // DAY
        try:
            offset = self._steady[day]
        except KeyError:
            offset = self._learn(day)
        return local - (self._offset(local) if offset is None else offset)

    def to_local(self, utc: int) -> int:
        """Return what clocks show at the instant `utc`."""
        moment = _EPOCH_UTC + dt.timedelta(seconds=min(max(utc, _FIRST + DAY), _LAST - DAY))
        return utc + _seconds(moment.astimezone(self._zone).utcoffset())

    def _learn(self, day: int) -> int | None:
        if len(self._steady) > _MOST_DAYS:
            self._steady.clear()
        morning, evening = self._offset(day * DAY), self._offset((day + 1) * DAY)
        offset = morning if morning == evening else None
        self._steady[day] = offset
        return offset

    def _offset(self, local: int) -> int:
        clock = _EPOCH + dt.timedelta(seconds=min(max(local, _FIRST), _LAST))
        return _seconds(clock.replace(tzinfo=self._zone).utcoffset())


def _seconds(offset: dt.timedelta | None) -> int:
    return 0 if offset is None else round(offset.total_seconds())


@cache
def iana(name: str) -> Iana:
    """Return the zone with an IANA name, the same one each time; raise as `ZoneInfo` does."""
    return Iana(ZoneInfo(name))


class Onset(NamedTuple):
    """A change of clocks: `local` is what they show at that moment in the old offset."""

    local: int
    before: int
    after: int


class Table:
    """A zone told by the changes of its clocks, such as a VTIMEZONE lists them."""

    def __init__(self, onsets: Iterable[Onset]) -> None:
        changes = sorted(onsets, key=lambda each: each.local - each.before)
        self._offsets = [changes[0].before, *(each.after for each in changes)]
        self._instants = [each.local - each.before for each in changes]
        # The last wall time that still counts in the old offset: in a gap the time after it.
        self._clocks = [each.local + max(0, each.after - each.before) for each in changes]

    def to_utc(self, local: int) -> int:
        """Return the instant at which clocks show `local`."""
        return local - self._offsets[bisect_right(self._clocks, local)]

    def to_local(self, utc: int) -> int:
        """Return what clocks show at the instant `utc`."""
        return utc + self._offsets[bisect_right(self._instants, utc)]
