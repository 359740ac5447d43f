"""The text of the searches that every visitor waits for.

They are written in SQL because the ORM takes several times as long to write them as either
database takes to answer; `bookable_now` asks the same through the ORM, and a test holds the two
together. Values never become part of the text. Rows come as the driver gives them; `utc` and
`date` read them.
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

# A list that is worked out once: asked for each row, it would cost more than the rest.
MUST_BE_ASKED = """
o.therapist_id IN (
    SELECT f.therapist_id FROM scheduling_calendarfeed f
    WHERE f.is_active AND f.succeeded_at < %s
)
"""

# SQLite's driver reads what it knows to be a column of instants or dates in Python, slowly; what
# COALESCE gives it hands over as text. To PostgreSQL it is all the same.
OPENINGS = """
SELECT COALESCE(o.starts_at, o.starts_at), o.therapist_id, o.service_id, o.place_id,
    COALESCE(o.ends_at, o.ends_at), COALESCE(o.local_date, o.local_date), {must_be_asked}
FROM scheduling_opening o WHERE {conditions}
ORDER BY o.starts_at, o.therapist_id, o.service_id, o.place_id LIMIT %s
"""
MONTHS = """
SELECT o.month, o.counts, NULL, NULL, {must_be_asked}
FROM scheduling_monthofopenings o WHERE {conditions}
"""
TOO_SOON = """
UNION ALL SELECT NULL, NULL, o.local_date, o.day_part, {must_be_asked}
FROM scheduling_opening o WHERE {conditions}
"""

WITH_TRUSTED_CALENDAR = """
o.therapist_id NOT IN (
    SELECT f.therapist_id FROM scheduling_calendarfeed f
    WHERE f.is_active AND (f.succeeded_at IS NULL OR f.succeeded_at < %s)
)
"""
_WITH_TRAIT = """
EXISTS (
    SELECT 1 FROM scheduling_therapist_{relation} t
    WHERE t.therapist_id = o.therapist_id AND t.{column} = %s
)
"""
WITH_TRAIT = {
    "topic": _WITH_TRAIT.format(relation="topics", column="topic_id"),
    "approach": _WITH_TRAIT.format(relation="approaches", column="approach_id"),
    "language": _WITH_TRAIT.format(relation="languages", column="language_id"),
    "client_group": _WITH_TRAIT.format(relation="client_groups", column="clientgroup_id"),
    "insurer": _WITH_TRAIT.format(relation="insurers", column="insurer_id"),
    "identity": _WITH_TRAIT.format(relation="identities", column="identity_id"),
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

    def write(self, query: str) -> str:
        """Return `query` with the conditions in their place, and who must be asked."""
        return query.format(conditions=" AND ".join(self.texts), must_be_asked=MUST_BE_ASKED)


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
    unsaved = SchedulingSettings()
    notice, refresh, offer = next(
        iter(fetch(RULES)), (unsaved.notice_hours, unsaved.refresh_hours, unsaved.offer_hours)
    )
    hour = dt.timedelta(hours=1)
    return Limits(now + notice * hour, now - refresh * hour, now - offer * hour)


def adapted(value: Any) -> Any:
    """Return `value` as the database's driver wants it."""
    if isinstance(value, dt.datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, dt.date):
        return connection.ops.adapt_datefield_value(value)
    return value


def utc(value: dt.datetime | str) -> dt.datetime:
    """Return an instant: both databases give it in UTC, SQLite as text and without saying so."""
    moment = dt.datetime.fromisoformat(value) if isinstance(value, str) else value
    return moment.replace(tzinfo=dt.UTC)


def date(value: dt.date | str) -> dt.date:
    """Return a date, which SQLite gives as text."""
    return dt.date.fromisoformat(value) if isinstance(value, str) else value
