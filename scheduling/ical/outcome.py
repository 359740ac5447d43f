"""What reading one group of components gave, and the remarks made meanwhile."""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from .blocks import Block
from .errors import ReadingWarning

__all__ = ["MOST_WARNINGS", "Notes", "Outcome", "Remark", "Row", "rows_of", "warnings_from"]

MOST_WARNINGS = 200
_NONE = array("Q")
_ONCE = frozenset({"unknown_timezone", "bad_vtimezone"})


class Remark(NamedTuple):
    """Something not understood: in which of a group's components, how many lines into it."""

    code: str
    message: str
    block: int
    line: int


class Outcome(NamedTuple):
    """The time that a group takes or opens, its whole days marked as free, and remarks.

    Times are packed, from the start of the window they were read for. `places` are those of
    `times`, one by one, or none at all. `is_fleeting` where the moment of the export had a part.
    """

    times: "array[int]" = _NONE
    places: tuple[str | None, ...] = ()
    free_days: "array[int]" = _NONE
    remarks: tuple[Remark, ...] = ()
    is_fleeting: bool = False

    @property
    def is_silent(self) -> bool:
        """Say whether nothing came of the group: no time, and nothing to tell."""
        return not (self.times or self.free_days or self.remarks)


class Row(NamedTuple):
    """A remark on its way to a warning: the component begins `at`, the line is `below` that."""

    code: str
    message: str
    uid: str
    at: int
    below: int


class Notes:
    """Takes down remarks while the components of a group are read, each once."""

    def __init__(self, body: bytes) -> None:
        self._body = body
        self.open(())

    def open(self, blocks: Sequence[Block]) -> None:
        """Begin with a new group of components; `number` is the one that is being read."""
        self.blocks = blocks
        self.number = 0
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


def rows_of(blocks: list[Block], uid: str, remarks: Iterable[Remark]) -> Iterator[Row]:
    """Give the remarks on a group's components with their places in the body."""
    for code, message, number, below in remarks:
        yield Row(code, message, uid, blocks[number].begin, below)


def warnings_from(rows: Iterable[Row], body: bytes) -> tuple[ReadingWarning, ...]:
    """Return warnings in the order of the body.

    The same doubt about a zone is told once, and there is an end to telling.
    """
    return tuple(_limited(_warnings(sorted(rows, key=lambda row: (row.at, row.below)), body)))


def _warnings(rows: Iterable[Row], body: bytes) -> Iterator[ReadingWarning]:
    told: set[tuple[str, str]] = set()
    line, counted = 0, 0
    for row in rows:
        if row.code in _ONCE and (row.code, row.message) in told:
            continue
        told.add((row.code, row.message))
        line += body.count(b"\n", counted, row.at + 1)
        counted = row.at + 1
        yield ReadingWarning(row.code, row.message, row.uid, line + row.below)


def _limited(warnings: Iterable[ReadingWarning]) -> Iterator[ReadingWarning]:
    for number, warning in enumerate(warnings):
        if number == MOST_WARNINGS:
            yield ReadingWarning("more_warnings", "There is more that was not understood.")
            return
        yield warning
