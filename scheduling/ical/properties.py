"""The content lines of one component (RFC 5545, section 3.1), as far as time depends on them."""

import re
from collections.abc import Iterator
from typing import NamedTuple

__all__ = ["Property", "decode", "nested", "own_lines", "read_properties", "unfold"]

# Without a closing quote the rest of the line is taken as it stands.
_HEAD = re.compile(r'([^":]*+(?:"[^"]*+"[^":]*+)*+):')
_PARAMETER = re.compile(r';\s*([\w-]+)\s*=\s*("[^"]*"|[^;"]*)')
# It begins with a plain character, which is found many times faster than a beginning of a line.
_STRUCTURE = re.compile(r"\n(BEGIN|END):[ \t]*([^\n]*?)[ \t]*$", re.IGNORECASE | re.MULTILINE)
_NESTING = re.compile(r"\n(?:BEGIN|END):[^\n]*", re.IGNORECASE)
_BLANKS_IN_FOLD = re.compile(rb"\n{2,}(?=[ \t])")
_TIME_AHEAD = re.compile(r":\s*(?=[\dP+-]?\d{3})", re.ASCII)
_WANTED = (
    "ATTENDEE|BUSYTYPE|DTEND|DTSTAMP|DTSTART|DURATION|EXDATE|FREEBUSY|LAST-MODIFIED|"
    "LOCATION|PRIORITY|RDATE|RECURRENCE-ID|RRULE|SEQUENCE|STATUS|SUMMARY|TRANSP|TZID|TZOFFSETFROM|"
    "TZOFFSETTO|UID|X-APPLE-TRAVEL-DURATION|X-LIC-LOCATION|X-MICROSOFT-CDO-BUSYSTATUS"
)
_LINE = re.compile(rf"^({_WANTED})[ \t]*(?=[:;])(.*)$", re.IGNORECASE | re.MULTILINE)
_TIMED = frozenset({"DTSTART", "DTEND", "EXDATE", "RDATE", "RECURRENCE-ID", "FREEBUSY"})


class Property(NamedTuple):
    """One content line: its name in capitals, its parameters by theirs, and its raw value."""

    name: str
    parameters: dict[str, str]
    value: str


def unfold(raw: bytes) -> bytes:
    """Join folded lines, blank ones in between included (as old Mozilla wrote them)."""
    if b"\n " not in raw and b"\n\t" not in raw:
        return raw
    if b"\n\n" in raw:
        raw = _BLANKS_IN_FOLD.sub(b"\n", raw)
    return raw.replace(b"\n ", b"").replace(b"\n\t", b"")


def decode(raw: bytes) -> str:
    """Turn bytes into text: UTF-8, or else what Western Windows and Latin-1 have in common."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def own_lines(text: str) -> str:
    """Return a component's unfolded text without the components nested in it."""
    kept: list[str] = []
    depth, position = 0, 0
    for line in _NESTING.finditer(f"\n{text}"):
        start, end = line.span()
        if depth == 0:
            kept.append(text[position:start])
        if text[start] in "Bb":
            depth += 1
        elif depth:
            depth -= 1
        position = end - 1
    return "".join([*kept, text[position:]]) if kept else text


def nested(text: str, names: frozenset[str]) -> Iterator[str]:
    """Give the unfolded text of each component of these names that is nested in another."""
    opened, start = "", 0
    for line in _STRUCTURE.finditer(f"\n{text}"):
        name = line[2].upper()
        if line[1].upper() == "BEGIN":
            if name in names:
                opened, start = name, line.end() - 1
        elif opened and name == opened:
            yield text[start : line.start()]
            opened = ""


def read_properties(text: str) -> Iterator[Property]:
    """Give the properties of a component's own lines that say something about its time."""
    for line in _LINE.finditer(text):
        name, rest = line[1].upper(), line[2]
        head = _HEAD.match(rest)
        if head is None or (name in _TIMED and ":" in rest[head.end() :]):
            parameters, value = _odd_split(rest)
        else:
            parameters, value = head[1], rest[head.end() :]
        yield Property(name, _parameters(parameters), value.strip())


def _odd_split(rest: str) -> tuple[str, str]:
    """Part parameters from a time where a colon or a quotation mark is in the wrong place."""
    found = _TIME_AHEAD.search(rest)
    if found is None:
        head, _, value = rest.partition(":")
        return head, value
    head, value = rest[: found.start()], rest[found.end() :]
    return head + '"' * (head.count('"') % 2), value.rstrip('"')


def _parameters(text: str) -> dict[str, str]:
    if "=" not in text:
        return {}
    return {name.upper(): value.strip().strip('"') for name, value in _PARAMETER.findall(text)}
