"""Counts per day of a month, packed so that many add up in one sum.

Each count takes three bytes of one long number: adding two such numbers adds every count, as long
as none reaches 2**23. There are always 31 days, and four numbers: of the whole day and of each of
its three parts. Stored they lie one behind the other, so that one can be read without the others.
A difference is packed in the same way, and then a number may be negative.
"""

import datetime as dt

PARTS = 3
_BYTES = 3
LENGTH = 32 * _BYTES  # of a number in bytes: the last three hold the sign
_BITS = 8 * LENGTH
_FULL = (1 << _BITS) - 1


def month_number(date: dt.date) -> int:
    """Return the months from the year 0 to the month of `date`."""
    return date.year * 12 + date.month - 1


def first_of_month(number: int) -> dt.date:
    """Return the first day of the month that `month_number` gives this number."""
    return dt.date(number // 12, number % 12 + 1, 1)


def count_of_one(date: dt.date, part: int) -> int:
    """Return all four numbers, as one, that count one thing on `date` and in a part of the day."""
    one = 1 << 8 * _BYTES * (date.day - 1)
    return one + (one << _BITS * (1 + part))


def pack(counts: int) -> bytes:
    """Return sums and differences of `count_of_one` as they are stored."""
    packed = b""
    for _ in range(1 + PARTS):
        number = counts & _FULL
        if number >> _BITS - 1:
            number -= 1 << _BITS
        packed += number.to_bytes(LENGTH, "little", signed=True)
        counts = counts - number >> _BITS
    return packed


def unpack(packed: bytes) -> int:
    """Return what `pack` was given."""
    return sum(
        number_in(packed[LENGTH * each : LENGTH * (each + 1)]) << _BITS * each
        for each in range(1 + PARTS)
    )


def place_of(part: int | None) -> int:
    """Return at which byte, the first being 1, the number of a part (None: of the day) begins."""
    return 1 + LENGTH * (0 if part is None else 1 + part)


def number_in(stored: bytes) -> int:
    """Return one of the four numbers, which is stored alone."""
    return int.from_bytes(stored, "little", signed=True)


def days_in(number: int, month: int) -> dict[dt.date, int]:
    """Return the counts that are not zero, by date, of a number that is not negative."""
    packed = number.to_bytes(LENGTH, "little", signed=True)
    first = first_of_month(month)
    counts = {}
    for day in range(31):
        count = int.from_bytes(packed[day * _BYTES : (day + 1) * _BYTES], "little")
        if count:
            counts[first.replace(day=day + 1)] = count
    return counts
