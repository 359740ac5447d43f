"""What is free: answers from the read model, each in one indexed query.

The read model follows every change of the facts. Two things change by the mere passing of time and
are asked for here instead: the notice that a session needs, and the age of a therapist's calendars.
"""

import datetime as dt
from collections import Counter
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
    values = [sql.adapted(limits.oldest_to_book), *wanted.values, limit + 1]
    rows = sql.fetch(wanted.write(sql.OPENINGS), values)
    page = tuple(
        Found(
            sql.utc(starts),
            therapist,
            service,
            place,
            sql.utc(ends),
            sql.date(date),
            HOW[bool(ask)],
        )
        for starts, therapist, service, place, ends, date, ask in rows[:limit]
    )
    return Page(page, page[-1].key if len(rows) > limit else None)


def days_with_openings(search: Search, *, now: dt.datetime) -> list[Day]:
    """Return each day that has openings at the instant `now`, in order, with their number.

    The counts of whole months, less what has come too near since the months were counted.
    """
    counted: Counter[tuple[dt.date, bool]] = Counter()
    packed: dict[tuple[int, bool], list[bytes]] = {}
    for month, counts, date, part, is_to_ask in sql.fetch(*_counting(search, sql.limits(now))):
        if month is None:
            counted[sql.date(date), bool(is_to_ask)] -= _fits(search, sql.date(date), part)
        else:
            packed.setdefault((month, bool(is_to_ask)), []).append(counts)
    for (month, is_to_ask), of_month in packed.items():
        for (day, part), count in domain.unpack(domain.add_up(of_month), month).items():
            counted[day, is_to_ask] += count * _fits(search, day, part)
    return [
        Day(day, counted[day, False] + counted[day, True], counted[day, True])
        for day in sorted({day for (day, _), count in counted.items() if count > 0})
    ]


def _counting(search: Search, limits: sql.Limits) -> tuple[str, list[Any]]:
    """Return the query, and its values, for counts of months and for what has come too near."""
    to_book = sql.adapted(limits.oldest_to_book)
    months = _months(search)
    months.add(sql.WITH_TRUSTED_CALENDAR, limits.oldest_to_offer)
    query, values = months.write(sql.MONTHS), [to_book, *months.values]
    if search.first is None or search.first <= (limits.soonest_start + CLOCKS_APART).date():
        near = _matching(search)
        near.add("o.starts_at < %s", limits.soonest_start)
        near.add(sql.WITH_TRUSTED_CALENDAR, limits.oldest_to_offer)
        query, values = query + near.write(sql.TOO_SOON), [*values, to_book, *near.values]
    return query, values


def _openings(search: Search, soonest: dt.datetime) -> sql.Conditions:
    """Return the conditions for rows that `search` matches and that start at `soonest` or later."""
    rows = _matching(search)
    rows.add("o.starts_at >= %s", soonest)
    rows.add("o.local_date <= %s", search.last)
    rows.add("o.weekday = %s", search.weekday)
    if search.last is not None:  # ends the walk along the index, which has no dates
        rows.add("o.starts_at < %s", _midnight(search.last) + ONE_DAY + CLOCKS_APART)
    return rows


def _matching(search: Search) -> sql.Conditions:
    """Return the conditions for rows of openings, whenever they start.

    Those of one therapist are few: the `+` keeps both databases from looking through an index of
    everybody's for them.
    """
    rows = sql.Conditions()
    column = "o.{} = %s" if search.therapist is None else "+o.{} = %s"
    rows.add(column.format("place_id"), search.place)
    rows.add(column.format("day_part"), search.day_part)
    rows.add(column.format("service_id"), search.service)
    _limit_therapists(rows, search)
    if search.first is not None:  # begins the walk along the index
        rows.add("o.starts_at >= %s", _midnight(search.first) - CLOCKS_APART)
        rows.add("o.local_date >= %s", search.first)
    return rows


def _months(search: Search) -> sql.Conditions:
    rows = sql.Conditions()
    if search.place is None and search.service is None:
        rows.add("o.place_id IS NULL AND o.service_id IS NULL")
    else:
        rows.add("o.place_id = %s", search.place)
        rows.add("o.service_id = %s", search.service)
        rows.add("o.place_id IS NOT NULL")
    rows.add("o.month >= %s", search.first and domain.month_number(search.first))
    rows.add("o.month <= %s", search.last and domain.month_number(search.last))
    _limit_therapists(rows, search)
    return rows


def _limit_therapists(rows: sql.Conditions, search: Search) -> None:
    rows.add("o.therapist_id = %s", search.therapist)
    for name, with_trait in sql.WITH_TRAIT.items():
        rows.add(with_trait, getattr(search, name))
    rows.add(sql.WITH_SELF_PAY, search.self_pay)


def _fits(search: Search, day: dt.date, part: int) -> bool:
    return (
        (search.first is None or search.first <= day)
        and (search.last is None or day <= search.last)
        and search.weekday in (None, day.weekday())
        and search.day_part in (None, part)
    )


def _midnight(day: dt.date) -> dt.datetime:
    """Return the midnight (UTC) at which `day` begins, within the years that have openings."""
    return dt.datetime.combine(min(max(day, EARLIEST), LATEST), dt.time(), dt.UTC)
