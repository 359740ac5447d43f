"""The text of the searches that every visitor waits for.

They are written in SQL because the ORM takes several times as long to write them as either
database takes to answer; `bookable_now` asks the same through the ORM, and a test holds the two
together. Values never become part of the text.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db import connection

from scheduling.models import SchedulingSettings

RULES = """
SELECT notice_hours, refresh_hours, offer_hours
FROM scheduling_schedulingsettings ORDER BY id LIMIT 1
"""

# Lists that are worked out once: asked for each row, they would cost more than the rest. Both ends
# of the index are looked up by themselves: with OR the whole table would be read.
_READ_BEFORE = """(
    SELECT f.therapist_id FROM scheduling_calendarfeed f WHERE f.is_active AND f.succeeded_at < %s
)"""
_READ_BEFORE_OR_NEVER = """(
    SELECT f.therapist_id FROM scheduling_calendarfeed f WHERE f.is_active AND f.succeeded_at < %s
    UNION ALL
    SELECT n.therapist_id FROM scheduling_calendarfeed n
    WHERE n.is_active AND n.succeeded_at IS NULL
)"""
MUST_BE_ASKED = f"o.therapist_id IN {_READ_BEFORE}"
WITH_OLD_CALENDAR = f"o.therapist_id IN {_READ_BEFORE_OR_NEVER}"
WITH_TRUSTED_CALENDAR = f"o.therapist_id NOT IN {_READ_BEFORE_OR_NEVER}"

# Instants and dates come as text, which Python reads faster than the drivers do.
OPENINGS = """
SELECT {starts_at}, o.therapist_id, o.service_id, o.place_id,
    {ends_at}, CAST(o.local_date AS text), {must_be_asked}
FROM scheduling_opening o WHERE {conditions}
ORDER BY o.starts_at, o.therapist_id, o.service_id, o.place_id LIMIT %s
"""
# The questions about days have rows of one form: the number of a month, as the domain packs it, or
# a date; how many times it is to be added; and whether the therapists must be asked.
MONTHS = """
SELECT o.month, substr(o.counts, {byte}, {length}), CAST(NULL AS text), 1, {must_be_asked}
FROM scheduling_monthofopenings o WHERE {conditions}
"""
TOTALS = """
SELECT o.month, substr(o.counts, {byte}, {length}), CAST(NULL AS text), 1, FALSE
FROM scheduling_monthtotal o WHERE {conditions}
"""
NOT_AS_IN_TOTALS = """
SELECT o.month, substr(o.counts, {byte}, {length}), CAST(NULL AS text), -1, FALSE
FROM scheduling_monthofopenings o WHERE {conditions}
"""
TO_ASK = """
SELECT o.month, substr(o.counts, {byte}, {length}), CAST(NULL AS text), 1, TRUE
FROM scheduling_monthofopenings o WHERE {conditions}
"""
TOO_SOON = """
SELECT NULL, NULL, CAST(o.local_date AS text), -COUNT(*), {must_be_asked}
FROM scheduling_opening o WHERE {conditions} GROUP BY 3, 5
"""

# While rows are walked in the order of time, until there are enough.
_WITH_TRAIT = """
EXISTS (
    SELECT 1 FROM scheduling_therapist_{relation} t
    WHERE t.therapist_id = o.therapist_id AND t.{column} = %s
)
"""
# Where all rows of the therapists are read.
_AMONG_TRAIT = """
o.therapist_id IN (
    SELECT t.therapist_id FROM scheduling_therapist_{relation} t WHERE t.{column} = %s
)
"""
_TRAITS = {
    "topic": ("topics", "topic_id"),
    "approach": ("approaches", "approach_id"),
    "language": ("languages", "language_id"),
    "client_group": ("client_groups", "clientgroup_id"),
    "insurer": ("insurers", "insurer_id"),
    "identity": ("identities", "identity_id"),
}
WITH_TRAIT = {
    name: _WITH_TRAIT.format(relation=relation, column=column)
    for name, (relation, column) in _TRAITS.items()
}
AMONG_TRAIT = {
    name: _AMONG_TRAIT.format(relation=relation, column=column)
    for name, (relation, column) in _TRAITS.items()
}
WITH_SELF_PAY = """
EXISTS (
    SELECT 1 FROM scheduling_therapist p WHERE p.id = o.therapist_id AND p.accepts_self_pay = %s
)
"""
AFTER = "(o.starts_at, o.therapist_id, o.service_id, o.place_id) > (%s, %s, %s, %s)"

Row = tuple[Any, ...]


class Conditions:
    """Conditions that rows must all meet, and the values in them."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.values: list[Any] = []

    def add(self, text: str, *values: Any) -> None:
        """Ask for `text`, unless a value in it is None: that is no limit."""
        if None not in values:
            self.texts.append(text)
            self.values += map(adapted, values)

    def also(self, others: "Conditions") -> "Conditions":
        """Return conditions that are met where these and the `others` are."""
        both = Conditions()
        both.texts, both.values = self.texts + others.texts, self.values + others.values
        return both

    def write(self, query: str, **parts: Any) -> str:
        """Return `query` with the conditions and `parts` in their places."""
        return query.format(
            conditions=" AND ".join(self.texts), must_be_asked=MUST_BE_ASKED, **parts
        )


def fetch(query: str, values: Iterable[Any] = ()) -> list[Row]:
    """Return the rows of `query`."""
    with connection.cursor() as cursor:
        cursor.execute(query, list(values))
        return cursor.fetchall()


class Limits(NamedTuple):
    """The instants that decide, with the passing of time, about what the rows say."""

    soonest_start: dt.datetime
    oldest_to_book: dt.datetime
    oldest_to_offer: dt.datetime


def limits(now: dt.datetime) -> Limits:
    """Return before which start it is too soon at `now`, and which age of a calendar means that
    its therapist must be asked, and that the therapist is not offered.
    """
    if rows := fetch(RULES):
        notice, refresh, offer = rows[0]
    else:
        unsaved = SchedulingSettings()
        notice, refresh, offer = unsaved.notice_hours, unsaved.refresh_hours, unsaved.offer_hours
    hour = dt.timedelta(hours=1)
    return Limits(now + notice * hour, now - refresh * hour, now - offer * hour)


def adapted(value: Any) -> Any:
    """Return `value` as the database's driver wants it."""
    if isinstance(value, dt.datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, dt.date):
        return connection.ops.adapt_datefield_value(value)
    return value


def as_text(column: str) -> str:
    """Return what gives an instant in the UTC of `column` as text that says so."""
    if connection.vendor == "sqlite":
        return f"{column} || '+00:00'"
    return f"CAST({column} AT TIME ZONE 'UTC' AS text) || '+00:00'"
