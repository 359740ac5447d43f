"""Sets of five-minute cells, each set one Python integer.

Bit `i` stands for the cell that starts `5 * i` minutes after a window's origin. A window's origin
is a local midnight, or whole cells before it, so that a cell never straddles two local days.
Union is `|`, taking away is `& ~`, and "the next `n` cells are all free" is an erosion: a day of
288 cells costs no more than a number.

Lists of time are first laid out as **spans**: pairs of whole seconds since 1970 (UTC), sorted,
merged and disjoint. Merging comes before any rounding, so that 9:00–9:58 and 9:58–10:30 together
cover the cell of 9:55, and before any binary search, which overlapping pairs would mislead.
"""

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from typing import NamedTuple

from .intervals import Interval

CELL_MINUTES = 5
CELL_SECONDS = 300

Span = tuple[int, int]

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_SECOND = dt.timedelta(seconds=1)
_end_of = itemgetter(1)


def seconds_down(moment: dt.datetime) -> int:
    """Return the last whole second since 1970 (UTC) that is not after `moment` (aware)."""
    return (moment - _EPOCH) // _SECOND


def seconds_up(moment: dt.datetime) -> int:
    """Return the first whole second since 1970 (UTC) that is not before `moment` (aware)."""
    return -((_EPOCH - moment) // _SECOND)


def instant(seconds: int) -> dt.datetime:
    """Return the instant, in UTC, that is `seconds` after the start of 1970."""
    return _EPOCH + dt.timedelta(seconds=seconds)


def merge_spans(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return the same time as sorted spans that neither overlap nor touch; empty ones vanish."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if end <= start:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def free_spans(intervals: Iterable[Interval]) -> tuple[Span, ...]:
    """Lay out time that may be used: a broken second at either end is left out."""
    return merge_spans((seconds_up(each.start), seconds_down(each.end)) for each in intervals)


def busy_spans(intervals: Iterable[Interval]) -> tuple[Span, ...]:
    """Lay out time that is taken: a broken second at either end belongs to it."""
    return merge_spans((seconds_down(each.start), seconds_up(each.end)) for each in intervals)


class Window(NamedTuple):
    """The cells from `origin` (seconds since 1970, UTC) on; `length` is how many there are."""

    origin: int
    length: int

    @property
    def full(self) -> int:
        """The set of all cells."""
        return (1 << self.length) - 1

    def free_cells(self, spans: Sequence[Span]) -> int:
        """Return the cells that lie in `spans` (as `merge_spans` gives them) as a whole."""
        return self._runs(
            (-((self.origin - start) // CELL_SECONDS), self._cell(end))
            for start, end in self._near(spans)
        )

    def busy_cells(self, spans: Sequence[Span]) -> int:
        """Return the cells that `spans` (as `merge_spans` gives them) touch, however slightly."""
        return self._runs(
            (self._cell(start), -((self.origin - end) // CELL_SECONDS))
            for start, end in self._near(spans)
        )

    def run(self, first: int, stop: int) -> int:
        """Return the cells from number `first` up to, without, `stop`; none outside the window."""
        first, stop = max(first, 0), min(stop, self.length)
        return (1 << stop) - (1 << first) if first < stop else 0

    def _runs(self, runs: Iterable[tuple[int, int]]) -> int:
        """Return the cells of many runs. Written as digits: each `|` would copy the whole set."""
        digits = bytearray(b"0") * self.length
        for start, end in runs:
            first, stop = max(start, 0), min(end, self.length)
            if first < stop:
                digits[self.length - stop : self.length - first] = b"1" * (stop - first)
        return int(digits, 2)

    def _cell(self, second: int) -> int:
        return (second - self.origin) // CELL_SECONDS

    def _near(self, spans: Sequence[Span]) -> Iterator[Span]:
        """Find the spans that end after the origin and start before the window's end."""
        end_of_window = self.origin + self.length * CELL_SECONDS
        for index in range(bisect_right(spans, self.origin, key=_end_of), len(spans)):
            if spans[index][0] >= end_of_window:
                break
            yield spans[index]


def cells_for(seconds: int) -> int:
    """Return how many cells, begun ones counted, a length of `seconds` takes."""
    return -(-seconds // CELL_SECONDS)


def erode(mask: int, length: int) -> int:
    """Return the cells from which `length` cells in a row, themselves the first, are all in `mask`.

    `length` is at least 1. Doubling the run at each step takes log2(length) shifts.
    """
    run = 1
    while run < length:
        step = min(run, length - run)
        mask &= mask >> step
        run += step
    return mask


def cells(mask: int) -> Iterator[int]:
    """Give the numbers of the cells of `mask`, rising."""
    digits = f"{mask:b}"[::-1]
    cell = digits.find("1")
    while cell >= 0:
        yield cell
        cell = digits.find("1", cell + 1)
