"""Close days of a therapist, and open them again."""

import datetime as dt

from scheduling import domain
from scheduling.models import Therapist, TimeOff


def days_off(therapist: Therapist, first: dt.date, last: dt.date) -> domain.Interval:
    """Return the time from the local day `first` to the end of `last` in the therapist's zone."""
    zone = therapist.zone
    return domain.Interval(domain.local_day(first, zone).start, domain.local_day(last, zone).end)


def take_time_off(
    therapist: Therapist, first: dt.date, last: dt.date, *, note: str = ""
) -> TimeOff:
    """Offer no session of the therapist from the local day `first` to `last`, both included.

    Sessions that are booked stay booked. The same days asked for twice are written once. Raises
    ValueError where `last` comes before `first`.
    """
    closed = days_off(therapist, first, last)
    same = TimeOff.objects.filter(
        therapist=therapist, starts_at__lte=closed.start, ends_at__gte=closed.end
    ).first()
    if same is not None:
        return same
    return TimeOff.objects.create(
        therapist=therapist, starts_at=closed.start, ends_at=closed.end, note=note
    )


def end_time_off(therapist: Therapist, time_off_id: int) -> bool:
    """Take back time off of the therapist; return whether it was there."""
    time_off = therapist.time_off.filter(pk=time_off_id).first()
    if time_off is None:
        return False
    time_off.delete()
    return True
