"""Who works with a topic, and when each of them is free next: at an office, and online."""

import datetime as dt
from collections.abc import Collection
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Min

from scheduling.models import Service, Therapist, Topic
from scheduling.selectors.bookable import bookable_now
from scheduling.selectors.next_times import NextTime, leading_services
from scheduling.selectors.search import Search

if TYPE_CHECKING:
    from scheduling.selectors.bookable import BookableNow, BookableOpening


class Treating(NamedTuple):
    """A therapist, with the first free time at an office and the first online; each may be none."""

    therapist: Therapist
    at_office: NextTime | None
    online: NextTime | None

    @property
    def starts_at(self) -> dt.datetime | None:
        """When the therapist is free first (UTC), wherever that is."""
        return min((time.starts_at for time in self.times), default=None)

    @property
    def times(self) -> tuple[NextTime, ...]:
        """The times there are, the office first."""
        return tuple(time for time in (self.at_office, self.online) if time)


def who_treats(topics: Collection[Topic], *, now: dt.datetime) -> list[Treating]:
    """Return who works with any of `topics`, those first who are free soonest after `now`."""
    keys = [topic.pk for topic in topics]
    therapists = list(Therapist.objects.public().filter(topics__in=keys).distinct())
    rows = bookable_now(Search(), now=now).filter(
        therapist__in=[each.pk for each in therapists if each.accepts_clients],
        service__in=leading_services(Service.objects.all()),
    )
    times = _first_times(rows)
    found = [
        Treating(each, times.get((each.pk, False)), times.get((each.pk, True)))
        for each in therapists
    ]
    latest = dt.datetime.max.replace(tzinfo=dt.UTC)
    return sorted(found, key=lambda each: (each.starts_at or latest, each.therapist.name))


def _first_times(rows: "BookableNow") -> dict[tuple[int, bool], NextTime]:
    """Return the first of `rows` by the therapist's key and whether it is online."""
    kinds = rows.values("therapist_id", "place__is_online").annotate(first=Min("starts_at"))
    first = {
        (therapist, is_online): start
        for therapist, is_online, start in kinds.values_list(
            "therapist_id", "place__is_online", "first"
        )
    }
    described = rows.filter(
        therapist__in={therapist for therapist, _ in first}, starts_at__in=set(first.values())
    ).select_related("therapist", "service", "place__jurisdiction")
    found: dict[tuple[int, bool], list[BookableOpening]] = {}
    for row in described.order_by(
        "service__position", "service_id", "place__position", "place__name"
    ):
        kind = (row.therapist_id, row.place.is_online)
        same = found.setdefault(kind, [])
        if row.starts_at == first.get(kind) and row.service_id == (same or [row])[0].service_id:
            same.append(row)
    return {
        kind: NextTime(
            at[0].therapist,
            at[0].service,
            at[0].starts_at,
            tuple(row.place for row in at),
            at[0].must_ask,
        )
        for kind, at in found.items()
        if at
    }
