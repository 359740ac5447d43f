"""Keeping the read model equal to what the rules say."""

import datetime as dt
from typing import NamedTuple

from django.db import transaction

from scheduling.models import Opening, SchedulingSettings, Therapist
from scheduling.selectors.openings import compute_openings


class Difference(NamedTuple):
    """How many openings were missing from the read model, and how many it had too many."""

    added: int
    removed: int


Key = tuple[int, int, dt.datetime]


def rebuild_openings(therapist_id: int, *, now: dt.datetime, check: bool = False) -> Difference:
    """Make the therapist's rows equal to what the rules give at the instant `now`.

    Only rows that differ are written. With `check` nothing is written and the difference returned
    is what would have been.
    """
    with transaction.atomic():
        therapist = Therapist.objects.select_for_update(no_key=True).filter(pk=therapist_id).first()
        if therapist is None:
            return Difference(0, 0)
        wanted = _openings(therapist, now)
        stored = {
            (service, place, start): key
            for key, service, place, start in Opening.objects.filter(
                therapist=therapist
            ).values_list("pk", "service_id", "place_id", "starts_at")
        }
        missing = wanted.keys() - stored.keys()
        surplus = [key for opening, key in stored.items() if opening not in wanted]
        if not check:
            Opening.objects.filter(pk__in=surplus).delete()
            Opening.objects.bulk_create(wanted[key] for key in missing)
        return Difference(len(missing), len(surplus))


def _openings(therapist: Therapist, now: dt.datetime) -> dict[Key, Opening]:
    """Compute all openings of the therapist from now to the horizon."""
    today = now.astimezone(therapist.zone).date()
    last = today + dt.timedelta(days=SchedulingSettings.load().horizon_days)
    found = compute_openings(therapist, first=today, last=last, now=now)
    return {
        (opening.service, opening.place, opening.start): Opening(
            therapist=therapist,
            service_id=opening.service,
            place_id=opening.place,
            starts_at=opening.start,
            ends_at=opening.end,
            local_date=day,
        )
        for day, openings in found.items()
        for opening in openings
    }
