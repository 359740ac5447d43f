"""What occupies a therapist, an office or a room in a week, as staff look at it."""

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from locations.models import Office, Room
from scheduling import domain
from scheduling.models import Booking, Claim, Therapist
from scheduling.selectors.facts import facts_for, live_claims

Whose = Therapist | Office | Room


class Kind(StrEnum):
    """What an entry of the calendar is."""

    SESSION = "session"
    HELD = "held"
    TIME_OFF = "time_off"
    BUSY = "busy"


class Entry(NamedTuple):
    """Some time that is taken: by a session, with its booking, or by something without a name.

    `meets_busy` marks a session at a time that a calendar says is taken as well.
    """

    interval: domain.Interval
    kind: Kind
    booking: Booking | None = None
    meets_busy: bool = False


def zone_of(whose: Whose) -> ZoneInfo:
    """Return the zone in which the week of `whose` is read."""
    if isinstance(whose, Therapist):
        return whose.zone
    office = whose.office if isinstance(whose, Room) else whose
    return office.jurisdiction.zone


def calendar_week(whose: Whose, axis: domain.WeekAxis, *, now: dt.datetime) -> list[Entry]:
    """Return what occupies `whose` in the week of `axis`, in order of start.

    Sessions and what is being held at the instant `now`; of a therapist time off and busy time of
    calendars as well, as far as no session covers it. What no calendar was read for counts as
    busy, as it does where openings are decided. Of busy time only the hours are known.
    """
    sessions = [_entry(claim) for claim in _claims(whose, axis.interval, now)]
    if not isinstance(whose, Therapist):
        return sorted(sessions, key=_in_order)
    known = facts_for(whose, now=now, first=axis.days[0], last=axis.days[-1], services=[])
    busy = domain.intervals_of(known.busy)
    taken = [each.interval for each in sessions]
    off = domain.intervals_of(known.time_off)
    entries = [
        each._replace(meets_busy=any(each.interval.overlaps(other) for other in busy))
        for each in sessions
    ]
    entries += _rest(off, taken, axis.interval, Kind.TIME_OFF)
    entries += _rest(busy, [*taken, *off], axis.interval, Kind.BUSY)
    return sorted(entries, key=_in_order)


def _claims(whose: Whose, week: domain.Interval, now: dt.datetime) -> QuerySet[Claim]:
    claims = live_claims(now).filter(starts_at__lt=week.end, ends_at__gt=week.start)
    claims = claims.select_related(
        "hold",
        *(f"booking__{each}" for each in ("therapist", "service", "place__jurisdiction", "room")),
    )
    if isinstance(whose, Therapist):
        return claims.filter(resource__therapist=whose)
    if isinstance(whose, Room):
        return claims.filter(resource__room=whose)
    return claims.filter(resource__room__office=whose)


def _entry(claim: Claim) -> Entry:
    session = claim.session
    kind = Kind.SESSION if claim.booking else Kind.HELD
    return Entry(domain.Interval(session.starts_at, session.ends_at), kind, claim.booking)


def _rest(
    intervals: Iterable[domain.Interval],
    covered: Iterable[domain.Interval],
    week: domain.Interval,
    kind: Kind,
) -> list[Entry]:
    left = domain.subtract(domain.clip(intervals, week), covered)
    return [Entry(interval, kind) for interval in left]


def _in_order(entry: Entry) -> tuple[dt.datetime, dt.datetime, str]:
    return entry.interval.start, entry.interval.end, entry.kind
