"""The facts about one therapist, gathered from the database for the pure rules to decide on."""

import datetime as dt
from collections.abc import Collection, Iterable
from types import MappingProxyType

from django.db.models import QuerySet

from locations.models import Place, Room
from scheduling import domain
from scheduling.models import (
    Booking,
    BusyTime,
    CalendarFeed,
    Claim,
    Hold,
    OpenTime,
    SchedulingSettings,
    Service,
    Therapist,
    TravelTime,
)
from scheduling.models.hours import Span

MARGIN = dt.timedelta(days=2)


def facts_for(
    therapist: Therapist,
    *,
    now: dt.datetime,
    first: dt.date,
    last: dt.date,
    services: Collection[Service] | None = None,
    leaving_out: CalendarFeed | None = None,
) -> domain.Facts:
    """Return what decides about `therapist`'s openings from the local day `first` to `last`.

    `now` is an aware instant. `services` limits what openings are asked for; without it these are
    all of the therapist's. The calendar `leaving_out` counts as if there were none. Expired holds
    claim nothing. Places and services have their primary keys as keys; claims have `("hold", id)`
    and `("booking", id)`.
    """
    window = _window(therapist, first, last)
    rules = SchedulingSettings.load()
    feeds = therapist.feeds.filter(is_active=True)
    if leaving_out is not None:
        feeds = feeds.exclude(pk=leaving_out.pk)
    places = {place.pk: place for place in Place.objects.select_related("jurisdiction")}
    offered = list(therapist.services.all()) if services is None else list(services)
    return domain.Facts(
        now=now,
        therapist=therapist.pk,
        zone=therapist.zone,
        rules=domain.BookingRules(
            minimum_notice=dt.timedelta(hours=rules.notice_hours),
            horizon_days=rules.horizon_days,
            daily_limit=rules.daily_limit,
            grid_minutes=rules.grid_minutes,
        ),
        services=tuple(_service(service, places.values()) for service in offered),
        places=MappingProxyType({key: _place(place) for key, place in places.items()}),
        hours=_hours(therapist, places.values()),
        exceptions=_exceptions(therapist, places.values()),
        open_time=_open_time(feeds, window, places.values()),
        time_off=_intervals(
            therapist.time_off.filter(starts_at__lt=window.end, ends_at__gt=window.start)
        ),
        busy=_busy(feeds, window),
        claims=_claims(therapist, window, now),
        licences=tuple(
            domain.Licence(licence.jurisdiction_id, licence.valid_from, licence.valid_until)
            for licence in therapist.licences.all()
        ),
        rooms=_rooms(window, now),
        travel=MappingProxyType(
            {
                (journey.origin_id, journey.destination_id): dt.timedelta(minutes=journey.minutes)
                for journey in TravelTime.objects.all()
            }
        ),
    )


def _window(therapist: Therapist, first: dt.date, last: dt.date) -> domain.Interval:
    """Return the days with a margin: sessions, buffers and journeys cross midnight."""
    start = domain.local_day(first, therapist.zone).start - MARGIN
    return domain.Interval(start, domain.local_day(last, therapist.zone).end + MARGIN)


def _service(service: Service, places: Iterable[Place]) -> domain.Service:
    return domain.Service(
        key=service.pk,
        minutes=service.minutes,
        places=frozenset(
            place.pk
            for place in places
            if (place.is_online and service.online) or (not place.is_online and service.in_person)
        ),
        buffer_after=service.buffer_minutes,
        bookable_by=domain.Audience(service.bookable_by),
    )


def _place(place: Place) -> domain.Place:
    return domain.Place(
        key=place.pk,
        is_online=place.is_online,
        jurisdiction=place.jurisdiction_id,
        open_from=place.opens_on,
        closed_from=place.closed_on,
        zone=place.jurisdiction.zone,
    )


def _span_places(span: Span, places: Iterable[Place]) -> frozenset[domain.Key]:
    online = {place.pk for place in places if place.is_online} if span.online else set()
    return frozenset(online | ({span.office_id} if span.office_id else set()))


