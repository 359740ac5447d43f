"""Lines of plain text: their indent, the sign of a list item in front of them, and wrapping."""

import re
from dataclasses import dataclass, replace
from itertools import groupby

_BULLET = re.compile(r"(?P<sign>[•◦▪▫‣●○■□✓✔➤➢►▸·])\s*(?=\S)|(?P<dash>[*+\-–—−])\s+(?=\S)")
_NUMBER = re.compile(
    r"(?:\[(?P<bracket>\d{1,3})\]|(?P<number>\d{1,3})[.)]|(?P<letter>[a-z])[.)])\s+(?=\S)"
)
# **bold**, *italic*, _italic_; a sign within a word or an address marks nothing.
_EMPHASIS = re.compile(r"(?<![\w*])(\*\*|\*|_)(?=[^\s*_])(.+?)(?<=[^\s*_])\1(?![\w*])")
_QUOTED = re.compile(r"(?:>\s*)+(?=\S)")
_RULE = re.compile(r"([=\-_*~#—–])(?:\s*\1){2,}$")
_WRAPPED_AT_MOST = 100
_WRAPPED_AT_LEAST = 50


@dataclass(frozen=True)
class Line:
    """A line. `kind` is the sign of a list item ("-", "1", "a"), "" for other text."""

    indent: int
    text: str
    length: int = 0
    kind: str = ""
    value: int = 0  # of a number or letter
    marker: str = ""  # as it was typed
    width: int = 0  # at which the lines around it were wrapped; 0 where they weren't
    is_below_item: bool = False  # text between items, each of which has such text below it

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing on the line."""
        return not self.text

    @property
    def is_rule(self) -> bool:
        """Whether the line is drawn of signs, as under a heading or between parts."""
        return bool(_RULE.match(self.text))

    def as_text(self) -> "Line":
        """Return the line with its sign as a part of the text."""
        return replace(self, text=f"{self.marker} {self.text}".strip(), kind="", marker="")


def split_lines(text: str) -> list[Line]:
    """Return the lines of `text`. A number is a list item's only in a run from 1 (or a) upwards."""
    lines = [_line(raw) for raw in text.splitlines()]
    _drop_lonely_numbers(lines)
    return _seen_together(lines)


def continues(line: Line, following: Line) -> bool:
    """Say whether `following` goes on where `line` was broken because it was full."""
    first_word = following.text.split(" ", 1)[0]
    return bool(line.width) and line.length + 1 + len(first_word) > line.width


def _seen_together(lines: list[Line]) -> list[Line]:
    """Note what only the stretch between blank lines shows: wrapping, and text below items."""
    noted: list[Line] = []
    for _, stretch in groupby(lines, key=lambda line: line.is_blank):
        together = list(stretch)
        longest = max(line.length for line in together)
        width = longest if _WRAPPED_AT_LEAST <= longest <= _WRAPPED_AT_MOST else 0
        below = _below_items(together)
        noted += [
            replace(line, width=width, is_below_item=index in below)
            for index, line in enumerate(together)
        ]
    return noted


def _below_items(stretch: list[Line]) -> set[int]:
    """Return the indexes of the lines of text below items, if each item but the last has one."""
    items = [index for index, line in enumerate(stretch) if line.kind]
    if len(items) < 2 or any(stretch[index + 1].kind for index in items[:-1]):
        return set()
    return set(range(items[0], items[-1] + 2)) - set(items)


def _line(raw: str) -> Line:
    expanded = raw.expandtabs(4).replace("\u00a0", " ").replace("\ufeff", "").replace("\u200b", "")
    stripped = expanded.strip()
    indent = len(expanded) - len(expanded.lstrip())
    text = _EMPHASIS.sub(r"\2", " ".join(stripped.split()))
    text = text[quoted.end() :] if (quoted := _QUOTED.match(text)) else text
    line = Line(indent, text, len(expanded.rstrip()))
    if line.is_rule:
        return line
    bullet = _BULLET.match(text)
    if bullet:
        kind = bullet["sign"] or bullet["dash"]
        return replace(line, kind=kind, text=text[bullet.end() :], marker=kind)
    number = _NUMBER.match(text)
    if number:
        kind = "a" if number["letter"] else "1"
        value = ord(number["letter"]) - 96 if number["letter"] else int(number[1] or number[2])
        marker = number.group().strip()
        return replace(line, kind=kind, value=value, text=text[number.end() :], marker=marker)
    return line


def _drop_lonely_numbers(lines: list[Line]) -> None:
    """Turn numbers that count nothing ("1. Introduction", "1985. A year") back into text."""
    counting: set[int] = set()
    for index, line in enumerate(lines):
        if line.value == 1 and index not in counting:
            run = _run_from(lines, index)
            if len(run) > 1:
                counting.update(run)
    for index, line in enumerate(lines):
        if line.value and index not in counting:
            lines[index] = line.as_text()


def _run_from(lines: list[Line], start: int) -> list[int]:
    """Return the indexes of the lines that count on from `start`: 1, 2, 3 at one indent."""
    first, run = lines[start], [start]
    for index in range(start + 1, len(lines)):
        line, before = lines[index], lines[index - 1]
        if line.kind == first.kind and line.indent == first.indent:
            if line.value != len(run) + 1:
                break
            run.append(index)
        elif not (line.is_blank or line.kind or line.indent > first.indent or not before.is_blank):
            break
    return run
