"""What reading one group of components gave, and the remarks made meanwhile."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from .blocks import Block
from .errors import ReadingWarning
from .groups import Group
from .series import Span

__all__ = ["MOST_WARNINGS", "Notes", "Outcome", "Remark", "of_group", "warnings_from"]

MOST_WARNINGS = 200
_ONCE = frozenset({"unknown_timezone", "bad_vtimezone"})


class Remark(NamedTuple):
    """Something not understood: in which of a group's components, how many lines into it."""

    code: str
    message: str
    block: int
    line: int


class Outcome(NamedTuple):
    """The time that a group takes or opens, its whole days marked as free, and remarks."""

    spans: tuple[Span, ...] = ()
    free_days: tuple[Span, ...] = ()
    remarks: tuple[Remark, ...] = ()


class Notes:
    """Takes down remarks while the components of a group are read, each once."""

    def __init__(self, body: bytes) -> None:
        self._body = body
        self.open((), 0)

    def open(self, blocks: Iterable[Block], number: int) -> None:
        """Begin with a new group; `number` is its component that is read first."""
        self.blocks = tuple(blocks)
        self.number = number
        self._remarks: dict[tuple[str, str, int], Remark] = {}

    def take(self, code: str, message: str, name: str = "") -> None:
        """Take down a remark about the property `name` of the component that is being read."""
        key = (code, message, self.number)
        if key not in self._remarks and len(self._remarks) < MOST_WARNINGS:
            self._remarks[key] = Remark(code, message, self.number, self._line(name))

    def close(self) -> tuple[Remark, ...]:
        """Return the remarks on the group."""
        return tuple(self._remarks.values())

    def _line(self, name: str) -> int:
        if not self.blocks or not name:
            return 0
        block = self.blocks[self.number]
        raw = self._body[block.start : block.end].upper()
        at = raw.find(b"\n" + name.encode())
        return 0 if at < 0 else raw.count(b"\n", 0, at) + 1


def warnings_from(
    found: Iterable[tuple[str, str, str, int, int]], body: bytes
) -> tuple[ReadingWarning, ...]:
    """Return warnings in the order of the body, from code, message, UID, position and lines below.

    The same doubt about a zone is told once, and there is an end to telling.
    """
    rows = sorted(set(found), key=lambda row: (row[3] + row[4], row[0]))
    return tuple(_limited(_warnings(rows, body)))


def _warnings(
    rows: Iterable[tuple[str, str, str, int, int]], body: bytes
) -> Iterator[ReadingWarning]:
    told: set[tuple[str, str]] = set()
    line, counted = 0, 0
    for code, message, uid, at, below in sorted(rows, key=lambda row: row[3]):
        if code in _ONCE and (code, message) in told:
            continue
        told.add((code, message))
        line += body.count(b"\n", counted, at + 1)
        counted = at + 1
        yield ReadingWarning(code, message, uid, line + below)


def _limited(warnings: Iterable[ReadingWarning]) -> Iterator[ReadingWarning]:
    for number, warning in enumerate(warnings):
        if number == MOST_WARNINGS:
            yield ReadingWarning("more_warnings", "There is more that was not understood.")
            return
        yield warning


def of_group(group: Group, remarks: Iterable[Remark]) -> Iterator[tuple[str, str, str, int, int]]:
    """Give a group's remarks as `warnings_from` takes them."""
    for code, message, number, below in remarks:
        yield code, message, group.uid, group.blocks[number].begin, below
