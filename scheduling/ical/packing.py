"""Many stretches of time in little space: one number each, from the start of a window.

A calendar's weeks hold tens of thousands of occurrences. As numbers they sort, merge and are
written down ten times faster than as pairs.
"""

from array import array
from collections.abc import Iterable, Iterator

from .span import Span, Window

__all__ = ["LONGEST", "merged", "pack"]

# Of 64 bits the upper half are seconds after the window's start, the lower half the length.
_HALF = 32
_LENGTH = (1 << _HALF) - 1
LONGEST = _LENGTH  # seconds of a window: 136 years


def pack(spans: Iterable[Span], window: Window) -> "array[int]":
    """Return spans that lie inside the window as numbers."""
    return array("Q", ((start - window.start) << _HALF | end - start for start, end, _ in spans))


def merged(packed: Iterable["array[int]"], window: Window) -> tuple[tuple[int, int], ...]:
    """Return what several lists come to: UTC seconds, sorted, neither overlapping nor touching."""
    everything: set[int] = set()  # sessions of many weeks often share their hours
    for each in packed:
        everything.update(each)
    return tuple(_merged(sorted(everything), window.start))


def _merged(numbers: Iterable[int], origin: int) -> Iterator[tuple[int, int]]:
    first, last = 0, -1
    for number in numbers:
        start = number >> _HALF
        end = start + (number & _LENGTH)
        if start > last:
            if last >= 0:
                yield first + origin, last + origin
            first, last = start, end
        elif end > last:
            last = end
    if last >= 0:
        yield first + origin, last + origin
