"""When a client is reminded of a session: at the times they chose, and never in the night."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from .intervals import as_utc, at_local

DAY_HOURS = 24
# A reminder that would fall in the night goes out this long before the night begins, so that it
# is read, and still comes before the night where the worker is a little late.
EVENING = dt.timedelta(hours=1)
# How late a reminder may still go out. Longer, and it says at an odd hour what the client knows.
LATEST = dt.timedelta(hours=1)
_FARTHEST = dt.timedelta(days=2)


@dataclass(frozen=True, slots=True)
class QuietHours:
    """The hours of every night, from `starts` up to, but without, `ends`, when no mail goes out.

    Wall time, in each of `zones`: it is night when it is night in one of them. Where `starts` and
    `ends` are the same there is no night.
    """

    starts: dt.time
    ends: dt.time
    zones: tuple[ZoneInfo, ...]

    def include(self, moment: dt.datetime) -> bool:
        """Return whether it is night at `moment` (aware)."""
        return any(self._begun(moment, zone) for zone in self.zones)

    def evening_before(self, moment: dt.datetime) -> dt.datetime:
        """Return `moment` (aware) or, where that is in the night, an hour before the night.

        In UTC. Where the nights of the zones leave no hour of day, this is over two days before.
        """
        kept = as_utc(moment)
        earliest = kept - _FARTHEST
        while kept >= earliest:
            begun = [night for zone in self.zones if (night := self._begun(kept, zone))]
            if not begun:
                break
            kept = min(begun) - EVENING
        return kept

    def _begun(self, moment: dt.datetime, zone: ZoneInfo) -> dt.datetime | None:
        """Return when the night began in which `moment` lies, by the clock of `zone`."""
        wall = moment.astimezone(zone)
        date, time = wall.date(), wall.time()
        if self.starts <= self.ends:
            is_night = self.starts <= time < self.ends
        else:
            is_night = time >= self.starts or time < self.ends
            date -= dt.timedelta(days=time < self.ends)
        return at_local(date, self.starts, zone) if is_night else None


def reminder_times(
    starts_at: dt.datetime,
    hours_before: Iterable[int],
    *,
    zone: ZoneInfo,
    quiet: QuietHours,
    now: dt.datetime,
) -> tuple[dt.datetime, ...]:
    """Return, in order, the instants (UTC) after `now` for reminders of a session at `starts_at`.

    Whole days of `hours_before` are counted by the client's clock in `zone`: a day before a session
    at ten is at ten, also when the clocks change in between. Other hours are elapsed time. What
    would fall in the night comes in the evening before, two that meet there are one, and none
    comes at an instant that has passed.
    """
    wished = (_before(starts_at, hours, zone) for hours in hours_before)
    kept = {
        moment
        for wish in wished
        if (moment := quiet.evening_before(wish)) > now and wish - moment <= _FARTHEST
    }
    return tuple(sorted(kept))


def may_remind(
    due_at: dt.datetime, starts_at: dt.datetime, *, quiet: QuietHours, now: dt.datetime
) -> bool:
    """Return whether a reminder that was due at `due_at` may go out at the instant `now`.

    Not before, not an hour later or more, not in the night, and never once the session has begun.
    """
    return due_at <= now < min(due_at + LATEST, starts_at) and not quiet.include(now)


def hours_before_words(hours: int) -> str:
    """Return how long before a session `hours` are: "1 day before", "2 hours before"."""
    days, rest = divmod(hours, DAY_HOURS)
    count, unit = (hours, "hour") if rest else (days, "day")
    return f"{count} {unit}{'' if count == 1 else 's'} before"


def _before(starts_at: dt.datetime, hours: int, zone: ZoneInfo) -> dt.datetime:
    days, rest = divmod(hours, DAY_HOURS)
    if rest:
        return as_utc(starts_at) - dt.timedelta(hours=hours)
    wall = starts_at.astimezone(zone)
    return at_local(wall.date() - dt.timedelta(days=days), wall.time(), zone)
