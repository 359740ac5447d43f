"""What may follow what, by whom and when: the whole table, and histories made from it."""

import datetime as dt
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from scheduling.domain import OUTCOMES, OVER, Actor, State, cancelled_state, may_change

START = dt.datetime(2027, 1, 5, 15, tzinfo=dt.UTC)
SECOND = dt.timedelta(seconds=1)
EVERY_CHANGE = list(product(State, State, Actor))


def possible(now):
    """Return all that may happen at `now`, as "before after actor"."""
    return {
        f"{before} {after} {by}"
        for before, after, by in EVERY_CHANGE
        if may_change(before, after, by, starts_at=START, now=now)
    }


ENDS_OF_REQUESTS = {
    "requested declined therapist",
    "requested declined staff",
    "requested expired program",
    "requested cancelled client",
    "requested cancelled staff",
}
BY_STAFF_ANYTIME = {
    "held requested staff",
    "held confirmed staff",
    "confirmed cancelled staff",
    "confirmed late_cancelled staff",
}


def test_before_the_session_all_but_how_it_went_can_happen():
    assert possible(START - SECOND) == ENDS_OF_REQUESTS | BY_STAFF_ANYTIME | {
        "held requested client",
        "held confirmed client",
        "requested confirmed therapist",
        "requested confirmed staff",
        "confirmed cancelled client",
        "confirmed late_cancelled client",
    }


def test_from_the_start_on_it_can_be_said_how_it_went_and_no_request_is_accepted():
    assert possible(START) == ENDS_OF_REQUESTS | BY_STAFF_ANYTIME | {
        "confirmed completed staff",
        "confirmed completed program",
        "confirmed no_show staff",
        "completed no_show staff",
        "no_show completed staff",
    }


@given(
    st.lists(
        st.tuples(st.sampled_from(State), st.sampled_from(Actor), st.integers(-5, 5)), max_size=40
    )
)
def test_no_history_leads_out_of_what_is_over_or_back_to_a_hold(tries):
    state, seen = State.HELD, [State.HELD]
    for after, by, hours in tries:
        now = START + dt.timedelta(hours=hours)
        if may_change(state, after, by, starts_at=START, now=now):
            state = after
            seen.append(state)
    over = [position for position, each in enumerate(seen) if each in OVER]
    assert over in ([], [len(seen) - 1])
    assert seen.count(State.HELD) == 1
    outcomes = [position for position, each in enumerate(seen) if each in OUTCOMES]
    assert not outcomes or set(seen[outcomes[0] :]) <= OUTCOMES


def test_late_is_what_a_client_cancels_after_the_cut_off():
    def kind(now, *, asked_by_client=True):
        return cancelled_state(cancel_until=START, asked_by_client=asked_by_client, now=now)

    assert kind(START) == State.CANCELLED
    assert kind(START + SECOND) == State.LATE_CANCELLED
    assert kind(START + SECOND, asked_by_client=False) == State.CANCELLED
