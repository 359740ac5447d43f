"""The locks and the rows by which nobody is booked twice.

A claim is written under two defences. The rows of the resources are locked first, in the order of
their ids, so that two bookings of one therapist or room wait for each other instead of racing. And
each five-minute cell of a resource can stand in the table once, which refuses an overlap even of
code that forgets the lock, on every database.
"""

import datetime as dt
from collections.abc import Collection, Iterable

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from locations.models import Room
from scheduling.domain import CELL_MINUTES
from scheduling.models import Booking, Claim, ClaimedCell, Hold, Resource, Therapist

CELL = dt.timedelta(minutes=CELL_MINUTES)
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
LOCK_TIMEOUT = "3s"


def lock_resources(
    *, therapist: Therapist, rooms: Iterable[Room]
) -> dict[Room | Therapist, Resource]:
    """Lock the rows of the therapist and the rooms until the transaction ends, and return them.

    Raises django.db.OperationalError where another booking holds one of them for over 3 seconds
    (PostgreSQL). On SQLite the whole database is locked when the transaction begins.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("Resources are locked within a transaction.")
    wanted = _resources_of(therapist, list(rooms))
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
    ids = [resource.pk for resource in wanted.values()]
    list(Resource.objects.filter(pk__in=ids).order_by("pk").select_for_update(no_key=True))
    return wanted


def _resources_of(therapist: Therapist, rooms: list[Room]) -> dict[Room | Therapist, Resource]:
    """Return the resources, read at once; what is booked for the first time gets one."""
    found = Resource.objects.filter(Q(therapist=therapist) | Q(room__in=rooms))
    known = {(each.therapist_id, each.room_id): each for each in found}
    mine = known.get((therapist.pk, None))
    resources: dict[Room | Therapist, Resource] = {
        therapist: mine or Resource.objects.get_or_create(therapist=therapist)[0]
    }
    for room in rooms:
        known_room = known.get((None, room.pk))
        resources[room] = known_room or Resource.objects.get_or_create(room=room)[0]
    return resources


def lock_hold(**lookup: object) -> Hold | None:
    """Return the hold that `lookup` finds, its therapist and room locked; None where it is gone.

    Whoever moves or deletes a hold's claims comes through here. Otherwise a hold that is confirmed
    at its last moment could lose the claims to the clean-up that sees them still as the hold's.
    """
    holds = Hold.objects.select_related("therapist", "service", "place", "room")
    hold = holds.filter(**lookup).first()
    if hold is None:
        return None
    lock_resources(therapist=hold.therapist, rooms=[hold.room] if hold.room else [])
    return holds.filter(pk=hold.pk).first()


def lock_calendars(therapist_id: int) -> None:
    """Keep what the therapist's calendars say as it is until the transaction ends.

    Whoever takes new times over locks the therapist's row before it commits, and looks for sessions
    that they meet. So a time that is booked under this lock either was free by all that is known,
    or the visit that knows better finds the session. It is taken after the locks of resources.
    """
    rows = Therapist.objects.select_for_update(no_key=True)
    rows.filter(pk=therapist_id).values_list("pk", flat=True).first()


def own_holds(token_digest: str) -> QuerySet[Hold]:
    """Return what is held under a token, by its digest: one time, or the dates of a series."""
    mine = Hold.objects.filter(Q(token_digest=token_digest) | Q(series_digest=token_digest))
    return mine.select_related("therapist", "service", "place", "room").order_by("starts_at")


def lock_own_holds(token_digest: str) -> list[Hold]:
    """Return what is held under a token, the therapist and the rooms locked."""
    found = list(own_holds(token_digest))
    if found:
        rooms = {hold.room for hold in found if hold.room}
        lock_resources(therapist=found[0].therapist, rooms=rooms)
    return list(own_holds(token_digest)) if found else []


def delete_expired_holds(resources: Collection[Resource], *, now: dt.datetime) -> list[Hold]:
    """Delete the holds on `resources` that have expired at the instant `now`, with their claims.

    Returns what was deleted: its time is free again, which the read model must follow.
    """
    claims = Claim.objects.filter(resource__in=resources, hold__expires_at__lte=now)
    holds = Hold.objects.select_related("therapist", "service")
    expired = list(holds.filter(pk__in=claims.values("hold_id")))
    if expired:
        Hold.objects.filter(pk__in=[hold.pk for hold in expired]).delete()
    return expired


def write_claims(
    resources: Iterable[Resource],
    *,
    starts_at: dt.datetime,
    ends_at: dt.datetime,
    hold: Hold | None = None,
    booking: Booking | None = None,
) -> None:
    """Claim every resource from `starts_at` to `ends_at` (aware instants, buffers included).

    Raises django.db.IntegrityError where a cell of one of them is claimed already.
    """
    for resource in resources:
        claim = Claim.objects.create(
            resource=resource, hold=hold, booking=booking, starts_at=starts_at, ends_at=ends_at
        )
        ClaimedCell.objects.bulk_create(
            ClaimedCell(claim=claim, resource=resource, cell=cell)
            for cell in cells_between(starts_at, ends_at)
        )


def cells_between(starts_at: dt.datetime, ends_at: dt.datetime) -> range:
    """Return the five-minute cells since 1970 (UTC) that the half-open time touches."""
    return range((starts_at - EPOCH) // CELL, -((EPOCH - ends_at) // CELL))
