"""The free days of a month and the times of one of them, for a page that lets choose one."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from django.utils.dateparse import parse_date

from locations.models import Place
from scheduling import domain
from scheduling.models import Therapist
from scheduling.selectors.search import Day, Found, Search, days_with_openings, next_openings

from .month import month_of
from .words import TimeWords, starts_value

MOST_ON_A_DAY = 200


def times_context(
    search: Search,
    place: Place,
    asked_text: str,
    *,
    now: dt.datetime,
    among: Sequence[Found] | None = None,
) -> dict[str, Any] | None:
    """Return what `includes/days_and_times.html` shows; None where no day has a free time.

    `asked_text` is the day that the address asks for: the first free one from then on is shown.
    The times are what `search` finds, or those of `among`, in order.
    """
    days = days_with_openings(search, now=now) if among is None else _days(among)
    if not days:
        return None
    asked, is_readable = _asked_day(asked_text)
    day = next((each for each in days if asked is None or each.date >= asked), days[-1])
    if among is None:
        of_day = replace(search, first=day.date, last=day.date)
        found = next_openings(of_day, now=now, limit=MOST_ON_A_DAY).openings
    else:
        found = tuple(each for each in among if each.local_date == day.date)
    parts = _parts_of_day(found, place)
    position = days.index(day)
    return {
        "month": month_of(day.date, days),
        "day": day,
        "asked_for_other": asked is not None and asked != day.date,
        "is_readable": is_readable,
        "earlier": days[position - 1] if position else None,
        "later": days[position + 1] if position + 1 < len(days) else None,
        "parts": parts,
        "has_other_clock": any(time.elsewhere for _, times in parts for time in times),
        "some_to_ask": any(time.must_ask for _, times in parts for time in times),
    }


def _days(found: Sequence[Found]) -> list[Day]:
    counts = Counter(each.local_date for each in found)
    return [Day(date, openings) for date, openings in sorted(counts.items())]


def _parts_of_day(found: tuple[Found, ...], place: Place) -> list[tuple[str, list[TimeWords]]]:
    """Return the times of a day under "Morning", "Afternoon" and "Evening"."""
    therapists = Therapist.objects.in_bulk({each.therapist for each in found})
    times = [
        TimeWords(
            value=starts_value(each.starts_at, therapists[each.therapist].slug),
            starts_at=each.starts_at,
            place=place,
            therapist=therapists[each.therapist],
            must_ask=each.how is domain.How.ASK,
        )
        for each in found
    ]
    parts = groupby(times, key=lambda each: domain.part_of_day(each.starts_at, each.zone))
    return [(name, list(part)) for name, part in parts]


def _asked_day(text: str) -> tuple[dt.date | None, bool]:
    """Return the date that `text` writes, None where it writes none, and whether that is fine."""
    try:
        date = parse_date(text)
    except ValueError:
        date = None
    return date, date is not None or not text
