"""Keeping the sum over all therapists equal to what is counted of each."""

from collections import Counter

from django.db import connection

from scheduling import domain
from scheduling.selectors.search_sql import fetch

FREE_PART = "SELECT id, counts FROM scheduling_monthtotal WHERE month = %s ORDER BY id LIMIT 1"
WRITE = "UPDATE scheduling_monthtotal SET counts = %s WHERE id = %s"
ADD = "INSERT INTO scheduling_monthtotal (counts, month) VALUES (%s, %s)"
# In one statement, so that it sees all of a rebuild that is just committed, or nothing.
COMPARED = """
SELECT month, counts, 1 FROM scheduling_monthofopenings
WHERE place_id IS NULL AND service_id IS NULL
UNION ALL SELECT month, counts, -1 FROM scheduling_monthtotal
"""


def add(month: int, difference: int) -> None:
    """Add a packed `difference` to the total of `month`, within the transaction that made it.

    To any part of the total that is not being written: nobody waits, so there can be no deadlock.
    """
    if not difference:
        return
    suffix = " FOR UPDATE SKIP LOCKED" if connection.features.has_select_for_update else ""
    with connection.cursor() as cursor:
        for key, counts in fetch(FREE_PART + suffix, [month]):
            cursor.execute(WRITE, [domain.pack(domain.unpack(counts) + difference), key])
            return
        cursor.execute(ADD, [domain.pack(difference), month])


def correct_totals(*, check: bool = False) -> int:
    """Make the totals equal to the sum of what they are of; return how many months differed.

    With `check` nothing is written.
    """
    missing: Counter[int] = Counter()
    for month, counts, sign in fetch(COMPARED):
        missing[month] += sign * domain.unpack(counts)
    wrong = {month: difference for month, difference in missing.items() if difference}
    if not check:
        for month, difference in wrong.items():
            add(month, difference)
    return len(wrong)
