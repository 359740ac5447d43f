"""Licences that end, and nothing follows."""

import datetime as dt
from collections import defaultdict

from scheduling import domain
from scheduling.models import Licence


def ending_licences(*, today: dt.date) -> list[Licence]:
    """Return the licences of therapists on the site that end soon or have ended, soonest first.

    Soon is within the first of the warnings. Left out is one that has not begun by the local date
    `today`, and one that another of the same therapist continues in the same jurisdiction.
    """
    stored = Licence.objects.filter(therapist__is_active=True).order_by("valid_until", "pk")
    by_therapist: dict[int, list[Licence]] = defaultdict(list)
    for licence in stored.select_related("therapist", "jurisdiction"):
        by_therapist[licence.therapist_id].append(licence)
    until = today + dt.timedelta(days=max(domain.WARNING_DAYS))
    ending = [
        licence
        for licences in by_therapist.values()
        for licence in licences
        if licence.valid_until <= until
        and (licence.valid_from is None or licence.valid_from <= today)
        and not domain.goes_on(_facts(licence), map(_facts, licences), today=today)
    ]
    return sorted(ending, key=lambda licence: (licence.valid_until, licence.pk))


def due_warning(licence: Licence, *, today: dt.date) -> int | None:
    """Return how many days before its end people are to be told today that `licence` ends."""
    warnings = licence.warnings.filter(valid_until=licence.valid_until).exclude(told_at=None)
    told = warnings.values_list("days", flat=True)
    return domain.due_warning(licence.valid_until, list(told), today=today)


def _facts(licence: Licence) -> domain.Licence:
    return domain.Licence(licence.jurisdiction_id, licence.valid_from, licence.valid_until)
