"""Counts per day of a month and part of the day, packed so that many add up in one sum.

Each count takes three bytes of one long number: adding two such numbers adds every count, as long
as none reaches 2**24. There are three parts to a day and always 31 days.
"""

import datetime as dt
from collections.abc import Iterable

PARTS = 3
_BYTES = 3
_LENGTH = 31 * PARTS * _BYTES


def month_number(date: dt.date) -> int:
    """Return the months from the year 0 to the month of `date`."""
    return date.year * 12 + date.month - 1


def first_of_month(number: int) -> dt.date:
    """Return the first day of the month that `month_number` gives this number."""
    return dt.date(number // 12, number % 12 + 1, 1)


def count_of_one(date: dt.date, part: int) -> int:
    """Return the number that counts one thing on `date` of its month, in a part of the day."""
    return 1 << 8 * _BYTES * ((date.day - 1) * PARTS + part)


def pack(counts: int) -> bytes:
    """Return sums of `count_of_one` as they are stored."""
    return counts.to_bytes(_LENGTH, "little")


def unpack_number(packed: bytes) -> int:
    """Return the number that `pack` was given."""
    return int.from_bytes(packed, "little")


def add_up(packed: Iterable[bytes]) -> bytes:
    """Return the sum of packed counts."""
    return sum(int.from_bytes(each, "little") for each in packed).to_bytes(_LENGTH, "little")


def unpack(packed: bytes, month: int) -> dict[tuple[dt.date, int], int]:
    """Return the counts that are not zero, by date and part of the day."""
    counts = {}
    first = first_of_month(month)
    for index in range(31 * PARTS):
        count = int.from_bytes(packed[index * _BYTES : (index + 1) * _BYTES], "little")
        if count:
            day, part = divmod(index, PARTS)
            counts[first.replace(day=day + 1), part] = count
    return counts
