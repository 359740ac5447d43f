"""From the bytes of a body to the components in it, told apart without reading them.

A body may be of tens of megabytes, of which a sync needs little: one scan over the lines that
begin or end a component says where each stands, and nothing else is looked at.
"""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from .errors import CalendarError
from .properties import unfold

__all__ = ["MAX_BYTES", "Block", "Layout", "clean", "lay_out"]

# More than any calendar a person keeps; what an address may send is limited where it is fetched.
MAX_BYTES = 32_000_000

_MOST_REMARKS = 200
_COMPONENTS = frozenset(
    {b"VEVENT", b"VTODO", b"VJOURNAL", b"VFREEBUSY", b"VTIMEZONE", b"VAVAILABILITY"}
)
_CALENDAR = b"VCALENDAR"
# Alarms, which many events have, are passed over: nothing top-level stands in them.
_STRUCTURE = re.compile(rb"\n(BEGIN|END)[ \t]*:(?!VALARM\n)([^\n]*)", re.IGNORECASE)
_LONE_RETURN = re.compile(rb"\r[^\n]")
_TEXT = re.compile(rb"[^\s\0]")
_FIRST_LINE = re.compile(rb"\n[ \t\0]*BEGIN[ \t]*:[ \t]*VCALENDAR[ \t]*(?=\n)", re.IGNORECASE)
_NO_CALENDAR = "This is something else than a calendar, perhaps a web page that asks to sign in."


class Block(NamedTuple):
    """A component in the body: its kind, where its own lines start and end, and its calendar."""

    kind: bytes
    begin: int
    start: int
    end: int
    calendar: int


class Remark(NamedTuple):
    """Something odd about the structure, and where in the body it was."""

    code: str
    message: str
    at: int


@dataclass
class Layout:
    """A cleaned body, its components, and the lines of each calendar itself."""

    body: bytes
    blocks: list[Block] = field(default_factory=list)
    calendars: list[list[slice]] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)


def clean(data: bytes) -> bytes:
    """Return the body with plain newlines, one in front, in an encoding that contains ASCII.

    Raises `CalendarError`: `too_large`, or `not_a_calendar` for a body without text.
    """
    if len(data) > MAX_BYTES:
        raise CalendarError("too_large", "The calendar is larger than any this program reads.")
    data = _without_wide_characters(data)
    if _LONE_RETURN.search(data):
        data = data.replace(b"\r\r\n", b"\n").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    else:
        data = data.replace(b"\r", b"")
    if not _TEXT.search(data):
        raise CalendarError(
            "not_a_calendar", "There is nothing in it: the calendar is empty of text."
        )
    return b"\n%b\n" % data


