"""Components of one UID, brought together from wherever they stand in the body."""

import re
from typing import NamedTuple

from .blocks import Block, Layout
from .properties import decode, own_lines, read_properties, unfold

__all__ = ["Group", "group_by_uid"]

_NESTED = re.compile(rb"\nBEGIN:", re.IGNORECASE)
_UID = b"\nUID:"


class Group(NamedTuple):
    """The components that share a UID; one without a UID is alone."""

    uid: str
    blocks: list[Block]


def group_by_uid(layout: Layout) -> list[Group]:
    """Return the events of a body by their UIDs, in the order in which those first appear."""
    groups: dict[bytes | str | int, Group] = {}
    for number, block in enumerate(layout.blocks):
        if block.kind != b"VEVENT":
            continue
        uid = _uid(layout.body, block)
        key = uid or number
        if key in groups:
            groups[key].blocks.append(block)
        else:
            groups[key] = Group(uid.decode("utf-8", "replace"), [block])
    return list(groups.values())


def _uid(body: bytes, block: Block) -> bytes:
    """Return the UID of a component, mostly without looking at its other lines."""
    at = body.find(_UID, block.start, block.end)
    if at < 0 or _NESTED.search(body, block.start, at):
        return _uid_read(body[block.start : block.end])
    first = at + len(_UID)
    end = body.find(b"\n", first)
    while body[end + 1 : end + 2] in (b" ", b"\t"):
        end = body.find(b"\n", end + 1)
    return unfold(body[first:end]).strip()


def _uid_read(raw: bytes) -> bytes:
    properties = read_properties(own_lines(decode(unfold(raw))))
    return next((each.value.encode() for each in properties if each.name == "UID"), b"")
