"""Keep what is known of collisions true when a calendar, or a session, has changed."""

import datetime as dt

from django.db import transaction

from scheduling import domain
from scheduling.models import Collision
from scheduling.selectors.collisions import Overlap, overlaps_of, standing_collisions
from scheduling.services.claim_time import lock_calendars
from scheduling.services.tell_of_collisions import tell_of_collisions

Ending = Collision.Ending


def follow_collisions(therapist_id: int, *, now: dt.datetime) -> None:
    """Open, update and end the therapist's collisions, as calendars and sessions are at `now`.

    One row stands for each session and calendar that meet. It ends by itself when they no longer
    do. Where somebody said that both are right, that holds for the part of the session that was
    taken then: when the calendar takes more of it, a new row asks again. Who is to know of new rows
    is told of all of them together.
    """
    with transaction.atomic():
        lock_calendars(therapist_id)
        found = {(each.booking, each.feed): each for each in overlaps_of(therapist_id, now=now)}
        for collision in standing_collisions(therapist_id, now=now):
            key = collision.booking_id, collision.feed_id
            if _follow(collision, found.get(key), now):
                del found[key]
        if found:
            Collision.objects.bulk_create(_new(each, now) for each in found.values())
            tell_of_collisions(therapist_id)


def _follow(collision: Collision, overlap: Overlap | None, now: dt.datetime) -> bool:
    """Update the row or end it; return whether it still stands for `overlap`."""
    ending = _why_another(collision, overlap) if overlap else _why_over(collision)
    if overlap is None or ending:
        collision.ended_at, collision.ending = now, ending or ""
        collision.save(update_fields=["ended_at", "ending"])
        return False
    if (collision.busy_from, collision.busy_until) != (overlap.busy.start, overlap.busy.end):
        collision.busy_from, collision.busy_until = overlap.busy.start, overlap.busy.end
        collision.save(update_fields=["busy_from", "busy_until"])
    return True


def _why_over(collision: Collision) -> Ending:
    booking, feed = collision.booking, collision.feed
    if not booking.claims.exists():
        return Ending.CANCELLED
    if booking.starts_at != collision.session_starts_at:
        return Ending.MOVED
    return Ending.FREED if feed.is_active and feed.role == feed.Role.BUSY else Ending.UNREAD


def _why_another(collision: Collision, overlap: Overlap) -> Ending | None:
    """Return why the overlap is not the one that the row was written for, None where it is."""
    if overlap.session.start != collision.session_starts_at:
        return Ending.MOVED
    kept = [domain.Interval(collision.busy_from, collision.busy_until)]
    taken = domain.clip([overlap.busy], overlap.session)
    return Ending.GREW if collision.kept_at and domain.subtract(taken, kept) else None


def _new(overlap: Overlap, now: dt.datetime) -> Collision:
    return Collision(
        booking_id=overlap.booking,
        feed_id=overlap.feed,
        session_starts_at=overlap.session.start,
        busy_from=overlap.busy.start,
        busy_until=overlap.busy.end,
        found_at=now,
    )
