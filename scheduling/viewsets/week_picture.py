"""Seven days as a picture: a column for each day, and the same in words below it.

The picture is an SVG that is drawn with attributes alone. Whoever can't see it reads the table.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from wagtail.admin.ui.components import Component

from scheduling import domain

# The picture's own units.
DAY_WIDTH, LEFT, TOP, HOUR = 100, 88, 64, 40
USUAL_HOURS = (8, 18)
NOTHING_FREE = "Clients find nothing free"


@dataclass(frozen=True, slots=True)
class Layer:
    """Time of one kind. `kind` is the class it is drawn with: taken, opened, hours or free.

    It is drawn in a lane of its own within each day, or, without one, across the day.
    """

    kind: str
    name: str
    intervals: Sequence[domain.Interval]
    lane: int | None = None


class Part(NamedTuple):
    """The part of a stretch of time that lies on one day, in minutes of that day's clock."""

    layer: Layer
    column: int
    first: int
    last: int

    @property
    def is_whole_day(self) -> bool:
        """Say whether nothing of the day is left."""
        return self.first == 0 and self.last == 24 * 60

    @property
    def words(self) -> str:
        """When it is: "9:00 AM to 10:00 AM"."""
        if self.is_whole_day:
            return "all day"
        return f"{_clock(self.first)} to {_clock(self.last)}"


class WeekPicture(Component):
    """Layers of time over some local days of a zone, drawn in the order given."""

    template_name = "scheduling/admin/week_picture.html"

    def __init__(
        self, days: Sequence[dt.date], zone: ZoneInfo, layers: Sequence[Layer], *, title: str
    ) -> None:
        self.days, self.zone, self.layers, self.title = days, zone, layers, title
        self.lanes = 1 + max((each.lane or 0 for each in layers), default=0)

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """Return what is drawn and what is said."""
        parts = [part for layer in self.layers for part in self._parts(layer)]
        first, last = _hours_shown(parts)
        width, height = LEFT + len(self.days) * DAY_WIDTH, TOP + (last - first) * HOUR
        return {
            "title": self.title,
            "size": f"{width} {height}",
            "marks": [self._mark(part, first) for part in parts],
            "columns": [
                {
                    "day": f"{day:%a}",
                    "date": day.day,
                    "line": LEFT + column * DAY_WIDTH,
                    "middle": LEFT + column * DAY_WIDTH + DAY_WIDTH // 2,
                }
                for column, day in enumerate(self.days)
            ],
            "hours": [
                {"name": _clock(hour * 60, short=True), "y": TOP + (hour - first) * HOUR}
                for hour in range(first, last)
            ],
            "left": LEFT,
            "top": TOP,
            "width": width,
            "height": height,
            "legend": [(_classes(each), each.name) for each in self.layers],
            "rows": list(self._rows(parts)),
        }

    def _parts(self, layer: Layer) -> Iterator[Part]:
        for column, day in enumerate(self.days):
            whole = domain.local_day(day, self.zone)
            for part in domain.clip(layer.intervals, whole):
                last = 24 * 60 if part.end == whole.end else _minutes(part.end, self.zone)
                yield Part(layer, column, _minutes(part.start, self.zone), last)

    def _mark(self, part: Part, first_hour: int) -> dict[str, Any]:
        lane, lanes = part.layer.lane, self.lanes
        shift, share = (0, 1) if lane is None else (lane, lanes)
        inner = DAY_WIDTH - 8
        day = domain.short_day_words(self.days[part.column])
        return {
            "x": LEFT + part.column * DAY_WIDTH + 4 + shift * inner // lanes,
            "y": TOP + max(part.first - first_hour * 60, 0) * HOUR // 60,
            "width": inner // share,
            "height": max((part.last - max(part.first, first_hour * 60)) * HOUR // 60, 2),
            "classes": _classes(part.layer),
            "words": f"{day}, {part.words}: {part.layer.name}",
        }

    def _rows(self, parts: Sequence[Part]) -> Iterator[tuple[str, list[str]]]:
        for column, day in enumerate(self.days):
            said = [
                f"{layer.name}: {', '.join(times)}"
                for layer in self.layers
                if (times := [p.words for p in parts if p.layer is layer and p.column == column])
            ]
            if not any(part.layer.kind == "free" and part.column == column for part in parts):
                said.append(NOTHING_FREE)
            yield domain.short_day_words(day), said


def _hours_shown(parts: Sequence[Part]) -> tuple[int, int]:
    """Return the first and the last hour to draw: usual ones, and more where there is something.

    Time that is taken needs no room of its own at night.
    """
    wanted = [part for part in parts if part.layer.kind != "taken"] or [
        part for part in parts if not part.is_whole_day
    ]
    usual_first, usual_last = USUAL_HOURS
    first = min((part.first // 60 for part in wanted), default=usual_first)
    last = max((-(-part.last // 60) for part in wanted), default=usual_last)
    return min(first, usual_first), max(last, usual_last)


def _minutes(moment: dt.datetime, zone: ZoneInfo) -> int:
    wall = moment.astimezone(zone)
    return wall.hour * 60 + wall.minute


def _clock(minutes: int, *, short: bool = False) -> str:
    hour, minute = divmod(minutes % (24 * 60), 60)
    half = "AM" if hour < 12 else "PM"
    return f"{hour % 12 or 12} {half}" if short else f"{hour % 12 or 12}:{minute:02} {half}"


def _classes(layer: Layer) -> str:
    lane = "" if layer.lane is None else f" week-picture__mark--lane-{layer.lane % 6}"
    return f"week-picture__mark week-picture__mark--{layer.kind}{lane}"
