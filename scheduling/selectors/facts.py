"""The facts about one therapist, gathered from the database for the pure rules to decide on."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.models import QuerySet

from scheduling import domain
from scheduling.models import (
    Booking,
    CalendarFeed,
    Claim,
    Hold,
    SchedulingSettings,
    Service,
    Therapist,
    WorkingHours,
)

from . import facts_sql as sql
from .search_sql import Row, fetch
from .search_sql import adapted as _adapted

MARGIN = dt.timedelta(days=2)
NOWHERE: frozenset[domain.Key] = frozenset()


class _AtPlaces(Protocol):
    @property
    def places(self) -> frozenset[domain.Key]: ...


class Subject(NamedTuple):
    """A therapist, as far as the facts ask: the primary key and the zone of the working hours."""

    pk: int
    zone: ZoneInfo


def facts_for(
    therapist: Therapist | Subject,
    *,
    now: dt.datetime,
    first: dt.date,
    last: dt.date,
    services: Collection[Service] | None = None,
    leaving_out: CalendarFeed | None = None,
    rules: domain.BookingRules | None = None,
    hours: Iterable[WorkingHours] | None = None,
) -> domain.Facts:
    """Return what decides about `therapist`'s openings from the local day `first` to `last`.

    `now` is an aware instant. `services` limits what openings are asked for; without it these are
    all of the therapist's. The calendar `leaving_out` counts as if there were none. `rules` are the
    practice's, for whoever has read them. `hours` are weekly hours that count instead of those that
    are stored. Expired holds claim nothing. Places and services have their primary keys as keys;
    claims have `("hold", id)` and `("booking", id)`. Rooms are those of the offices where the
    therapist may be, or of all where a calendar is left out for another.
    """
    rules = rules or booking_rules()
    with connection.cursor() as cursor:
        records = _Records(therapist, first, last, now, leaving_out, cursor)
        weekly = records.hours(hours)
        exceptions, open_time = records.exceptions(), records.open_time()
        if leaving_out is None:
            where = _places_of(weekly) | _places_of(exceptions) | _places_of(open_time)
        else:
            where = frozenset(place.key for place in records.places)
        return domain.Facts(
            now=now,
            therapist=therapist.pk,
            zone=therapist.zone,
            rules=rules,
            services=records.services(services),
            places=MappingProxyType({place.key: place for place in records.places}),
            hours=weekly,
            exceptions=exceptions,
            open_time=open_time,
            time_off=records.time_off(),
            busy=records.busy(),
            claims=records.claims(),
            licences=records.licences(),
            rooms=records.rooms(where),
            travel=records.travel(),
        )


def booking_rules() -> domain.BookingRules:
    """Return what the practice decided about starts."""
    rows = _ask(sql.RULES)
    if rows:
        notice, horizon, limit, grid = rows[0]
    else:
        unsaved = SchedulingSettings()
        notice, horizon = unsaved.notice_hours, unsaved.horizon_days
        limit, grid = unsaved.daily_limit, unsaved.grid_minutes
    return domain.BookingRules(dt.timedelta(hours=notice), horizon, limit, grid)


def key_of(session: Hold | Booking) -> tuple[str, int]:
    """Return the key of the session's claims, by which the facts can be had without them."""
    return _claim_key(session.pk if isinstance(session, Hold) else None, session.pk)


def _places_of(times: Iterable[_AtPlaces]) -> frozenset[domain.Key]:
    return NOWHERE.union(*(each.places for each in times))


def live_claims(now: dt.datetime) -> QuerySet[Claim]:
    """Return the claims that occupy time at the instant `now`: all but those of expired holds."""
    return Claim.objects.exclude(hold__expires_at__lte=now).select_related("hold", "booking")


