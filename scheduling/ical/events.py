"""From a component's lines to an event: when it starts, how long it is, what repeats it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from .calendars import Moment
from .context import Context
from .lengths import Length, read_length, rest_of_day
from .properties import Property
from .rule import Rule
from .rules import parse_rule
from .values import DAY, parse_duration, parse_stamp

__all__ = ["Event", "UnreadableError", "read_event"]

MOST_LISTED = 20_000  # lines of RDATE and EXDATE that are kept
_BUSY = frozenset({"BUSY", "OOF", "TENTATIVE", "WORKINGELSEWHERE"})


class UnreadableError(ValueError):
    """A component that says no time at all."""


@dataclass(slots=True)
class Event:
    """A component that takes, or opens, time."""

    start: Moment
    length: Length
    has_end: bool = True
    status: str = ""
    transparency: str = ""
    busy_status: str = ""
    is_declined: bool = False
    travel: int = 0
    rules: list[Rule] = field(default_factory=list)
    more: list[Property] = field(default_factory=list)
    fewer: list[Property] = field(default_factory=list)
    is_cut: bool = False
    recurrence_id: Moment | None = None
    and_future: bool = False
    sequence: int | None = None
    stamps: tuple[int, ...] = ()
    place: str | None = None

    @property
    def repeats(self) -> bool:
        """Say whether it may have more than its first occurrence."""
        return bool(self.rules or self.more or self.is_cut)

    @property
    def is_free_day(self) -> bool:
        """Say whether it takes whole days, but leaves them free."""
        is_free = self.transparency == "TRANSPARENT" or self.busy_status == "FREE"
        return self.start.is_date and is_free and self.status != "CANCELLED"

    def takes_time(self, *, free_days_are_busy: bool) -> bool:
        """Say whether its time is taken. Microsoft's own status outdoes TRANSP."""
        if self.status == "CANCELLED" or self.is_declined:
            return False
        if free_days_are_busy and self.is_free_day:
            return True
        if self.busy_status in _BUSY:
            return True
        return self.busy_status != "FREE" and self.transparency != "TRANSPARENT"

    def opens_time(self) -> bool:
        """Say whether its time is surely open: whoever marks hours often marks them as free."""
        return (
            self.has_end
            and self.status not in {"CANCELLED", "TENTATIVE"}
            and self.busy_status != "OOF"
        )


def read_event(properties: Iterable[Property], context: Context) -> Event:
    """Make an event of a component's properties; raise `UnreadableError` where it has no start."""
    single: dict[str, Property] = {}
    lists: dict[str, list[Property]] = {name: [] for name in _LISTS}
    is_cut = False
    for each in properties:
        if each.name not in lists:
            if each.name == "DTSTART" and each.name in single:
                context.doubt("bad_event", "An event has two starts; the first counts.", each.name)
            single.setdefault(each.name, each)
        elif len(lists[each.name]) < MOST_LISTED:
            lists[each.name].append(each)
        elif each.name == "RDATE":
            is_cut = True
            break
    start = _start(single, context)
    length = read_length(single, start, context)
    event = Event(start, length or rest_of_day(start), has_end=length is not None, is_cut=is_cut)
    event.status = _word(single, "STATUS")
    event.transparency = _word(single, "TRANSP")
    event.busy_status = _word(single, "X-MICROSOFT-CDO-BUSYSTATUS")
    event.is_declined = _is_declined(lists["ATTENDEE"], context.calendar.owners)
    event.travel = _travel(single, start)
    event.rules = _rules(lists["RRULE"], start, context)
    event.more, event.fewer = lists["RDATE"], lists["EXDATE"]
    _read_version(event, single, context)
    event.place = context.place_in(single.values())
    return event


_LISTS = ("ATTENDEE", "EXDATE", "RDATE", "RRULE")


def _word(single: dict[str, Property], name: str) -> str:
    return single[name].value.upper() if name in single else ""


def _start(single: dict[str, Property], context: Context) -> Moment:
    if "DTSTART" not in single:
        raise UnreadableError("An event has no start.")
    try:
        start = context.calendar.moment(single["DTSTART"])
    except ValueError:
        raise UnreadableError("The start of an event could not be read.") from None
    return start


def _travel(single: dict[str, Property], start: Moment) -> int:
    """Return the seconds that Apple's calendar keeps free before an event to get there."""
    text = single.get("X-APPLE-TRAVEL-DURATION")
    if text is None or start.is_date:
        return 0
    try:
        days, seconds = parse_duration(text.value)
    except ValueError:
        return 0
    return min(max(0, days * DAY + seconds), DAY)


def _is_declined(attendees: Iterable[Property], owners: frozenset[str]) -> bool:
    return bool(owners) and any(
        each.parameters.get("PARTSTAT", "").upper() == "DECLINED"
        and not owners.isdisjoint((_address(each.value), each.parameters.get("EMAIL", "").lower()))
        for each in attendees
    )


def _address(value: str) -> str:
    return value.lower().removeprefix("mailto:").strip()


def _rules(found: Iterable[Property], start: Moment, context: Context) -> list[Rule]:
    rules = []
    for each in found:
        parsed = parse_rule(each.value)
        if parsed.rule is not None:
            rules.append(parsed.rule)
            _check_until(parsed.rule, start, context)
        if parsed.problems:
            context.doubt("bad_rrule", parsed.problems[0], each.name)
    return rules


def _check_until(rule: Rule, start: Moment, context: Context) -> None:
    until = rule.until
    if until is None:
        return
    if until.is_date != start.is_date or (not until.is_date and until.offset is None):
        context.doubt(
            "until_type_mismatch", "The end of a series is written unlike its start.", "RRULE"
        )


def _read_version(event: Event, single: dict[str, Property], context: Context) -> None:
    """Note which occurrence an event replaces, and which of several versions it is."""
    sequence = single.get("SEQUENCE")
    if sequence is not None and sequence.value.isascii() and sequence.value.isdigit():
        event.sequence = int(sequence.value[:9])
    event.stamps = tuple(_stamp(single.get(name)) for name in ("DTSTAMP", "LAST-MODIFIED"))
    named = single.get("RECURRENCE-ID")
    if named is None:
        return
    event.and_future = named.parameters.get("RANGE", "").upper() == "THISANDFUTURE"
    try:
        event.recurrence_id = context.calendar.moment(named, beside=event.start.zone)
    except ValueError:
        # It stands for itself, and replaces nothing but what starts when it does.
        context.doubt("bad_event", "Which occurrence is changed could not be read.", named.name)
        event.recurrence_id, event.and_future = event.start, False


def _stamp(each: Property | None) -> int:
    try:
        return parse_stamp(each.value).local if each is not None else 0
    except ValueError:
        return 0
