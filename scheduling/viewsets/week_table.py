"""A week as the rows and cells of a table: hours down, days across."""

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from scheduling import domain
from scheduling.selectors.calendar_week import Entry, Kind

# What is shown at least, so that an empty week has a shape as well.
FIRST_HOUR, LAST_HOUR = 8, 18

WORDS = {Kind.HELD: "Being booked", Kind.TIME_OFF: "Time off", Kind.BUSY: "Busy"}


class Slot(NamedTuple):
    """One entry on one day: how the table and the list show it, and the rows that it takes."""

    entry: Entry
    rows: range
    times: str
    words: str


class Cell(NamedTuple):
    """A cell of the table. Without a slot it is free, or no such time exists on that day."""

    length: int
    slot: Slot | None = None
    is_missing: bool = False


class Row(NamedTuple):
    """A quarter hour: the hour's name and length where one begins, and the cells that do."""

    hour: str
    hour_length: int
    cells: list[Cell]


class DayColumn(NamedTuple):
    """A day with its slots in order, and how many run beside each other at most."""

    date: dt.date
    slots: list[Slot]
    lanes: int


class WeekTable(NamedTuple):
    """The whole week."""

    days: list[DayColumn]
    rows: list[Row]


def week_table(axis: domain.WeekAxis, entries: Sequence[Entry]) -> WeekTable:
    """Return the table of `entries`, which are in order of start.

    It begins and ends with the hours that something is in, and shows office hours at least.
    """
    by_day = {day: _slots(axis, day, entries) for day in axis.days}
    first, last = _extent(axis, [slot for slots in by_day.values() for slot in slots])
    days, starting = [], [{} for _ in axis.ticks]  # type: list[DayColumn], list[dict[int, Cell]]
    column = 0
    for day, slots in by_day.items():
        chosen = domain.lanes([slot.rows for slot in slots])
        days.append(DayColumn(day, slots, max(chosen, default=0) + 1))
        missing = set(axis.missing(day))
        for lane in range(days[-1].lanes):
            mine = [slot for slot, each in zip(slots, chosen, strict=True) if each == lane]
            for row, cell in _cells(axis, mine, missing, first, last):
                starting[row][column] = cell
            column += 1
    hours = dict(_hours(axis, first, last))
    rows = [
        Row(*hours.get(row, ("", 0)), cells=[cell for _, cell in sorted(starting[row].items())])
        for row in range(first, last)
    ]
    return WeekTable(days, rows)


def _slots(axis: domain.WeekAxis, day: dt.date, entries: Sequence[Entry]) -> list[Slot]:
    slots = []
    for entry in entries:
        if rows := axis.rows(entry.interval, day):
            times = _times(axis, day, entry.interval)
            slots.append(Slot(entry, rows, times, WORDS.get(entry.kind, "")))
    return slots


def _times(axis: domain.WeekAxis, day: dt.date, interval: domain.Interval) -> str:
    """Return from when to when, on that day; the offset's name where a clock time comes twice."""
    whole = domain.local_day(day, axis.zone)
    (part,) = domain.clip([interval], whole)
    if part == whole:
        return "All day"
    end = "midnight" if part.end == whole.end else _clock(axis, part.end)
    return f"{_clock(axis, part.start)} to {end}"


def _clock(axis: domain.WeekAxis, moment: dt.datetime) -> str:
    wall = moment.astimezone(axis.zone)
    words = domain.clock_words(moment, axis.zone)
    is_ambiguous = wall.replace(fold=0).utcoffset() != wall.replace(fold=1).utcoffset()
    return f"{words} {wall.tzname()}" if is_ambiguous else words


def _extent(axis: domain.WeekAxis, slots: Sequence[Slot]) -> tuple[int, int]:
    """Return the first row that is shown and the one after the last: whole hours.

    What lasts all day stretches nothing.
    """
    shown = [slot.rows for slot in slots if len(slot.rows) < len(axis.ticks) // 2]
    hours = [tick.hour for tick in axis.ticks]
    first = hours.index(FIRST_HOUR)
    last = hours.index(LAST_HOUR)
    for rows in shown:
        first, last = min(first, rows.start), max(last, rows.stop)
    while first and axis.ticks[first].minute:
        first -= 1
    while last < len(hours) and axis.ticks[last].minute:
        last += 1
    return first, last


def _hours(axis: domain.WeekAxis, first: int, last: int) -> Iterator[tuple[int, tuple[str, int]]]:
    """Give for the first row of each hour its name and how many rows it has."""
    row = first
    for (hour, again), ticks in groupby(
        axis.ticks[first:last], key=lambda tick: (tick.hour, tick.again)
    ):
        length = len(list(ticks))
        name = f"{hour % 12 or 12} {'AM' if hour < 12 else 'PM'}"
        yield row, (f"{name}, second time" if again else name, length)
        row += length


def _cells(
    axis: domain.WeekAxis, slots: Sequence[Slot], missing: set[int], first: int, last: int
) -> Iterator[tuple[int, Cell]]:
    """Give the cells of one lane with the rows in which they begin, from top to bottom."""
    taken = {max(slot.rows.start, first): slot for slot in slots if slot.rows.stop > first}
    row = first
    while row < last:
        if slot := taken.get(row):
            cell = Cell(min(slot.rows.stop, last) - row, slot)
        else:
            cell = _free(axis, row, last, taken, missing)
        yield row, cell
        row += cell.length


def _free(
    axis: domain.WeekAxis, row: int, last: int, taken: dict[int, Slot], missing: set[int]
) -> Cell:
    """Return the empty cell from `row` to the next entry, or to the end of the hour."""
    end = row + 1
    while end < last and end not in taken and axis.ticks[end].minute:
        end += 1
    return Cell(end - row, is_missing=row in missing)
