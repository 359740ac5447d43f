"""ZIP codes: in which state each is, where about, and which other states are near.

The data come with the package `zipcodes` (points by GeoNames, CC BY 4.0) and are held in memory:
what a client types is looked up without a query, a file or a request that could keep it.
"""

import re
import threading
from collections.abc import Iterator
from functools import cache
from math import floor
from typing import NamedTuple

import zipcodes

from .points import Point, distance
from .states import MILITARY, STATES

NEAR_LINE = 5.0  # miles: a ZIP code so near to one of another state may reach over the line
_CELLS_PER_DEGREE = 10  # a cell is at least `NEAR_LINE` wide wherever states meet, Alaska excepted
_WRITTEN = re.compile(r"(\d{5})(?:-?\d{4})?", re.ASCII)


class ZipCode(NamedTuple):
    """A ZIP code; `point` is its middle, None where the data don't know (0, 0 there)."""

    code: str
    city: str
    state: str
    point: Point | None

    @property
    def is_military(self) -> bool:
        """Whether it is for military mail, and so says nothing about a place."""
        return self.state in MILITARY


Cell = tuple[int, int]


class _Atlas(NamedTuple):
    """All ZIP codes, and those of addresses that people live at by cells of a grid."""

    codes: dict[str, ZipCode]
    cells: dict[Cell, list[ZipCode]]


def find_zip_code(text: str) -> ZipCode | None:
    """Return the ZIP code that `text` writes, with or without its last four digits, or None."""
    written = _WRITTEN.fullmatch(text.strip())
    return _atlas().codes.get(written[1]) if written else None


def nearest_state(point: Point) -> str | None:
    """Return the code of the state of the ZIP code nearest to `point`; None far from any."""
    near = min(_around(point), key=lambda each: distance(each[1], point), default=None)
    return near[0].state if near else None


def states_near(point: Point, state: str) -> list[str]:
    """Return the codes of the other states than `state` that are hardly any way from `point`."""
    others = {
        code.state
        for code, there in _around(point)
        if code.state != state and distance(there, point) <= NEAR_LINE
    }
    return sorted(others)


def load_in_background() -> None:
    """Read the data in a thread of its own, so that nobody waits for them."""
    threading.Thread(target=_atlas, name="zip-codes", daemon=True).start()


@cache
def _atlas() -> _Atlas:
    atlas = _Atlas({}, {})
    for state in (*STATES, *MILITARY):  # state by state: all rows at once take 100 MB
        for row in zipcodes.filter_by(state=state):
            latitude, longitude = float(row["lat"] or 0), float(row["long"] or 0)
            point = Point(latitude, longitude) if (latitude or longitude) else None
            code = ZipCode(row["zip_code"], row["city"], state, point)
            atlas.codes[code.code] = code
            if point and row["zip_code_type"] == "STANDARD":
                atlas.cells.setdefault(_cell(point), []).append(code)
    return atlas


def _cell(point: Point) -> Cell:
    return floor(point.latitude * _CELLS_PER_DEGREE), floor(point.longitude * _CELLS_PER_DEGREE)


def _around(point: Point) -> Iterator[tuple[ZipCode, Point]]:
    """Yield the ZIP codes, with their points, in the cell of `point` and the eight around it."""
    row, column = _cell(point)
    for other_row in range(row - 1, row + 2):
        for other_column in range(column - 1, column + 2):
            for code in _atlas().cells.get((other_row, other_column), ()):
                if code.point:
                    yield code, code.point
