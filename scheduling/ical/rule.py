"""A recurrence rule (RFC 5545, section 3.3.10) as plain values."""

from dataclasses import dataclass, replace
from enum import IntEnum

from .values import DAY, Stamp

__all__ = ["STEP", "Frequency", "Rule"]


class Frequency(IntEnum):
    """How often a rule repeats, from the coarsest on."""

    YEARLY = 0
    MONTHLY = 1
    WEEKLY = 2
    DAILY = 3
    HOURLY = 4
    MINUTELY = 5
    SECONDLY = 6


STEP = {
    Frequency.WEEKLY: 7 * DAY,
    Frequency.DAILY: DAY,
    Frequency.HOURLY: 3600,
    Frequency.MINUTELY: 60,
    Frequency.SECONDLY: 1,
}


@dataclass(frozen=True, slots=True)
class Rule:
    """One recurrence rule. Weekdays count from Monday, 0; `byday` pairs an ordinal (0: every)."""

    frequency: Frequency
    interval: int = 1
    count: int | None = None
    until: Stamp | None = None
    week_start: int = 0
    bymonth: tuple[int, ...] = ()
    byweekno: tuple[int, ...] = ()
    byyearday: tuple[int, ...] = ()
    bymonthday: tuple[int, ...] = ()
    byday: tuple[tuple[int, int], ...] = ()
    byhour: tuple[int, ...] = ()
    byminute: tuple[int, ...] = ()
    bysecond: tuple[int, ...] = ()
    bysetpos: tuple[int, ...] = ()
    skip: str = ""  # RFC 7529: where a month is too short, FORWARD or BACKWARD; else left out

    @property
    def weekdays(self) -> frozenset[int]:
        """The weekdays of `byday`, ordinals aside."""
        return frozenset(weekday for _, weekday in self.byday)

    @property
    def is_plain(self) -> bool:
        """Say whether nothing but frequency and interval decide: a sum away from any time."""
        return self.frequency >= Frequency.WEEKLY and not (
            self.bymonth
            or self.byweekno
            or self.byyearday
            or self.bymonthday
            or self.byday
            or self.byhour
            or self.byminute
            or self.bysecond
            or self.bysetpos
        )

    def for_days(self) -> "Rule":
        """Return the rule as it is for whole days, which have no hours, minutes and seconds."""
        if self.frequency <= Frequency.DAILY and not (
            self.byhour or self.byminute or self.bysecond
        ):
            return self
        frequency = min(self.frequency, Frequency.DAILY)
        return replace(self, frequency=frequency, byhour=(), byminute=(), bysecond=())
