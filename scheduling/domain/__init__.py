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
    "cutoff",
    "freshness",
    "local_day",
    "merge",
    "nearest",
    "openings",
]
