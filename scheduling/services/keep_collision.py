"""Say that a session and what its therapist's calendar holds are both right."""

import datetime as dt

from django.contrib.auth.models import User

from scheduling.models import Collision


def keep_collision(collision_id: int, *, by: User, now: dt.datetime) -> bool:
    """Write that `by` decided at `now` to keep both; return whether this call did it.

    One that is over, or that somebody has decided about, stays as it is.
    """
    undecided = Collision.objects.filter(pk=collision_id, ended_at=None, kept_at=None)
    return bool(undecided.update(kept_at=now, kept_by=by))
