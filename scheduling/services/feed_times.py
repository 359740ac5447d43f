"""The generations of times that a feed gives."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from scheduling import domain
from scheduling.models import BusyTime, CalendarFeed, OpenTime
from scheduling.services.read_feed import Time


class Change(NamedTuple):
    """How many stretches of time a new generation brought, and how many it took away."""

    came: int
    went: int


def stored_times(feed: CalendarFeed) -> list[Time]:
    """Return the feed's current generation, in order."""
    if feed.role == CalendarFeed.Role.OPEN:
        opened = feed.open_times.values_list("starts_at", "ends_at", "office_id")
        times = [Time(domain.Interval(start, end), office) for start, end, office in opened]
        return sorted(times, key=lambda time: (time.interval, time.office or 0))
    taken = feed.busy_times.order_by("starts_at", "ends_at")
    return [
        Time(domain.Interval(start, end))
        for start, end in taken.values_list("starts_at", "ends_at")
    ]


def replace_times(feed: CalendarFeed, times: Sequence[Time]) -> None:
    """Write a new generation and delete what came before it, of either role."""
    generation = feed.generation + 1
    feed.busy_times.all().delete()
    feed.open_times.all().delete()
    if feed.role == CalendarFeed.Role.OPEN:
        OpenTime.objects.bulk_create(
            OpenTime(
                feed=feed,
                generation=generation,
                starts_at=time.interval.start,
                ends_at=time.interval.end,
                office_id=time.office,
            )
            for time in times
        )
    else:
        BusyTime.objects.bulk_create(
            BusyTime(
                feed=feed,
                generation=generation,
                starts_at=time.interval.start,
                ends_at=time.interval.end,
            )
            for time in times
        )


def within(times: Sequence[Time], window: domain.Interval) -> list[Time]:
    """Return the parts of `times` inside `window`, in their order."""
    return [
        Time(part, time.office) for time in times for part in domain.clip([time.interval], window)
    ]


def change_between(before: Sequence[Time], after: Sequence[Time]) -> Change:
    """Return how many times are only in `after`, and how many only in `before`.

    One that is moved or made longer came and went.
    """
    old, new = Counter(before), Counter(after)
    return Change((new - old).total(), (old - new).total())
