"""Reading a body again: only what changed since the last time, or what time has passed over."""

from .blocks import Block, lay_out
from .body import Body, Options
from .groups import group_by_uid
from .history import is_over, last_day_before
from .outcome import Outcome
from .span import Window
from .state import State, digest_of_group, digest_of_text, parse_state
from .summary import Summary, summarize
from .values import DAY

__all__ = ["read_changes", "read_whole"]

# Results reach this far past the window, so that it may move on for as long without reading anew.
_AHEAD = 30 * DAY
_NOTHING = Outcome()


def read_whole(data: bytes, options: Options, window: Window) -> Summary:
    """Read a body as if for the first time. Raises `CalendarError`."""
    layout = lay_out(data)
    groups = group_by_uid(layout, options.own_uids)
    body = Body(layout, options, len(groups))
    before = last_day_before(window)
    outcomes = [_read(group, body, window, before) for group in groups]
    return summarize(body, window, groups, outcomes)


def read_changes(
    data: bytes, remembered: bytes, options: Options, window: Window
) -> tuple[Summary, bytes]:
    """Read a body with what is remembered of it, and return what to remember.

    The summary reaches as far as what is remembered, which may be more than the window. Raises
    `CalendarError`; then what was remembered still holds.
    """
    known = parse_state(remembered)
    digest = digest_of_text([data])
    if known.body == digest and known.manner == options.manner and known.covers(window):
        return Summary.from_row(known.summary), remembered
    layout = lay_out(data)
    groups = group_by_uid(layout, options.own_uids)
    body = Body(layout, options, len(groups))
    context = digest_of_text(text.encode() for text in body.context)
    if known.context == context and known.covers(window):
        known.unpack()
    else:
        known = State(window=Window(window.start, window.end + _AHEAD))
    state = State(context, window=known.window)
    outcomes = _outcomes(groups, body, known, state)
    summary = summarize(body, state.window, groups, outcomes)
    # A UID may be made of a name. Where warnings carry them the same bytes are looked at again.
    if not any(warning.uid for warning in summary.warnings):
        state.body, state.manner, state.summary = digest, options.manner, summary.to_row()
    return summary, state.to_bytes()


def _outcomes(groups: list[list[Block]], body: Body, known: State, state: State) -> list[Outcome]:
    """Return what came of each group, from memory where that holds, and put it into `state`."""
    before = last_day_before(state.window)
    outcomes = []
    for group in groups:
        digest = digest_of_group(body.layout, group)
        if digest in known.silent:
            state.silent.add(digest)
            outcomes.append(_NOTHING)
            continue
        outcome = known.outcomes.get(digest)
        if outcome is None:
            outcome = _read(group, body, state.window, before)
        if not outcome.is_fleeting:
            if outcome.is_silent:
                state.silent.add(digest)
            else:
                state.outcomes[digest] = outcome
        outcomes.append(outcome)
    return outcomes


def _read(group: list[Block], body: Body, window: Window, before: bytes) -> Outcome:
    text = body.layout.body
    if all(is_over(text[block.start : block.end], before) for block in group):
        return _NOTHING
    return body.read_group(group, window)
