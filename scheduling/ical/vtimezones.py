"""A VTIMEZONE (RFC 5545, section 3.6.5) as a zone."""

from collections.abc import Iterator

from .budget import Budget, BudgetSpentError
from .properties import nested, own_lines, read_properties
from .recurrence import occurrences
from .rules import parse_rule
from .values import DAY, local_seconds, parse_offset, parse_stamp
from .zone_names import plain
from .zones import Onset, Table

__all__ = ["Definitions"]

_OBSERVANCES = frozenset({"STANDARD", "DAYLIGHT"})
# Producers start their rules in 1601 or in the year 1; no calendar asks for the years left out.
_FROM, _UNTIL = local_seconds(1900, 1, 1), local_seconds(2200, 1, 1)
_MOST_STEPS = 20_000


class Definitions:
    """The zones that a body defines, by their names. Each is read when a time asks for it."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}

    def add(self, text: str) -> bool:
        """Add the unfolded text of a VTIMEZONE; say whether it has a name, and one only.

        Of several definitions under one name the first counts.
        """
        names = [each.value for each in read_properties(own_lines(text)) if each.name == "TZID"]
        if len(names) == 1:
            self._texts.setdefault(plain(names[0]).lower(), text)
        return len(names) == 1

    def get(self, name: str) -> tuple[Table | None, str]:
        """Return the zone defined under a plain name, if it can be made, and what was wrong."""
        text = self._texts.get(name.lower())
        return (None, "") if text is None else _read(text, name[:40])


def _read(text: str, shown: str) -> tuple[Table | None, str]:
    onsets: list[Onset] = []
    problem = ""
    budget = Budget(_MOST_STEPS)
    for observance in nested(text, _OBSERVANCES):
        try:
            onsets += _onsets(observance, budget)
        except (ValueError, KeyError, BudgetSpentError):
            problem = f"A part of the time zone “{shown}” could not be read."
    if onsets:
        return Table(onsets), problem
    return None, f"The time zone “{shown}” is defined without its distance from UTC."


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