class _Records:
    """What is stored about one therapist around some local days, as the rules take it."""

    def __init__(
        self,
        therapist: Therapist | Subject,
        first: dt.date,
        last: dt.date,
        now: dt.datetime,
        leaving_out: CalendarFeed | None,
        cursor: CursorWrapper,
    ) -> None:
        """Read the places first: hours name them."""
        self.cursor = cursor
        self.key, self.now = therapist.pk, _adapted(now)
        self.feeds = self.key, (leaving_out and leaving_out.pk) or 0
        # With a margin: sessions, buffers and journeys cross midnight.
        self.start = domain.local_day(first, therapist.zone).start - MARGIN
        self.end = domain.local_day(last, therapist.zone).end + MARGIN
        self.span = _adapted(self.end), _adapted(self.start)
        self.places = [
            domain.Place(key, bool(is_online), jurisdiction, opens_on, closed_on, ZoneInfo(zone))
            for key, is_online, jurisdiction, opens_on, closed_on, zone in self._ask(sql.PLACES)
        ]
        self.online = frozenset(place.key for place in self.places if place.is_online)

    def services(self, asked: Collection[Service] | None) -> tuple[domain.Service, ...]:
        if asked is None:
            rows = self._ask(sql.SERVICES, self.key)
        else:
            rows = [tuple(getattr(each, name) for name in sql.SERVICE_FIELDS) for each in asked]
        offices = frozenset(place.key for place in self.places if not place.is_online)
        return tuple(
            domain.Service(
                key=key,
                minutes=minutes,
                places=frozenset().union(
                    offices if in_person else (), self.online if online else ()
                ),
                buffer_after=buffer,
                bookable_by=domain.Audience(bookable_by),
            )
            for key, minutes, buffer, bookable_by, in_person, online in rows
        )

    def hours(self, asked: Iterable[WorkingHours] | None) -> tuple[domain.WorkingHours, ...]:
        rows: Iterable[Row]
        if asked is None:
            rows = self._ask(sql.HOURS, self.key)
        else:
            rows = [tuple(getattr(each, name) for name in sql.HOURS_FIELDS) for each in asked]
        return tuple(
            domain.WorkingHours(weekday, starts, ends, self._where(office, online), *valid)
            for office, online, weekday, starts, ends, *valid in rows
        )

    def exceptions(self) -> tuple[domain.HoursException, ...]:
        return tuple(
            domain.HoursException(date, starts, ends, self._where(office, online))
            for office, online, date, starts, ends in self._ask(sql.EXCEPTIONS, self.key)
        )

    def open_time(self) -> tuple[domain.OpenTime, ...]:
        return tuple(
            domain.OpenTime(_interval(start, end), frozenset({office}) if office else self.online)
            for office, start, end in self._ask(sql.OPEN_TIME, *self.feeds, *self.span)
            if start < end
        )

    def time_off(self) -> tuple[domain.Span, ...]:
        return tuple(self._ask(sql.TIME_OFF, self.key, *self.span))

    def busy(self) -> tuple[domain.Span, ...]:
        """Return what active calendars say is taken, the unknown future included.

        Past the moment up to which one was read nothing is known, and unknown is not free.
        """
        start, end = int(self.start.timestamp()), int(self.end.timestamp())
        covered = self._ask(sql.COVERED_UNTIL, *self.feeds)
        unknown = [(start if until is None else until, end) for (until,) in covered]
        return (*self._ask(sql.BUSY_TIME, *self.feeds, *self.span), *unknown)

    def claims(self) -> tuple[domain.Claim, ...]:
        return tuple(
            domain.Claim(
                _claim_key(hold, booking), _interval(start, end), place, domain.instant(begins)
            )
            for hold, booking, start, end, place, begins in self._ask(
                sql.CLAIMS, self.key, *self.span, self.now
            )
        )

    def licences(self) -> tuple[domain.Licence, ...]:
        return tuple(domain.Licence(*row) for row in self._ask(sql.LICENCES, self.key))

    def rooms(
        self, visited: Collection[domain.Key]
    ) -> MappingProxyType[domain.Key, tuple[domain.RoomFacts, ...]]:
        """Return the rooms, with what takes them, of the offices among the places `visited`."""
        offices = sorted(set(visited) - self.online)
        taken: dict[tuple[int, int], list[domain.RoomClaim]] = {}
        for office in offices:
            rows = self._ask(sql.ROOMS, *self.span, self.now, office)
            for room, hold, booking, start, end in rows:
                claims = taken.setdefault((office, room), [])
                if start is not None:
                    claims.append(
                        domain.RoomClaim(_claim_key(hold, booking), _interval(start, end))
                    )
        rooms: defaultdict[domain.Key, tuple[domain.RoomFacts, ...]] = defaultdict(tuple)
        for (office, room), claims in taken.items():
            rooms[office] += (domain.RoomFacts(room, tuple(claims)),)
        return MappingProxyType(rooms)

    def _where(self, office: int | None, online: int) -> frozenset[domain.Key]:
        places = self.online if online else NOWHERE
        return places | {office} if office else places

    def travel(self) -> MappingProxyType[tuple[domain.Key, domain.Key], dt.timedelta]:
        return MappingProxyType(
            {
                (origin, destination): dt.timedelta(minutes=minutes)
                for origin, destination, minutes in self._ask(sql.TRAVEL)
            }
        )

    def _ask(self, query: str, *values: Any) -> list[Row]:
        self.cursor.execute(sql.for_database(query), values)
        return self.cursor.fetchall()


def _ask(query: str, *values: Any) -> list[Row]:
    return fetch(sql.for_database(query), values)


def _claim_key(hold: int | None, booking: int) -> tuple[str, int]:
    return ("booking", booking) if hold is None else ("hold", hold)


def _interval(start: int, end: int) -> domain.Interval:
    return domain.Interval(domain.instant(start), domain.instant(end))
