"""A VTIMEZONE (RFC 5545, section 3.6.5) as a zone."""

import re
from collections.abc import Callable, Iterator

from .properties import own_lines, read_properties
from .recurrence import Budget, BudgetSpentError, occurrences
from .rules import parse_rule
from .values import DAY, local_seconds, parse_offset, parse_stamp
from .zones import Onset, Table

__all__ = ["read_vtimezone"]

_OBSERVANCE = re.compile(
    r"^BEGIN:(STANDARD|DAYLIGHT)[ \t]*$(.*?)^END:\1[ \t]*$",
    re.IGNORECASE | re.MULTILINE | re.DOTALL,
)
# Producers start their rules in 1601 or in the year 1; no calendar asks for the years left out.
_FROM, _UNTIL = local_seconds(1900, 1, 1), local_seconds(2200, 1, 1)
_MOST_STEPS = 20_000


def read_vtimezone(text: str, doubt: Callable[[str], None]) -> tuple[str, Table | None]:
    """Return the name that a VTIMEZONE's unfolded text defines, and its zone if it gives one.

    `doubt` is called with a sentence for what could not be used.
    """
    names = [each.value for each in read_properties(own_lines(text)) if each.name == "TZID"]
    if len(names) != 1:
        doubt("A time zone is defined with no name, or with more than one.")
        return "", None
    onsets: list[Onset] = []
    budget = Budget(_MOST_STEPS)
    for observance in _OBSERVANCE.finditer(text):
        try:
            onsets += _onsets(observance[2], budget)
        except (ValueError, KeyError, BudgetSpentError):
            doubt("A part of a time zone's definition could not be read.")
    if not onsets:
        doubt("A time zone is defined without any offset from UTC.")
    return names[0], Table(onsets) if onsets else None


def _onsets(text: str, budget: Budget) -> Iterator[Onset]:
    """Give the changes of clocks that one STANDARD or DAYLIGHT part stands for."""
    properties = list(read_properties(text))
    single = {each.name: each.value for each in reversed(properties)}
    after = parse_offset(single["TZOFFSETTO"])
    before = parse_offset(single.get("TZOFFSETFROM", single["TZOFFSETTO"]))
    start = parse_stamp(single["DTSTART"]).local
    locals_ = {start}
    for each in properties:
        if each.name == "RDATE":
            values = (value.partition("/")[0] for value in each.value.split(","))
            locals_.update(parse_stamp(value).local for value in values)
        elif each.name == "RRULE":
            locals_ |= _repeated(each.value, start, before, budget)
    return (Onset(local, before, after) for local in sorted(locals_))


def _repeated(text: str, start: int, before: int, budget: Budget) -> set[int]:
    parsed = parse_rule(text)
    if parsed.rule is None:
        raise ValueError("no rule")
    until, stop = parsed.rule.until, _UNTIL
    if until is not None:
        limit = until.local + (DAY - 1 if until.is_date else 0)
        stop = min(stop, limit + 1 + (before - until.offset if until.offset is not None else 0))
    return set(occurrences(parsed.rule, start, _FROM, stop, budget))
