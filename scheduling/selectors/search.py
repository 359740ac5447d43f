"""What is free: answers from the read model, each in one indexed query.

The read model follows every change of the facts. Two things change by the mere passing of time and
are asked for here instead: the notice that a session needs, and the age of a therapist's calendars.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from scheduling import domain

from . import search_sql as sql

PAGE_SIZE = 20


@dataclass(frozen=True, slots=True)
class Search:
    """What a client looks for, by primary keys; None is no limit.

    `first` and `last` are days, both included, in the zone of the place where the client will be;
    so are the weekday (Monday is 0) and the part of the day (`Opening.DayPart`). The therapist is
    in network with `insurer`; `self_pay` says whether clients may pay themselves.
    """

    place: int | None = None
    service: int | None = None
    therapist: int | None = None
    first: dt.date | None = None
    last: dt.date | None = None
    topic: int | None = None
    approach: int | None = None
    weekday: int | None = None
    day_part: int | None = None
    language: int | None = None
    client_group: int | None = None
    insurer: int | None = None
    identity: int | None = None
    self_pay: bool | None = None


class Key(NamedTuple):
    """Where an opening stands in the order of all openings."""

    starts_at: dt.datetime
    therapist: int
    service: int
    place: int


class Found(NamedTuple):
    """An opening as search returns it: primary keys and instants (UTC)."""

    starts_at: dt.datetime
    therapist: int
    service: int
    place: int
    ends_at: dt.datetime
    local_date: dt.date
    how: domain.How

    @property
    def key(self) -> Key:
        """Where it stands in the order."""
        return Key(self.starts_at, self.therapist, self.service, self.place)


class Page(NamedTuple):
    """Some openings in order, and after which key the next ones come; None at the end."""

    openings: tuple[Found, ...]
    next_after: Key | None


class Day(NamedTuple):
    """A day, how many openings it has, and how many of these can only be asked for."""

    date: dt.date
    openings: int
    to_ask: int = 0


HOW = {False: domain.How.BOOK, True: domain.How.ASK}
_instant, _date = dt.datetime.fromisoformat, dt.date.fromisoformat
ONE_DAY = dt.timedelta(days=1)
EARLIEST, LATEST = dt.date(2000, 1, 1), dt.date(2200, 1, 1)
# From UTC no clock is further away than this.
CLOCKS_APART = dt.timedelta(hours=14)


def next_openings(
    search: Search, *, now: dt.datetime, limit: int = PAGE_SIZE, after: Key | None = None
) -> Page:
    """Return the first `limit` openings at the instant `now`, or those that follow `after`.

    The order is that of starts, then of therapists, services and places, so that a page continues
    where the last one ended whatever was booked in between.
    """
    limits = sql.limits(now)
    wanted = _openings(search, limits.soonest_start)
    wanted.add(sql.WITH_TRUSTED_CALENDAR, limits.oldest_to_offer)
    if after is not None:
        wanted.add("o.starts_at >= %s", after.starts_at)
        wanted.add(sql.AFTER, *after)
    query = wanted.write(
        sql.OPENINGS, starts_at=sql.as_text("o.starts_at"), ends_at=sql.as_text("o.ends_at")
    )
    values = [sql.adapted(limits.oldest_to_book), *wanted.values, limit + 1]
    rows = sql.fetch(query, values)
    page = tuple(
        Found(_instant(starts), therapist, service, place, _instant(ends), _date(date), HOW[ask])
        for starts, therapist, service, place, ends, date, ask in rows[:limit]
    )
    return Page(page, page[-1].key if len(rows) > limit else None)


def days_with_openings(search: Search, *, now: dt.datetime) -> list[Day]:
    """Return each day that has openings at the instant `now`, in order, with their number.

    The counts of whole months, less what has come too near since the months were counted.
    """
    numbers: defaultdict[tuple[int, bool, int], list[bytes]] = defaultdict(list)
    counted: Counter[tuple[dt.date, bool]] = Counter()
    for month, number, date, times, is_to_ask in sql.fetch(*_counting(search, sql.limits(now))):
        if date is None:
            numbers[month, is_to_ask, times].append(number)
        else:
            counted[_date(date), is_to_ask] += times
    for (month, is_to_ask, times), of_month in numbers.items():
        for day, count in domain.days_in(sum(map(domain.number_in, of_month)), month).items():
            counted[day, is_to_ask] += times * count * _fits(search, day)
    return [
        Day(day, counted[day, False] + counted[day, True], counted[day, True])
        for day in sorted({day for (day, _), count in counted.items() if count > 0})
    ]


def _counting(search: Search, limits: sql.Limits) -> tuple[str, list[Any]]:
    """Return the query, and its values, for counts of months and for what has come too near.

    Where every therapist is meant, the totals are asked, and of single therapists only those whose
    calendars are too old to book at once.
    """
    months, therapists = _months(search), _therapists(search, sql.AMONG_TRAIT)
    to_book = [sql.adapted(limits.oldest_to_book)]
    part = {"byte": domain.place_of(search.day_part), "length": domain.LENGTH}
    rows = months.also(_kind(search)).also(therapists)
    queries: list[str] = []
    values: list[Any] = []
    if search.place is None and search.service is None and not therapists.texts:
        queries.append(months.write(sql.TOTALS, **part))
        values += months.values
        rows.add(sql.WITH_OLD_CALENDAR, limits.oldest_to_book)
        queries.append(rows.write(sql.NOT_AS_IN_TOTALS, **part))
        values += rows.values
        rows.add(sql.WITH_TRUSTED_CALENDAR, limits.oldest_to_offer)
        queries.append(rows.write(sql.TO_ASK, **part))
        values += rows.values
    else:
        rows.add(sql.WITH_TRUSTED_CALENDAR, limits.oldest_to_offer)
        queries.append(rows.write(sql.MONTHS, **part))
        values += to_book + rows.values
    if search.first is None or search.first <= (limits.soonest_start + CLOCKS_APART).date():
        near = _matching(search)
        near.add("o.starts_at < %s", limits.soonest_start)
        near.add(sql.WITH_TRUSTED_CALENDAR, limits.oldest_to_offer)
        queries.append(near.write(sql.TOO_SOON))
        values += to_book + near.values
    return " UNION ALL ".join(queries), values


def _openings(search: Search, soonest: dt.datetime) -> sql.Conditions:
    """Return the conditions for rows that `search` matches and that start at `soonest` or later."""
    rows = _matching(search)
    rows.add("o.starts_at >= %s", soonest)
    if search.last is not None:  # ends the walk along the index, which has no dates
        rows.add("o.starts_at < %s", _midnight(search.last) + ONE_DAY + CLOCKS_APART)
    return rows


def _matching(search: Search) -> sql.Conditions:
    """Return the conditions for rows of openings, whenever they start.

    Those of one therapist are few: the `+` keeps both databases from looking through an index of
    everybody's for them.
    """
    rows = _therapists(search, sql.WITH_TRAIT)
    column = "o.{} = %s" if search.therapist is None else "+o.{} = %s"
    rows.add(column.format("place_id"), search.place)
    rows.add(column.format("day_part"), search.day_part)
    rows.add(column.format("service_id"), search.service)
    rows.add("o.weekday = %s", search.weekday)
    rows.add("o.local_date <= %s", search.last)
    if search.first is not None:  # begins the walk along the index
        rows.add("o.starts_at >= %s", _midnight(search.first) - CLOCKS_APART)
        rows.add("o.local_date >= %s", search.first)
    return rows


def _months(search: Search) -> sql.Conditions:
    """Return the conditions for months, whosever."""
    rows = sql.Conditions()
    first = search.first and domain.month_number(search.first)
    last = search.last and domain.month_number(search.last)
    if first == last and first is not None:
        rows.add("o.month = %s", first)
    else:
        rows.add("o.month >= %s", 0 if first is None else first)
        rows.add("o.month <= %s", last)
    return rows


def _kind(search: Search) -> sql.Conditions:
    """Return the conditions for the rows of months that together count what `search` asks for."""
    rows = sql.Conditions()
    rows.add("o.place_id = %s", search.place)
    rows.add("o.service_id = %s", search.service)
    if search.service is None:
        rows.add("o.service_id IS NULL")
    if search.place is None:
        rows.add("o.place_id IS NULL" if search.service is None else "o.place_id IS NOT NULL")
    return rows


def _therapists(search: Search, with_trait: Mapping[str, str]) -> sql.Conditions:
    """Return the conditions for whose rows they are."""
    rows = sql.Conditions()
    rows.add("o.therapist_id = %s", search.therapist)
    for name, text in with_trait.items():
        rows.add(text, getattr(search, name))
    rows.add(sql.WITH_SELF_PAY, search.self_pay)
    return rows


def _fits(search: Search, day: dt.date) -> bool:
    return (
        (search.first is None or search.first <= day)
        and (search.last is None or day <= search.last)
        and search.weekday in (None, day.weekday())
    )


def _midnight(day: dt.date) -> dt.datetime:
    """Return the midnight (UTC) at which `day` begins, within the years that have openings."""
    return dt.datetime.combine(min(max(day, EARLIEST), LATEST), dt.time(), dt.UTC)
