"""Pure rules of scheduling: standard library only, no database, no clock."""

from .cells import CELL_MINUTES
from .facts import (
    Audience,
    BookingRules,
    Claim,
    Facts,
    HoursException,
    Key,
    Licence,
    OpenTime,
    Place,
    RoomClaim,
    RoomFacts,
    Service,
    WorkingHours,
)
from .intervals import Interval, at_local, local_day, merge
from .openings import Explanation, Opening, Refusal, Rule, openings
from .policy import Freshness, cutoff, freshness, nearest
from .wording import (
    clock_words,
    clocks_differ,
    day_words,
    moment_words,
    month_words,
    part_of_day,
    short_day_words,
    zone_words,
)

__all__ = [
    "CELL_MINUTES",
    "Audience",
    "BookingRules",
    "Claim",
    "Explanation",
    "Facts",
    "Freshness",
    "HoursException",
    "Interval",
    "Key",
    "Licence",
    "OpenTime",
    "Opening",
    "Place",
    "Refusal",
    "RoomClaim",
    "RoomFacts",
    "Rule",
    "Service",
    "WorkingHours",
    "at_local",
    "clock_words",
    "clocks_differ",
    "cutoff",
    "day_words",
    "freshness",
    "local_day",
    "merge",
    "moment_words",
    "month_words",
    "nearest",
    "openings",
    "part_of_day",
    "short_day_words",
    "zone_words",
]
