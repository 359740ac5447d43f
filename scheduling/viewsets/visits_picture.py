"""How the visits to a calendar went, as a small picture and in words."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from wagtail.admin.ui.components import Component

from scheduling import domain
from scheduling.models import CalendarFeed

# The picture's own units. What happened at all is seen, however rarely.
DAY_WIDTH, HEIGHT, LEAST = 40, 80, 6
NAMES = {
    domain.Visit.WELL: "went well",
    domain.Visit.DOUBTED: "to be checked",
    domain.Visit.FAILED: "failed",
}


class Day(NamedTuple):
    """A local day of the therapist and what came of its visits, in the order of `Visit`."""

    date: dt.date
    counts: Sequence[int]

    @property
    def words(self) -> str:
        """The day in words: "Mon, Jan 4: 140 went well, 2 failed"."""
        return f"{domain.short_day_words(self.date)}: {_said(self.counts)}"


class VisitsPicture(Component):
    """A bar for each of the last days, divided by what came of its visits."""

    template_name = "scheduling/admin/visits_picture.html"

    def __init__(self, feed: CalendarFeed, *, now: dt.datetime) -> None:
        self.feed = feed
        self.today = now.astimezone(feed.therapist.zone).date()

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """Return what is drawn and what is said."""
        days = self._days()
        sums = [sum(day.counts[visit] for day in days) for visit in domain.Visit]
        return {
            "total": sum(sums),
            "summary": _said(sums),
            "bars": [bar for column, day in enumerate(days) for bar in _bars(column, day)],
            "labels": [
                {"x": column * DAY_WIDTH + DAY_WIDTH // 2, "date": day.date.day}
                for column, day in enumerate(days)
            ],
            "size": f"{len(days) * DAY_WIDTH} {HEIGHT + 34}",
            "width": len(days) * DAY_WIDTH,
            "ground": HEIGHT,
            "below": HEIGHT + 26,
            "days": [day.words for day in days],
            "legend": [(_classes(visit), name) for visit, name in NAMES.items()],
        }

    def _days(self) -> list[Day]:
        dates = (
            self.today - dt.timedelta(days=back) for back in reversed(range(domain.DAYS_OF_VISITS))
        )
        nothing = [0] * len(domain.Visit)
        return [Day(date, self.feed.visits.get(date.isoformat(), nothing)) for date in dates]


def _bars(column: int, day: Day) -> Iterator[dict[str, Any]]:
    total, ground = sum(day.counts), HEIGHT
    others = sum(max(HEIGHT * count // total, LEAST) for count in day.counts[1:] if count)
    for visit, count in zip(domain.Visit, day.counts, strict=True):
        if not count:
            continue
        share = max(HEIGHT * count // total, LEAST)
        height = max(HEIGHT - others, LEAST) if visit is domain.Visit.WELL else share
        ground -= height
        yield {
            "x": column * DAY_WIDTH + 4,
            "y": ground,
            "width": DAY_WIDTH - 8,
            "height": height,
            "classes": _classes(visit),
            "words": day.words,
        }


def _said(counts: Sequence[int]) -> str:
    said = (
        f"{count} {NAMES[visit]}"
        for visit, count in zip(domain.Visit, counts, strict=True)
        if count
    )
    return ", ".join(said) or "no visit"


def _classes(visit: domain.Visit) -> str:
    return f"visits__bar visits__bar--{visit.name.lower()}"
