"""When it is said that a licence ends, and which of several goes on after it."""

import datetime as dt
from collections.abc import Collection, Iterable

from .facts import Licence

# Days before the last valid day. Not a setting: a renewal takes an authority weeks, whatever the
# practice is like, and the last of them is for what was forgotten twice.
WARNING_DAYS = (60, 30, 7)
WARNING_DAYS_WORDS = "{}, {} and {}".format(*WARNING_DAYS)


def due_warning(valid_until: dt.date, told: Collection[int], *, today: dt.date) -> int | None:
    """Return which of `WARNING_DAYS` is to be told today of a licence that is valid until then.

    `told` are those that were told for this last day. One whose day was missed is told later, but
    not once a nearer one has come; none is told after the last valid day. All are local dates.
    """
    days_left = (valid_until - today).days
    due = min((days for days in WARNING_DAYS if 0 <= days_left <= days), default=None)
    return due if due is not None and all(due < days for days in told) else None


def goes_on(licence: Licence, others: Iterable[Licence], *, today: dt.date) -> bool:
    """Return whether one of `others` continues `licence`, for its jurisdiction, without a gap.

    Where `licence` has ended before `today`, a gap that lies in the past is none.
    """
    if licence.valid_until is None:
        return True
    next_day = max(licence.valid_until + dt.timedelta(days=1), today)
    return any(
        other.jurisdiction == licence.jurisdiction
        and (other.valid_from is None or other.valid_from <= next_day)
        and (other.valid_until is None or other.valid_until > licence.valid_until)
        for other in others
    )