def _hours(therapist: Therapist, places: Collection[Place]) -> tuple[domain.WorkingHours, ...]:
    return tuple(
        domain.WorkingHours(
            weekday=hours.weekday,
            starts=hours.starts,
            ends=hours.ends,
            places=_span_places(hours, places),
            valid_from=hours.valid_from,
            valid_until=hours.valid_until,
        )
        for hours in therapist.working_hours.all()
    )


def _exceptions(
    therapist: Therapist, places: Collection[Place]
) -> tuple[domain.HoursException, ...]:
    return tuple(
        domain.HoursException(
            date=other.date,
            starts=other.starts,
            ends=other.ends,
            places=_span_places(other, places),
        )
        for other in therapist.hours_exceptions.all()
    )


def _open_time(
    feeds: QuerySet[CalendarFeed], window: domain.Interval, places: Iterable[Place]
) -> tuple[domain.OpenTime, ...]:
    online = frozenset(place.pk for place in places if place.is_online)
    rows = OpenTime.objects.filter(
        feed__in=feeds, starts_at__lt=window.end, ends_at__gt=window.start
    )
    return tuple(
        domain.OpenTime(
            domain.Interval(row.starts_at, row.ends_at),
            frozenset({row.office_id}) if row.office_id else online,
        )
        for row in rows
    )


def _busy(feeds: QuerySet[CalendarFeed], window: domain.Interval) -> tuple[domain.Interval, ...]:
    """Return what `feeds` say is taken, the unknown future included.

    Past the day up to which a feed was read nothing is known, and unknown is not free.
    """
    rows = BusyTime.objects.filter(
        feed__in=feeds, starts_at__lt=window.end, ends_at__gt=window.start
    )
    unknown = (
        domain.Interval(feed.covered_until or window.start, window.end)
        for feed in feeds.filter(role=CalendarFeed.Role.BUSY)
        if feed.covered_until is None or feed.covered_until < window.end
    )
    return (*_intervals(rows), *unknown)


def _claims(
    therapist: Therapist, window: domain.Interval, now: dt.datetime
) -> tuple[domain.Claim, ...]:
    rows = live_claims(now).filter(
        resource__therapist=therapist, starts_at__lt=window.end, ends_at__gt=window.start
    )
    return tuple(
        domain.Claim(
            key=claim_key(row),
            interval=domain.Interval(row.starts_at, row.ends_at),
            place=row.session.place_id,
            session_start=row.session.starts_at,
        )
        for row in rows
    )


def _rooms(
    window: domain.Interval, now: dt.datetime
) -> MappingProxyType[domain.Key, tuple[domain.RoomFacts, ...]]:
    taken: dict[int | None, list[domain.RoomClaim]] = {}
    claims = live_claims(now).filter(
        resource__room__isnull=False, starts_at__lt=window.end, ends_at__gt=window.start
    )
    for claim in claims.select_related("resource"):
        taken.setdefault(claim.resource.room_id, []).append(
            domain.RoomClaim(claim_key(claim), domain.Interval(claim.starts_at, claim.ends_at))
        )
    rooms: dict[domain.Key, tuple[domain.RoomFacts, ...]] = {}
    for room in Room.objects.filter(is_active=True):
        facts = domain.RoomFacts(room.pk, tuple(taken.get(room.pk, ())))
        rooms[room.office_id] = (*rooms.get(room.office_id, ()), facts)
    return MappingProxyType(rooms)


def live_claims(now: dt.datetime) -> QuerySet[Claim]:
    """Return the claims that occupy time at the instant `now`: all but those of expired holds."""
    return Claim.objects.exclude(hold__expires_at__lte=now).select_related("hold", "booking")


def claim_key(claim: Claim) -> tuple[str, int]:
    """Return the key that the claims of one hold, or of one booking, share."""
    return key_of(claim.session)


def key_of(session: Hold | Booking) -> tuple[str, int]:
    """Return the key of the session's claims, by which the facts can be had without them."""
    return ("hold" if isinstance(session, Hold) else "booking", session.pk)


def _intervals(rows: Iterable) -> tuple[domain.Interval, ...]:
    return tuple(domain.Interval(row.starts_at, row.ends_at) for row in rows)
