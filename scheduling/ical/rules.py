"""Reading the text of an RRULE (RFC 5545, section 3.3.10), as far as its text can be understood."""

import re
from dataclasses import dataclass, field
from typing import Any

from .rule import Frequency, Rule
from .values import Stamp, parse_stamp

__all__ = ["ParsedRule", "parse_rule"]

_WEEKDAYS = {name: number for number, name in enumerate(("MO", "TU", "WE", "TH", "FR", "SA", "SU"))}
_BYDAY = re.compile(r"([+-]?\d{1,3})?(MO|TU|WE|TH|FR|SA|SU)", re.ASCII)
# Smallest and largest number of each list; where 0 is not in it, negative ones count from the end.
_LISTS = {
    "BYMONTH": (1, 12),
    "BYWEEKNO": (-53, 53),
    "BYYEARDAY": (-366, 366),
    "BYMONTHDAY": (-31, 31),
    "BYHOUR": (0, 23),
    "BYMINUTE": (0, 59),
    "BYSECOND": (0, 60),
    "BYSETPOS": (-366, 366),
}
_HAS_ZERO = frozenset({"BYHOUR", "BYMINUTE", "BYSECOND"})
_MOST = 10**7
_LONGEST = 10_000


@dataclass
class ParsedRule:
    """What an RRULE says: no `rule` where it does not say how often, and what is wrong with it."""

    rule: Rule | None = None
    problems: list[str] = field(default_factory=list)


def parse_rule(text: str) -> ParsedRule:
    """Read an RRULE's value. What cannot be read is left out, and told among the problems."""
    parsed = ParsedRule()
    if len(text) > _LONGEST:
        parsed.problems.append("A rule for repeating is too long to be one.")
        return parsed
    parts: dict[str, str] = {}
    # Some escape the semicolons, as if the rule were a text.
    for part in text.upper().replace(" ", "").replace("\\", "").strip(";").split(";"):
        # Some exports repeat the property's name in its value.
        name, equals, value = part.removeprefix("RRULE:").partition("=")
        if not equals:
            parsed.problems.append("A part of a rule for repeating says nothing.")
        elif value:
            parts.setdefault(name, value)
    if parts.get("RSCALE", "GREGORIAN") != "GREGORIAN":
        parsed.problems.append("It repeats by the rules of another calendar than the Gregorian.")
        return parsed
    frequency = parts.get("FREQ", "")
    if frequency not in Frequency.__members__:
        parsed.problems.append("A rule for repeating does not say how often.")
        return parsed
    values: dict[str, Any] = {
        "interval": _positive(parts, "INTERVAL", parsed) or 1,
        "count": _positive(parts, "COUNT", parsed),
        "until": _until(parts, parsed),
        "week_start": _week_start(parts, parsed),
        "byday": _days(parts, parsed),
        "skip": parts.get("SKIP", "").replace("OMIT", ""),
    }
    values |= {name.lower(): _numbers(parts, name, parsed) for name in _LISTS}
    parsed.rule = Rule(Frequency[frequency], **_typed(values))
    return parsed


def _typed(values: dict[str, Any]) -> dict[str, Any]:
    # A leap second is the second before it, as everywhere (section 3.3.12).
    values["bysecond"] = tuple(sorted({min(second, 59) for second in values["bysecond"]}))
    return values


def _positive(parts: dict[str, str], name: str, parsed: ParsedRule) -> int | None:
    text = parts.get(name)
    if text is None:
        return None
    if text.isascii() and text.isdigit() and 0 < len(text) < 10 and int(text) > 0:
        return min(int(text), _MOST) if name == "INTERVAL" else int(text)
    parsed.problems.append(f"In a rule for repeating, {name} is not a number above zero.")
    return None


def _until(parts: dict[str, str], parsed: ParsedRule) -> Stamp | None:
    try:
        return parse_stamp(parts["UNTIL"]) if "UNTIL" in parts else None
    except ValueError:
        parsed.problems.append("The end of a rule for repeating could not be read.")
        return None


def _week_start(parts: dict[str, str], parsed: ParsedRule) -> int:
    text = parts.get("WKST", "MO")
    if text not in _WEEKDAYS:
        parsed.problems.append("In a rule for repeating, WKST is not a day of the week.")
    return _WEEKDAYS.get(text, 0)


def _days(parts: dict[str, str], parsed: ParsedRule) -> tuple[tuple[int, int], ...]:
    found = []
    for text in parts.get("BYDAY", "").split(","):
        match = _BYDAY.fullmatch(text)
        if match is not None:
            found.append((int(match[1] or 0), _WEEKDAYS[match[2]]))
        elif text:
            parsed.problems.append("In a rule for repeating, BYDAY is not a day of the week.")
    return tuple(found)


def _numbers(parts: dict[str, str], name: str, parsed: ParsedRule) -> tuple[int, ...]:
    least, most = _LISTS[name]
    found = set()
    for text in parts.get(name, "").split(","):
        try:
            number = int(text) if text else None
        except ValueError:
            number = most + 1
        if number is None:
            continue
        if least <= number <= most and (number or name in _HAS_ZERO):
            found.add(number)
        else:
            parsed.problems.append(f"In a rule for repeating, {name} has a number out of range.")
    return tuple(sorted(found))
