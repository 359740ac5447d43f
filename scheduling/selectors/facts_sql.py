"""The text of the questions by which the facts about a therapist are gathered.

Every rebuild, hold and confirmation asks all of them. They are written in SQL because the ORM takes
ten times as long to write them as either database takes to answer. Values never become part of the
text.

⌊…⌋ and ⌈…⌉ stand for whole seconds since 1970 (UTC), a broken second left out or counted in.
"""

import re
from functools import cache

from django.db import connection

RULES = """
SELECT notice_hours, horizon_days, daily_limit, grid_minutes
FROM scheduling_schedulingsettings ORDER BY id LIMIT 1
"""
PLACES = """
SELECT p.id, p.is_online, p.jurisdiction_id, p.opens_on, p.closed_on, j.time_zone
FROM locations_place p JOIN locations_jurisdiction j ON j.id = p.jurisdiction_id
ORDER BY p.is_online, p.position, p.name
"""
SERVICES = """
SELECT s.id, s.minutes, s.buffer_minutes, s.bookable_by, s.in_person, s.online
FROM scheduling_service s
JOIN scheduling_therapist_services offered ON offered.service_id = s.id
WHERE offered.therapist_id = %s ORDER BY s.position, s.name
"""
SERVICE_FIELDS = ("pk", "minutes", "buffer_minutes", "bookable_by", "in_person", "online")
HOURS_FIELDS = (
    "office_id", "online", "weekday", "starts", "ends", "valid_from", "valid_until"
)  # fmt: skip
HOURS = """
SELECT office_id, online, weekday, starts, ends, valid_from, valid_until
FROM scheduling_workinghours WHERE therapist_id = %s
"""
EXCEPTIONS = """
SELECT office_id, online, date, starts, ends
FROM scheduling_hoursexception WHERE therapist_id = %s
"""
LICENCES = """
SELECT jurisdiction_id, valid_from, valid_until
FROM scheduling_licence WHERE therapist_id = %s
"""
TIME_OFF = """
SELECT ⌊starts_at⌋, ⌈ends_at⌉ FROM scheduling_timeoff
WHERE therapist_id = %s AND starts_at < %s AND ends_at > %s
"""
OPEN_TIME = """
SELECT t.office_id, ⌈t.starts_at⌉, ⌊t.ends_at⌋
FROM scheduling_calendarfeed f JOIN scheduling_opentime t ON t.feed_id = f.id
WHERE f.therapist_id = %s AND f.is_active AND f.id <> %s AND t.starts_at < %s AND t.ends_at > %s
"""
BUSY_TIME = """
SELECT ⌊t.starts_at⌋, ⌈t.ends_at⌉
FROM scheduling_calendarfeed f JOIN scheduling_busytime t ON t.feed_id = f.id
WHERE f.therapist_id = %s AND f.is_active AND f.id <> %s AND t.starts_at < %s AND t.ends_at > %s
"""
# Past the moment up to which a calendar was read nothing is known, and unknown is not free.
COVERED_UNTIL = """
SELECT ⌊f.covered_until⌋ FROM scheduling_calendarfeed f
WHERE f.therapist_id = %s AND f.is_active AND f.id <> %s AND f.role = 'busy'
"""
CLAIMS = """
SELECT c.hold_id, c.booking_id, ⌊c.starts_at⌋, ⌈c.ends_at⌉,
    COALESCE(h.place_id, b.place_id), ⌊COALESCE(h.starts_at, b.starts_at)⌋
FROM scheduling_resource r
JOIN scheduling_claim c ON c.resource_id = r.id
LEFT JOIN scheduling_hold h ON h.id = c.hold_id
LEFT JOIN scheduling_booking b ON b.id = c.booking_id
WHERE r.therapist_id = %s AND c.starts_at < %s AND c.ends_at > %s
    AND (c.hold_id IS NULL OR h.expires_at > %s)
"""
ROOMS = """
SELECT m.id, c.hold_id, c.booking_id, ⌊c.starts_at⌋, ⌈c.ends_at⌉
FROM locations_room m
LEFT JOIN scheduling_resource r ON r.room_id = m.id
LEFT JOIN scheduling_claim c ON c.resource_id = r.id AND c.starts_at < %s AND c.ends_at > %s
    AND (c.hold_id IS NULL OR c.hold_id IN (
        SELECT h.id FROM scheduling_hold h WHERE h.expires_at > %s
    ))
WHERE m.is_active AND m.office_id = %s ORDER BY m.name, m.id
"""
TRAVEL = "SELECT origin_id, destination_id, minutes FROM scheduling_traveltime"

_SECONDS = {
    "postgresql": (
        r"CAST(floor(extract(epoch FROM \1)) AS bigint)",
        r"CAST(ceil(extract(epoch FROM \1)) AS bigint)",
    ),
    # An instant is text, with six more digits where the second is broken.
    "sqlite": (
        r"CAST(strftime('%%s', substr(\1, 1, 19)) AS integer)",
        r"CAST(strftime('%%s', substr(\1, 1, 19)) AS integer) + (length(\1) > 19)",
    ),
}


def for_database(query: str) -> str:
    """Return `query` as the database in use understands it."""
    return _translated(query, connection.vendor)


@cache
def _translated(query: str, vendor: str) -> str:
    down, up = _SECONDS[vendor]
    return re.sub("⌈(.*?)⌉", up, re.sub("⌊(.*?)⌋", down, query))
