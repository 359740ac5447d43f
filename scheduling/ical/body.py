"""Reading the components of one body, each group of them by itself."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from .availability import Availability, opened_by, read_availability, taken_by
from .blocks import Block, Layout
from .budget import Budget
from .calendars import Calendar, owner_named
from .context import Context
from .events import Event, UnreadableError, read_event
from .freebusy import periods_of
from .occurrences import Expansion
from .outcome import Notes, Outcome, Row, rows_of
from .packing import pack
from .properties import Property, decode, nested, own_lines, read_properties, unfold
from .series import has_versions, spans_of
from .span import Span, Window
from .state import digest_of_text
from .values import DAY, parse_duration
from .vtimezones import Definitions
from .zones import Zone

__all__ = ["Body", "Options"]

_NOT_EVENTS = frozenset({b"VAVAILABILITY", b"VFREEBUSY"})
_STEPS_OF_GROUP = 60_000
_STEPS_OF_BODY = 160_000
_STEPS_MORE = 50  # for each group: a body with many events is allowed to take longer

_ABOUT = re.compile(
    r"^(X-WR-TIMEZONE|X-WR-CALNAME|REFRESH-INTERVAL|X-PUBLISHED-TTL)[^:\n]*:(.*)$",
    re.IGNORECASE | re.MULTILINE,
)
_NO_LINE = re.compile(r"\n(?=[^\n]*\S)[^:\n]+$", re.MULTILINE)
_ONLINE = "online"
_AVAILABLE = frozenset({"AVAILABLE"})


@dataclass(frozen=True, slots=True)
class Options:
    """How a calendar is to be read, apart from the window."""

    zone: Zone
    zone_name: str
    is_open: bool = False
    owner: str = ""
    free_days_are_busy: bool = False
    places: tuple[str, ...] = ()
    own_uids: str = ""
    usual_owner: str = ""

    @property
    def manner(self) -> str:
        """A digest of all this, for comparing with another time."""
        parts = (
            self.zone_name,
            self.is_open,
            self.owner,
            self.free_days_are_busy,
            self.places,
            self.own_uids,
            self.usual_owner,
        )
        return digest_of_text([repr(parts).encode()])


class Body:
    """A body that is laid out, with what holds for its calendars, ready to read its groups."""

    def __init__(self, layout: Layout, options: Options, groups: int) -> None:
        self.layout = layout
        self.options = options
        self.notes = Notes(layout.body)
        self.refresh: int | None = None
        self.general: list[Row] = [
            Row(code, message, "", at, 0) for code, message, at in layout.remarks
        ]
        # All outside of groups that decides what a group means.
        self.context = [options.manner]
        self._left = Budget(_STEPS_OF_BODY + _STEPS_MORE * groups)
        self._fell_short = False
        self._definitions = self._defined_zones()
        self._calendars = [self._calendar(number) for number in range(len(layout.calendars))]

    # What holds for all

    def _defined_zones(self) -> Definitions:
        definitions = Definitions()
        for block in self.layout.blocks:
            if block.kind == b"VTIMEZONE":
                text = self._text(block)
                self.context.append(text)
                if not definitions.add(text):
                    message = "A time zone is defined with no name, or with more than one."
                    self.general.append(Row("bad_vtimezone", message, "", block.begin, 0))
        return definitions

    def _calendar(self, number: int) -> Calendar:
        about: dict[str, list[str]] = {}
        for piece in self.layout.calendars[number]:
            text = decode(unfold(self.layout.body[piece]))
            for name, value in _ABOUT.findall(text):
                about.setdefault(name.upper(), []).append(value.strip())
            if _NO_LINE.search(f"\n{text}"):
                doubt = "A line of the calendar says nothing."
                self.general.append(Row("bad_line", doubt, "", piece.start, 1))
        for value in [*about.get("REFRESH-INTERVAL", ()), *about.get("X-PUBLISHED-TTL", ())]:
            self._keep_refresh(value)
        floating = about.get("X-WR-TIMEZONE", [""])[0]
        owner = (
            self.options.owner
            or owner_named(about.get("X-WR-CALNAME", ()))
            or self.options.usual_owner
        )
        self.context += [floating, owner]
        calendar = Calendar(
            self.options.zone,
            self._definitions,
            self.notes.take,
            floating=floating,
            owner=owner,
        )
        self.general += [Row(each.code, each.message, "", 0, 0) for each in self.notes.close()]
        return calendar

    def _keep_refresh(self, value: str) -> None:
        try:
            days, seconds = parse_duration(value)
        except ValueError:
            return
        if 0 < days * DAY + seconds <= 366 * DAY and self.refresh is None:
            self.refresh = days * DAY + seconds

    # One group after the other

    def read_group(self, group: list[Block], window: Window) -> Outcome:
        """Read the events of one UID: the time they take, or open, in the window."""
        self.notes.open(group)
        self._fell_short = False
        events: list[Event] = []
        for number, block in enumerate(group):
            self.notes.number = number
            events += self._events(self._properties(block), block.calendar)
        self.notes.number = 0
        calendar = self._calendars[group[0].calendar]
        is_open = self.options.is_open
        spans = self._expanded(events, calendar, window, self._counts, is_open=is_open)
        free_days: list[Span] = []
        if not is_open and any(event.is_free_day for event in events):
            free_days = self._expanded(events, calendar, window, _is_free_day, is_open=True)
        return Outcome(
            pack(spans, window),
            tuple(span.place for span in spans) if self.options.places else (),
            pack(free_days, window),
            self.notes.close(),
            is_fleeting=has_versions(events) or self._fell_short,
        )

    def _events(
        self, properties: Iterable[Property], calendar: int, usual_place: str | None = None
    ) -> Iterator[Event]:
        place_in = partial(self._place_in, usual=usual_place) if usual_place else self._place_in
        context = Context(self._calendars[calendar], self.notes.take, place_in)
        try:
            yield read_event(properties, context)
        except UnreadableError as problem:
            self.notes.take("bad_event", str(problem), "DTSTART")

    def _expanded(
        self,
        events: list[Event],
        calendar: Calendar,
        window: Window,
        takes: Callable[[Event], bool],
        *,
        is_open: bool,
    ) -> list[Span]:
        steps = min(_STEPS_OF_GROUP, self._left.steps)
        budget = Budget(steps)
        expansion = Expansion(window, calendar, budget, self.notes.take, takes, is_open)
        spans = list(spans_of(events, expansion))
        self._left.steps -= steps - max(budget.steps, 0)
        # Others had used up what it would have needed; another time it may have enough.
        self._fell_short |= budget.steps < 0 and steps < _STEPS_OF_GROUP
        return spans

    def _counts(self, event: Event) -> bool:
        if self.options.is_open:
            return event.opens_time()
        return event.takes_time(free_days_are_busy=self.options.free_days_are_busy)

    def _place_in(self, properties: Iterable[Property], usual: str | None = None) -> str | None:
        if not self.options.places:
            return None
        text = " ".join(
            each.value.replace("\\", "").casefold()
            for each in properties
            if each.name in {"LOCATION", "SUMMARY"}
        )
        named = (place for place in self.options.places if place.casefold() in text)
        return max(named, key=len, default=None if _ONLINE in text else usual)

    # What is not an event

    def read_the_rest(self, window: Window) -> tuple[list[Span], list[Row]]:
        """Read VFREEBUSY and VAVAILABILITY: their time, merged or not, and the doubts about it."""
        times: list[Span] = []
        availabilities: list[Availability] = []
        doubts: list[Row] = []
        for block in self.layout.blocks:
            if block.kind not in _NOT_EVENTS:
                continue
            self.notes.open((block,))
            calendar = self._calendars[block.calendar]
            if block.kind == b"VAVAILABILITY":
                availabilities.append(self._availability(block, calendar, window))
            elif not self.options.is_open:
                times += periods_of(self._properties(block), calendar, window, self.notes.take)
            doubts += rows_of([block], "", self.notes.close())
        if self.options.is_open:
            return [span for each in availabilities for span in opened_by(each)], doubts
        return [*times, *(Span(*pair) for pair in taken_by(availabilities))], doubts

    def _availability(self, block: Block, calendar: Calendar, window: Window) -> Availability:
        text = self._text(block)
        return read_availability(
            read_properties(own_lines(text)),
            lambda: self._available(text, block.calendar, window),
            calendar,
            window,
            self.notes.take,
        )

    def _available(self, text: str, number: int, window: Window) -> Iterator[Span]:
        """Give the time of the AVAILABLE parts: of each UID its own, like events.

        One that names no place, nor says that it is online, is where the whole VAVAILABILITY is.
        """
        usual_place = self._place_in(read_properties(own_lines(text)))
        by_uid: dict[str, list[Event]] = {}
        for at, part in enumerate(nested(text, _AVAILABLE)):
            lines = own_lines(part)
            uid = next((each.value for each in read_properties(lines) if each.name == "UID"), "")
            found = self._events(read_properties(lines), number, usual_place)
            by_uid.setdefault(uid or str(at), []).extend(found)
        calendar = self._calendars[number]
        for events in by_uid.values():
            yield from self._expanded(events, calendar, window, Event.opens_time, is_open=True)

    def _properties(self, block: Block) -> Iterator[Property]:
        text = own_lines(self._text(block))
        if _NO_LINE.search(f"\n{text}"):
            self.notes.take("bad_line", "A line of an entry says nothing.")
        return read_properties(text)

    def _text(self, block: Block) -> str:
        return decode(unfold(self.layout.body[block.start : block.end]))


def _is_free_day(event: Event) -> bool:
    return event.is_free_day
