"""What staff decided when they booked into busy time needs no second decision."""

import datetime as dt

from django.contrib.auth.models import User

from scheduling.domain import Rule
from scheduling.models import Booking
from scheduling.services.change_status import Override
from scheduling.services.follow_collisions import follow_collisions
from scheduling.services.keep_collision import keep_collision


def keep_overridden(
    booking: Booking, override: Override | None, *, user: User, now: dt.datetime
) -> None:
    """Keep session and calendar both, where `user` knew of the busy time and booked all the same.

    So nobody is told of a collision. When the calendar later takes more of the session, that is a
    new one. Call it in the transaction that books or moves.
    """
    if override is None or Rule.BUSY.value not in override.codes:
        return
    follow_collisions(booking.therapist_id, now=now)
    for key in booking.collisions.filter(ended_at=None).values_list("pk", flat=True):
        keep_collision(key, by=user, now=now)
