"""Keeping the read model true when time is taken or given back."""

import datetime as dt
from collections.abc import Iterable, Iterator

from django.db.models import F, Max, Q, QuerySet
from django_q.tasks import async_task

from locations.models import Room
from scheduling.models import Booking, Claim, OpenTime, Service, Therapist
from scheduling.models.bookings import SessionTime
from scheduling.services.follow_collisions import follow_collisions
from scheduling.services.rebuild_openings import Days, rebuild_openings

REBUILD = "scheduling.tasks.rebuild_openings"
# A claim touches the sessions around it: the buffer, a journey, the count of sessions of its day.
REACH = dt.timedelta(days=1)
FEW = 2


def follow_claims(sessions: Iterable[SessionTime], *, now: dt.datetime) -> None:
    """Rebuild the openings that the time of `sessions`, taken or given back, can have changed.

    The therapist's own are rebuilt at once, in the open transaction. Those of others who share the
    office's rooms follow by a task that the same transaction enqueues, and only where no room is
    left free around that time: as long as one is, nothing changed for them. Where a session was
    moved or cancelled, its collisions with calendars follow too.
    """
    touched = list(sessions)
    for therapist_id, days in _days_of(touched):
        rebuild_openings(therapist_id, now=now, days=days)
    for session in touched:
        if session.room and not _has_another_free_room(session, session.room):
            for therapist_id in _sharing_rooms_with(session):
                async_task(REBUILD, therapist_id)
    booked = (session for session in touched if isinstance(session, Booking))
    for therapist_id in dict.fromkeys(session.therapist_id for session in booked):
        follow_collisions(therapist_id, now=now)


def _days_of(sessions: Iterable[SessionTime]) -> Iterator[tuple[int, Days]]:
    """Give each therapist of `sessions` with the local days that they can have changed.

    Many sessions of one, as a series has them, are one stretch from the first to the last: to look
    at all of its days costs less than to gather the facts for each.
    """
    by_therapist: dict[int, list[dt.date]] = {}
    for session in sessions:
        local = session.starts_at.astimezone(session.therapist.zone).date()
        by_therapist.setdefault(session.therapist_id, []).append(local)
    for therapist_id, dates in by_therapist.items():
        stretches = [dates] if len(dates) > FEW else [[date] for date in dates]
        for stretch in stretches:
            yield therapist_id, Days(min(stretch) - REACH, max(stretch) + REACH)


def _has_another_free_room(session: SessionTime, room: Room) -> bool:
    """Return whether a room of the office is free for every session that could meet this one."""
    in_person = Service.objects.filter(in_person=True)
    longest = in_person.aggregate(minutes=Max(F("minutes") + F("buffer_minutes")))["minutes"] or 0
    around = dt.timedelta(minutes=longest)
    taken = Claim.objects.filter(
        resource__room__isnull=False,
        starts_at__lt=session.ends_at + session.service.buffer + around,
        ends_at__gt=session.starts_at - around,
    )
    rooms = Room.objects.filter(office_id=room.office_id, is_active=True).exclude(pk=room.pk)
    return rooms.exclude(pk__in=taken.values("resource__room_id")).exists()


def _sharing_rooms_with(session: SessionTime) -> QuerySet[Therapist, int]:
    """Return the keys of the others who may work at the session's office."""
    opened = OpenTime.objects.filter(office_id=session.place_id).values("feed__therapist_id")
    others = Therapist.objects.public().filter(
        Q(working_hours__office_id=session.place_id)
        | Q(hours_exceptions__office_id=session.place_id)
        | Q(pk__in=opened)
    )
    others = others.exclude(pk=session.therapist_id).order_by("pk").distinct()
    return others.values_list("pk", flat=True)
