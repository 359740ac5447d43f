"""Sets of five-minute cells, each set one Python integer.

Bit `i` stands for the cell that starts `5 * i` minutes after a window's origin. A window's origin
is a local midnight, or whole cells before it, so that a cell never straddles two local days.
Union is `|`, taking away is `& ~`, and "the next `n` cells are all free" is an erosion: a day of
288 cells costs no more than a number.

Lists of time are first laid out as **spans**: pairs of whole seconds since 1970 (UTC). Time that
may be used is merged before it is rounded to cells, so that 9:00–9:58 and 9:58–10:30 together cover
the cell of 9:55. Time that is taken needs no order: it takes every cell that it touches.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from .intervals import Interval

CELL_MINUTES = 5
CELL_SECONDS = 300

Span = tuple[int, int]

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_SECOND = dt.timedelta(seconds=1)


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
    return tuple((seconds_down(each.start), seconds_up(each.end)) for each in intervals)


def intervals_of(spans: Iterable[Span]) -> tuple[Interval, ...]:
    """Return the same time as sorted intervals that neither overlap nor touch."""
    return tuple(Interval(instant(start), instant(end)) for start, end in merge_spans(spans))


class Window(NamedTuple):
    """The cells from `origin` (seconds since 1970, UTC) on; `length` is how many there are."""

    origin: int
    length: int

    @property
    def full(self) -> int:
        """The set of all cells."""
        return (1 << self.length) - 1

    def free_cells(self, spans: Iterable[Span]) -> int:
        """Return the cells that lie in `spans` (as `merge_spans` gives them) as a whole."""
        origin = self.origin
        return self._runs(
            (-((origin - start) // CELL_SECONDS), (end - origin) // CELL_SECONDS)
            for start, end in spans
        )

    def busy_cells(self, spans: Iterable[Span]) -> int:
        """Return the cells that `spans`, in any order, touch, however slightly."""
        origin = self.origin
        return self._runs(
            ((start - origin) // CELL_SECONDS, -((origin - end) // CELL_SECONDS))
            for start, end in spans
        )

    def run(self, first: int, stop: int) -> int:
        """Return the cells from number `first` up to, without, `stop`; none outside the window."""
        first, stop = max(first, 0), min(stop, self.length)
        return (1 << stop) - (1 << first) if first < stop else 0

    def _runs(self, runs: Iterable[Span]) -> int:
        """Return the cells of many runs. Written as digits: each `|` would copy the whole set."""
        length = self.length
        digits = bytearray(b"0") * length
        for first, stop in runs:
            if 0 <= first < stop <= length:
                digits[length - stop : length - first] = b"1" * (stop - first)
            elif (begin := max(first, 0)) < (end := min(stop, length)):
                digits[length - end : length - begin] = b"1" * (end - begin)
        return int(digits, 2)


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


class Starts(NamedTuple):
    """A set of starts: bit `i` of `bits` is the cell `300 * i` seconds after `origin`.

    `origin` is in seconds since 1970 (UTC). Of two sets that meet both lie on whole cells of one
    grid, as all clocks since 1972 do.
    """

    origin: int
    bits: int

    def without(self, others: "Starts") -> "Starts":
        """Return the starts that are not among the `others`."""
        return self._replace(bits=self.bits & ~others._seen_from(self.origin))

    def joined(self, others: "Starts") -> "Starts":
        """Return the starts of both."""
        if not (self.bits and others.bits):
            return self if self.bits else others
        origin = min(self.origin, others.origin)
        return Starts(origin, self._seen_from(origin) | others._seen_from(origin))

    def within(self, span: Span) -> "Starts":
        """Return the starts of a stretch of time."""
        first, stop = (cells_for(second - self.origin) for second in span)
        return self._replace(bits=self.bits & Window(self.origin, max(stop, 0)).run(first, stop))

    def trimmed(self) -> "Starts":
        """Return the same starts, counted from the first one."""
        if not self.bits:
            return NO_STARTS
        first = (self.bits & -self.bits).bit_length() - 1
        return Starts(self.origin + first * CELL_SECONDS, self.bits >> first)

    def seconds(self) -> Iterator[int]:
        """Give the starts in order, in seconds since 1970 (UTC)."""
        return (self.origin + cell * CELL_SECONDS for cell in cells(self.bits))

    def _seen_from(self, origin: int) -> int:
        """Return the bits counted from another origin; what lies before it is left out."""
        distance = (self.origin - origin) // CELL_SECONDS
        if not self.bits:
            return 0
        return self.bits << distance if distance >= 0 else self.bits >> -distance


NO_STARTS = Starts(0, 0)


def starts_at(seconds: Iterable[int]) -> Starts:
    """Return the set of starts at `seconds` since 1970 (UTC), which are whole cells."""
    ordered = sorted(seconds)
    if not ordered:
        return NO_STARTS
    bits = 0
    for second in ordered:
        bits |= 1 << (second - ordered[0]) // CELL_SECONDS
    return Starts(ordered[0], bits)
