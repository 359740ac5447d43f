"""What can become of a booking, and who may bring it about."""

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum


class State(StrEnum):
    """What has become of a time that a client chose."""

    HELD = "held"
    REQUESTED = "requested"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    LATE_CANCELLED = "late_cancelled"
    COMPLETED = "completed"
    NO_SHOW = "no_show"


class Actor(StrEnum):
    """Who brings a change about: a client or a therapist by their private link, without a log-in;
    somebody of the staff; or the program by the clock.
    """

    CLIENT = "client"
    THERAPIST = "therapist"
    STAFF = "staff"
    PROGRAM = "program"


_CLIENT, _THERAPIST, _STAFF, _PROGRAM = Actor

# From what, to what, and by whom. What stands in no row can't happen.
TRANSITIONS: Mapping[tuple[State, State], frozenset[Actor]] = {
    (State.HELD, State.REQUESTED): frozenset({_CLIENT, _STAFF}),
    (State.HELD, State.CONFIRMED): frozenset({_CLIENT, _STAFF}),
    (State.REQUESTED, State.CONFIRMED): frozenset({_THERAPIST, _STAFF}),
    (State.REQUESTED, State.DECLINED): frozenset({_THERAPIST, _STAFF}),
    (State.REQUESTED, State.EXPIRED): frozenset({_PROGRAM}),
    (State.REQUESTED, State.CANCELLED): frozenset({_CLIENT, _STAFF}),
    (State.CONFIRMED, State.CANCELLED): frozenset({_CLIENT, _STAFF}),
    (State.CONFIRMED, State.LATE_CANCELLED): frozenset({_CLIENT, _STAFF}),
    (State.CONFIRMED, State.COMPLETED): frozenset({_STAFF, _PROGRAM}),
    (State.CONFIRMED, State.NO_SHOW): frozenset({_STAFF}),
    (State.COMPLETED, State.NO_SHOW): frozenset({_STAFF}),
    (State.NO_SHOW, State.COMPLETED): frozenset({_STAFF}),
}

# In these the time is given back, and nothing happens any more.
OVER = frozenset({State.DECLINED, State.EXPIRED, State.CANCELLED, State.LATE_CANCELLED})
# These say what became of a session that has begun.
OUTCOMES = frozenset({State.COMPLETED, State.NO_SHOW})


def may_change(
    before: State, after: State, by: Actor, *, starts_at: dt.datetime, now: dt.datetime
) -> bool:
    """Return whether `by` may turn `before` into `after` at the instant `now`.

    `starts_at` (aware) is the start of the session. Before it nobody can say how the session went;
    from then on no request is accepted, and only staff still change what was booked.
    """
    if by not in TRANSITIONS.get((before, after), ()):
        return False
    has_begun = starts_at <= now
    if after in OUTCOMES:
        return has_begun
    if before is State.REQUESTED and after in OVER:
        return True
    return not has_begun or (by is Actor.STAFF and before is not State.REQUESTED)


def cancelled_state(*, cancel_until: dt.datetime, asked_by_client: bool, now: dt.datetime) -> State:
    """Return which kind of cancelling it is at the instant `now`.

    Late is what the client asks for after `cancel_until`, the cut-off fixed with the booking; what
    the practice cancels by itself never is.
    """
    is_late = asked_by_client and now > cancel_until
    return State.LATE_CANCELLED if is_late else State.CANCELLED
