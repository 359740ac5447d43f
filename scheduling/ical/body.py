"""Reading the components of one body, each group of them by itself."""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from .availability import Availability, read_availability, taken_by
from .blocks import Block, Layout
from .calendars import Calendar, owner_named
from .events import Context, Event, UnreadableError, read_event
from .freebusy import periods_of
from .groups import Group
from .outcome import Notes, Outcome
from .properties import Property, decode, own_lines, read_properties, unfold
from .recurrence import Budget
from .series import Expansion, Span, Window, spans_of
from .values import DAY, parse_duration
from .vtimezones import read_vtimezone
from .zones import Table, Zone

__all__ = ["Body", "Options"]

_STEPS_OF_GROUP = 30_000
_STEPS_OF_BODY = 200_000
_STEPS_MORE = 50  # for each group: a body with many events is allowed to take longer

_ABOUT = re.compile(
    r"^(X-WR-TIMEZONE|X-WR-CALNAME|REFRESH-INTERVAL|X-PUBLISHED-TTL)[^:\n]*:(.*)$",
    re.IGNORECASE | re.MULTILINE,
)
_NO_LINE = re.compile(r"^(?=[^\n]*\S)[^:\n]+$", re.MULTILINE)
_AVAILABLE = re.compile(
    r"^BEGIN:AVAILABLE[ \t]*$(.*?)^END:AVAILABLE[ \t]*$", re.IGNORECASE | re.MULTILINE | re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Options:
    """How a calendar is to be read, apart from the window."""

    zone: Zone
    is_open: bool = False
    owner: str = ""
    free_days_are_busy: bool = False
    places: tuple[str, ...] = ()


class Body:
    """A body that is laid out, with what holds for its calendars, ready to read its groups."""

    def __init__(self, layout: Layout, options: Options, window: Window, groups: int) -> None:
        self.layout = layout
        self.options = options
        self.window = window
        self.notes = Notes(layout.body)
        self.refresh: dt.timedelta | None = None
        self._left = Budget(_STEPS_OF_BODY + _STEPS_MORE * groups)
        self._tables: dict[str, Table] = {}
        self.general: list[tuple[str, str, str, int, int]] = [
            (code, message, "", at, 0) for code, message, at in layout.remarks
        ]
        self._read_vtimezones()
        self._calendars = [self._calendar(number) for number in range(len(layout.calendars))]

    # What holds for all

    def _read_vtimezones(self) -> None:
        for block in self.layout.blocks:
            if block.kind != b"VTIMEZONE":
                continue
            doubts: list[str] = []
            name, table = read_vtimezone(self._text(block), doubts.append)
            if table is not None:
                self._tables.setdefault(name.lower(), table)
            self.general += [("bad_vtimezone", doubt, "", block.begin, 0) for doubt in doubts]

    def _calendar(self, number: int) -> Calendar:
        about: dict[str, list[str]] = {}
        for piece in self.layout.calendars[number]:
            text = decode(unfold(self.layout.body[piece]))
            for name, value in _ABOUT.findall(text):
                about.setdefault(name.upper(), []).append(value.strip())
            if _NO_LINE.search(text):
                doubt = "A line of the calendar says nothing."
                self.general.append(("bad_line", doubt, "", piece.start, 1))
        for value in [*about.get("REFRESH-INTERVAL", ()), *about.get("X-PUBLISHED-TTL", ())]:
            self._keep_refresh(value)
        self.notes.open((), 0)
        calendar = Calendar(
            self.options.zone,
            self._tables,
            self.notes.take,
            floating=about.get("X-WR-TIMEZONE", [""])[0],
            owner=self.options.owner or owner_named(about.get("X-WR-CALNAME", ())),
        )
        self.general += [(each.code, each.message, "", 0, 0) for each in self.notes.close()]
        return calendar

    def _keep_refresh(self, value: str) -> None:
        try:
            days, seconds = parse_duration(value)
        except ValueError:
            return
        if 0 < days * DAY + seconds <= 366 * DAY and self.refresh is None:
            self.refresh = dt.timedelta(days=days, seconds=seconds)

    # One group after the other

    def read_group(self, group: Group) -> Outcome:
        """Read the events of one UID: the time they take, or open."""
        self.notes.open(group.blocks, 0)
        events: list[Event] = []
        spans: list[Span] = []
        free_days: list[Span] = []
        for number, block in enumerate(group.blocks):
            self.notes.number = number
            events += self._events(self._properties(block), block.calendar)
        self.notes.number = 0
        calendar = self._calendars[group.blocks[0].calendar]
        spans += self._spans(events, calendar)
        if not self.options.is_open and any(event.is_free_day for event in events):
            free_days += self._free_days(events, calendar)
        return Outcome(tuple(spans), tuple(free_days), self.notes.close())

    def _events(self, properties: Iterable[Property], calendar: int) -> Iterator[Event]:
        context = Context(self._calendars[calendar], self.notes.take, self._place_in)
        try:
            yield read_event(properties, context)
        except UnreadableError as problem:
            self.notes.take("bad_event", str(problem), "DTSTART")

    def _spans(self, events: list[Event], calendar: Calendar) -> Iterator[Span]:
        yield from self._expanded(events, calendar, self._counts)

    def _free_days(self, events: list[Event], calendar: Calendar) -> Iterator[Span]:
        yield from self._expanded(events, calendar, lambda event: event.is_free_day)

    def _expanded(
        self, events: list[Event], calendar: Calendar, takes: Callable[[Event], bool]
    ) -> Iterator[Span]:
        budget = Budget(min(_STEPS_OF_GROUP, self._left.steps))
        steps = budget.steps
        expansion = Expansion(
            self.window, calendar, budget, self.notes.take, takes, self.options.is_open
        )
        yield from spans_of(events, expansion)
        self._left.steps -= steps - max(budget.steps, 0)

    def _counts(self, event: Event) -> bool:
        if self.options.is_open:
            return event.opens_time()
        return event.takes_time(free_days_are_busy=self.options.free_days_are_busy)

    def _place_in(self, properties: Iterable[Property]) -> str | None:
        if not self.options.places:
            return None
        text = " ".join(
            each.value.replace("\\", "").casefold()
            for each in properties
            if each.name in {"LOCATION", "SUMMARY"}
        )
        named = (place for place in self.options.places if place.casefold() in text)
        return max(named, key=len, default=None)

    # What is not an event

    def read_the_rest(self) -> tuple[list[tuple[int, int]], list[tuple[str, str, str, int, int]]]:
        """Read VFREEBUSY and VAVAILABILITY: their time, merged or not, and the doubts about it."""
        times: list[tuple[int, int]] = []
        availabilities: list[Availability] = []
        doubts: list[tuple[str, str, str, int, int]] = []
        for block in self.layout.blocks:
            self.notes.open((block,), 0)
            if block.kind == b"VFREEBUSY" and not self.options.is_open:
                calendar = self._calendars[block.calendar]
                found = periods_of(self._properties(block), calendar, self.window, self.notes.take)
                times += [(span.start, span.end) for span in found]
            elif block.kind == b"VAVAILABILITY":
                availability = self._availability(block)
                availabilities.append(availability)
                if self.options.is_open:
                    times += availability.free
            doubts += [
                (code, message, "", block.begin, below)
                for code, message, _, below in self.notes.close()
            ]
        if not self.options.is_open:
            times += taken_by(availabilities)
        return times, doubts

    def _availability(self, block: Block) -> Availability:
        text = self._text(block)
        calendar = self._calendars[block.calendar]
        return read_availability(
            read_properties(own_lines(text)),
            lambda: self._available(text, block.calendar),
            calendar,
            self.window,
            self.notes.take,
        )

    def _available(self, text: str, number: int) -> Iterator[tuple[int, int]]:
        """Give the time of the AVAILABLE parts: of each UID its own, like events."""
        by_uid: dict[str, list[Event]] = {}
        for part in _AVAILABLE.finditer(text):
            properties = list(read_properties(own_lines(part[1])))
            uid = next((each.value for each in properties if each.name == "UID"), "")
            by_uid.setdefault(uid or str(part.start()), []).extend(self._events(properties, number))
        for events in by_uid.values():
            for span in self._expanded(events, self._calendars[number], _is_not_cancelled):
                yield span.start, span.end

    def _properties(self, block: Block) -> list[Property]:
        text = own_lines(self._text(block))
        if _NO_LINE.search(text):
            self.notes.take("bad_line", "A line of an entry says nothing.")
        return list(read_properties(text))

    def _text(self, block: Block) -> str:
        return decode(unfold(self.layout.body[block.start : block.end]))


def _is_not_cancelled(event: Event) -> bool:
    return event.status != "CANCELLED"