def _without_wide_characters(data: bytes) -> bytes:
    """Turn UTF-16 into UTF-8, and drop a byte order mark."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace").encode()
    if data[:40:2].count(0) > 10:
        return data.decode("utf-16-be", "replace").encode()
    if data[1:40:2].count(0) > 10:
        return data.decode("utf-16-le", "replace").encode()
    return data.removeprefix(b"\xef\xbb\xbf")


def lay_out(data: bytes) -> Layout:
    """Find the components of a body.

    Raises `CalendarError`: `too_large`, `not_a_calendar`, or `truncated` where a calendar that
    begins does not end.
    """
    body, has_junk = _from_first_calendar(clean(data))
    layout = _scan(body)
    if has_junk:
        layout.remarks.append(Remark("leading_junk", "Something stands before the calendar.", 0))
    return layout


def _from_first_calendar(body: bytes) -> tuple[bytes, bool]:
    """Blank out what stands before the calendar, so that its lines keep their numbers."""
    head = _FIRST_LINE.search(body)
    if head is None:
        # Some fold every line, even this one.
        unfolded = unfold(body)
        if unfolded is body or not _FIRST_LINE.search(unfolded):
            raise CalendarError("not_a_calendar", _NO_CALENDAR)
        return unfolded, False
    before = body[: head.start()].strip()
    if before[:1] in (b"<", b"{", b"["):
        raise CalendarError("not_a_calendar", _NO_CALENDAR)
    if not before and head[0][1:2] in (b"B", b"b"):
        return body, False
    lines = body.count(b"\n", 0, head.start() + 1)
    return b"\n" * lines + b"BEGIN:VCALENDAR" + body[head.end() :], True


def _scan(body: bytes) -> Layout:
    scan = _Scan(Layout(body))
    known: dict[bytes, tuple[bool, bytes, bool]] = {}
    for line in _STRUCTURE.finditer(body):
        written = line[0]
        meaning = known.get(written)
        if meaning is None:
            meaning = known[written] = _meaning_of(line)
        begins, name, is_minor = meaning
        if is_minor and scan.is_within_other(name):
            continue
        if begins:
            scan.begin(name, *line.span())
        else:
            scan.end(name, *line.span())
    if scan.depth > 0 or not scan.layout.calendars:
        raise CalendarError(
            "truncated", "The calendar breaks off: its end is missing, so events may be as well."
        )
    return scan.layout


def _meaning_of(line: re.Match[bytes]) -> tuple[bool, bytes, bool]:
    """Return whether a line begins something, its name, and whether none of ours is called so."""
    name = line[2].strip(b"\0 \t\x1a").upper()
    is_minor = name not in _COMPONENTS and not name.startswith(_CALENDAR)
    return line[1].upper() == b"BEGIN", name, is_minor


class _Scan:
    """Where the scan stands: in which calendar, and in which component of it."""

    __slots__ = ("_open", "_rest", "depth", "layout")

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.depth = 0
        self._open: tuple[bytes, int, int] | None = None
        self._rest = 0

    def is_within_other(self, name: bytes) -> bool:
        """Say whether a component is open that is not called `name`."""
        return self._open is not None and self._open[0] != name

    def begin(self, name: bytes, at: int, after: int) -> None:
        """Note a BEGIN line from `at` to `after`."""
        if name == _CALENDAR:
            self._close_damaged(at)
            self._keep_lines(at)
            self.layout.calendars.append([])
            self.depth += 1
            self._rest = after
        elif self._open is None:
            if at > self._rest:
                self._keep_lines(at)
            self._open = (name, at, after)
        elif name in _COMPONENTS:
            self._close_damaged(at)
            self._open = (name, at, after)

    def end(self, name: bytes, at: int, after: int) -> None:
        """Note an END line from `at` to `after`."""
        if self._open is not None and name == self._open[0]:
            self._close(self._open, at, after)
        elif name.startswith(_CALENDAR):
            self._close_damaged(at)
            self._keep_lines(at)
            self.depth -= self.depth > 0
            self._rest = after
        elif self._open is None:
            self._keep_lines(at)
            self._rest = after
            self._remark("bad_line", "A part of the calendar ends that never began.", at)

    def _close(self, component: tuple[bytes, int, int], at: int, after: int) -> None:
        kind, begin, start = component
        if kind in _COMPONENTS and at > start:
            calendar = len(self.layout.calendars) - 1
            self.layout.blocks.append(Block(kind, begin, start, at, calendar))
        self._open, self._rest = None, after

    def _close_damaged(self, at: int) -> None:
        if self._open is not None:
            self._remark("bad_event", "The end of an entry is missing.", self._open[1])
            self._close(self._open, at, at)

    def _keep_lines(self, at: int) -> None:
        """Keep what stands between components: the lines of the calendar itself."""
        if at > self._rest and self.depth:
            self.layout.calendars[-1].append(slice(self._rest, at))

    def _remark(self, code: str, message: str, at: int) -> None:
        if len(self.layout.remarks) < _MOST_REMARKS:
            self.layout.remarks.append(Remark(code, message, at))
