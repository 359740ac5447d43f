"""Sessions that meet busy time of their therapist's calendars."""

import datetime as dt
from enum import StrEnum
from typing import NamedTuple

from django.contrib.auth.models import User
from django.db.models import Case, F, Max, Min, Q, QuerySet, Value, When

from scheduling import domain
from scheduling.models import BusyTime, Collision

# Encrypted, and nobody who lists collisions needs them.
PRIVATE = (
    "feed__address",
    "booking__client_name",
    "booking__client_email",
    "booking__client_phone",
)


class State(StrEnum):
    """Where a collision stands, in words for staff."""

    WAITING = "waits for a decision"
    KEPT = "both kept"
    OVER = "over"


class Overlap(NamedTuple):
    """A session and the busy time of one calendar around it: from the first start to the last end
    of all that meets the session.
    """

    booking: int
    feed: int
    session: domain.Interval
    busy: domain.Interval


def overlaps_of(therapist_id: int, *, now: dt.datetime) -> list[Overlap]:
    """Return where the therapist's sessions that are not over at `now` meet busy time.

    A session counts while it occupies its time, whatever its status is called; a calendar while
    it is switched on, as for openings. The buffer after a session may be taken: nobody waits then.
    """
    booking = "feed__therapist__resource__claims__booking"
    meeting = BusyTime.objects.filter(
        **{
            "feed__therapist": therapist_id,
            "feed__is_active": True,
            f"{booking}__ends_at__gt": now,
            "starts_at__lt": F(f"{booking}__ends_at"),
            "ends_at__gt": F(f"{booking}__starts_at"),
        }
    )
    keys = (booking, "feed", f"{booking}__starts_at", f"{booking}__ends_at")
    rows = meeting.order_by(*keys).values_list(*keys)
    return [
        Overlap(key, feed, domain.Interval(start, end), domain.Interval(first, last))
        for key, feed, start, end, first, last in rows.annotate(Min("starts_at"), Max("ends_at"))
    ]


def standing_collisions(therapist_id: int, *, now: dt.datetime) -> QuerySet[Collision]:
    """Return the therapist's collisions that are not over, of sessions that are not over at `now`.

    Those that somebody said to keep are among them.
    """
    standing = Collision.objects.filter(
        booking__therapist=therapist_id, ended_at=None, booking__ends_at__gt=now
    )
    return standing.select_related("booking", "feed").defer(*PRIVATE)


def untold_collisions(therapist_id: int, *, now: dt.datetime) -> QuerySet[Collision]:
    """Return the therapist's collisions that wait for a decision and that nobody was told of."""
    standing = standing_collisions(therapist_id, now=now)
    return standing.filter(kept_at=None, told_at=None)


def in_state(
    collisions: QuerySet[Collision], state: State, *, now: dt.datetime
) -> QuerySet[Collision]:
    """Return those of `collisions` that stand so at `now`."""
    is_over = Q(ended_at__isnull=False) | Q(booking__ends_at__lte=now)
    if state is State.OVER:
        return collisions.filter(is_over)
    return collisions.exclude(is_over).filter(kept_at__isnull=state is State.WAITING)


def state_of(collision: Collision, *, now: dt.datetime) -> State:
    """Return where `collision` stands at `now`."""
    if collision.ended_at or collision.booking.ends_at <= now:
        return State.OVER
    return State.KEPT if collision.kept_at else State.WAITING


def collisions_visible_to(user: User) -> QuerySet[Collision]:
    """Return all collisions to those who may see all bookings, else those of the user's sessions.

    Without leave to see collisions at all there are none.
    """
    collisions = Collision.objects.select_related(
        "booking__therapist",
        "booking__service",
        "booking__place__jurisdiction",
        "booking__room",
        "feed__therapist",
        "kept_by",
    ).defer(*PRIVATE)
    if not user.has_perm("scheduling.view_collision"):
        return collisions.none()
    if user.has_perm("scheduling.view_all_bookings"):
        return collisions
    return collisions.filter(booking__therapist__user=user)


def waiting_first(collisions: QuerySet[Collision], *, now: dt.datetime) -> QuerySet[Collision]:
    """Order `collisions` as a desk works: those that wait, soonest first, then the latest."""
    waits = Q(pk__in=in_state(collisions, State.WAITING, now=now).values("pk"))
    return collisions.order_by(
        Case(When(waits, then=Value(0)), default=Value(1)),
        Case(When(waits, then=F("session_starts_at"))),
        F("session_starts_at").desc(),
    )
