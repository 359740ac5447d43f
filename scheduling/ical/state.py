"""What is remembered of a calendar between two readings, so that only changes are read.

Groups of components are known by a digest of their lines without DTSTAMP, which some producers
renew at each export. What a group means depends on more than its lines: on the zones that the body
defines, on how the calendar is to be read, and on the window. A digest of the former stands over
everything remembered, and all results reach some weeks past the window, so that it may move on.
Nothing is remembered but times, digests, and the remarks that the next reading repeats.
"""

import json
import zlib
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

from .blocks import Block, Layout
from .outcome import Outcome, Remark
from .span import Window

__all__ = ["State", "digest_of_group", "digest_of_text", "parse_state"]

# Raised with the rules of reading: what older rules made of a calendar is then forgotten.
RULES = 2
_SIZE = 12
_STAMP = b"\nDTSTAMP"
_NO_TIME = Window(0, 0)


@dataclass
class State:
    """What is remembered: over which window, under which context, and what came of each group.

    `body` is the digest of the whole body, read in the `manner` asked for, and `summary` what it
    gave, for the case that the same bytes come again. `silent` are groups without time in the
    window.
    """

    context: str = ""
    manner: str = ""
    body: str = ""
    window: Window = _NO_TIME
    summary: dict[str, Any] = field(default_factory=dict)
    silent: set[bytes] = field(default_factory=set)
    outcomes: dict[bytes, Outcome] = field(default_factory=dict)
    packed: bytes = b""

    def covers(self, window: Window) -> bool:
        """Say whether what is remembered reaches over a window."""
        return self.window.start <= window.start and window.end <= self.window.end

    def unpack(self) -> None:
        """Bring to mind the groups, which the same bytes would not have needed."""
        rows = _Pieces(zlib.decompress(self.packed))
        silent, loud = rows.next(), rows.next()
        counts, times = array("I", rows.next()), array("Q", rows.next())
        more = json.loads(rows.next())
        self.silent = set(_cut(silent))
        at = 0
        for number, (digest, count) in enumerate(zip(_cut(loud), counts, strict=True)):
            self.outcomes[digest] = _outcome(times[at : at + count], more.get(str(number)))
            at += count

    def to_bytes(self) -> bytes:
        """Write everything down."""
        head = {
            "rules": RULES,
            "context": self.context,
            "manner": self.manner,
            "body": self.body,
            "window": self.window,
            "summary": self.summary,
        }
        outcomes = list(self.outcomes.values())
        more = {
            number: [each.places, list(each.free_days), each.remarks]
            for number, each in enumerate(outcomes)
            if each.places or each.free_days or each.remarks
        }
        pieces = (
            b"".join(self.silent),
            b"".join(self.outcomes),
            array("I", (len(each.times) for each in outcomes)).tobytes(),
            b"".join(each.times.tobytes() for each in outcomes),
            json.dumps(more, separators=(",", ":")).encode(),
        )
        packed = zlib.compress(b"".join(b"%d\n%b" % (len(each), each) for each in pieces), 1)
        line = json.dumps(head, separators=(",", ":")).encode()
        return b"%b %b\n%b" % (_seal(line, packed), line, packed)


class _Pieces:
    """Pieces of bytes, each after its length."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def next(self) -> bytes:
        """Return the next piece."""
        end = self._data.index(b"\n", self._at)
        start, self._at = end + 1, end + 1 + int(self._data[self._at : end])
        return self._data[start : self._at]


def _cut(digests: bytes) -> Iterator[bytes]:
    return (digests[at : at + _SIZE] for at in range(0, len(digests), _SIZE))


def _outcome(times: "array[int]", more: list[Any] | None) -> Outcome:
    if more is None:
        return Outcome(times)
    places, free_days, remarks = more
    told = tuple(Remark(*remark) for remark in remarks)
    return Outcome(times, tuple(places), array("Q", free_days), told)


def parse_state(data: bytes) -> State:
    """Read what was written down; nothing where it is from other rules of reading, or damaged."""
    head, _, packed = data.partition(b"\n")
    seal, _, head = head.partition(b" ")
    if seal != _seal(head, packed):
        return State()
    row = json.loads(head)
    if row.pop("rules") != RULES:
        return State()
    return State(**{**row, "window": Window(*row["window"])}, packed=packed)


def _seal(head: bytes, packed: bytes) -> bytes:
    return b"%08x%08x" % (zlib.crc32(head), zlib.crc32(packed))


def digest_of_text(texts: Iterable[bytes]) -> str:
    """Return a digest of several pieces of text, each held apart from the next."""
    digest = blake2b(digest_size=_SIZE)
    for text in texts:
        digest.update(b"%d:" % len(text))
        digest.update(text)
    return digest.hexdigest()


def digest_of_group(layout: Layout, group: list[Block]) -> bytes:
    """Return a digest of a group's components without the moment of their export."""
    body, many = layout.body, len(layout.calendars) > 1
    pieces: list[bytes] = []
    for _, _, start, end, calendar in group:
        stamp = body.find(_STAMP, start, end)
        if stamp < 0:
            pieces.append(body[start:end])
        else:
            pieces += (body[start:stamp], body[body.find(b"\n", stamp + 1) : end])
        pieces.append(b"\0%d" % calendar if many else b"\0")
    return blake2b(b"".join(pieces), digest_size=_SIZE).digest()
