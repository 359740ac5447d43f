"""Keeping the counts of a therapist's months equal to the openings that are stored."""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from scheduling import domain
from scheduling.models import MonthOfOpenings, Opening, Therapist

# Service and place, both None for all together, and the month.
Kind = tuple[int | None, int | None, int]
# Service, place, date and part of the day of an opening.
Counted = tuple[int, int, dt.date, int]


class Months(NamedTuple):
    """Months by their numbers, the last one included."""

    first: int
    last: int


def count_openings(openings: Iterable[Counted]) -> dict[Kind, bytes]:
    """Return the packed counts of `openings` for each row that `MonthOfOpenings` has of them."""
    kinds: dict[Kind, list[tuple[dt.date, int]]] = {}
    for service, place, date, part in openings:
        month = domain.month_number(date)
        kinds.setdefault((service, place, month), []).append((date, part))
        kinds.setdefault((None, None, month), []).append((date, part))
    return {kind: domain.pack(counted) for kind, counted in kinds.items()}


def stored_counts(therapist: Therapist) -> dict[Kind, tuple[int, bytes]]:
    """Return the primary key and the counts of each row that is stored."""
    rows = MonthOfOpenings.objects.filter(therapist=therapist)
    return {
        (service, place, month): (key, bytes(counts))
        for key, service, place, month, counts in rows.values_list(
            "pk", "service_id", "place_id", "month", "counts"
        )
    }


def write_counts(
    therapist: Therapist, wanted: dict[Kind, bytes], *, months: Months | None = None
) -> None:
    """Make the rows, or those of `months`, say what is `wanted`; only what differs is written."""
    stored = {
        kind: row
        for kind, row in stored_counts(therapist).items()
        if months is None or months.first <= kind[2] <= months.last
    }
    surplus = [key for kind, (key, _) in stored.items() if kind not in wanted]
    if surplus:
        MonthOfOpenings.objects.filter(pk__in=surplus).delete()
    changed = [
        MonthOfOpenings(pk=stored[kind][0], counts=counts)
        for kind, counts in wanted.items()
        if kind in stored and stored[kind][1] != counts
    ]
    MonthOfOpenings.objects.bulk_update(changed, ["counts"])
    MonthOfOpenings.objects.bulk_create(
        MonthOfOpenings(
            therapist=therapist, service_id=kind[0], place_id=kind[1], month=kind[2], counts=counts
        )
        for kind, counts in wanted.items()
        if kind not in stored
    )


def recount(therapist: Therapist, dates: Iterable[dt.date]) -> None:
    """Count anew the months that `dates` lie in, and those between them."""
    numbers = {domain.month_number(date) for date in dates}
    if not numbers:
        return
    months = Months(min(numbers), max(numbers))
    openings = Opening.objects.filter(
        therapist=therapist,
        local_date__gte=domain.first_of_month(months.first),
        local_date__lt=domain.first_of_month(months.last + 1),
    )
    counted = openings.values_list("service_id", "place_id", "local_date", "day_part")
    write_counts(therapist, count_openings(counted), months=months)
