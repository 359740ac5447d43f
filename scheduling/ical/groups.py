"""Components of one UID, brought together from wherever they stand in the body."""

import re

from .blocks import Block, Layout
from .properties import decode, own_lines, unfold

__all__ = ["group_by_uid", "uid_of"]

_UID = b"\nUID:"
_UID_LINE = re.compile(r"\nUID[ \t]*(?:;[^:\n]*)?:(.*)$", re.IGNORECASE | re.MULTILINE)


def group_by_uid(layout: Layout, own_uids: str = "") -> list[list[Block]]:
    """Return the events of a body by their UIDs, in the order in which those first appear.

    One without a UID is alone. Those whose UID matches the expression `own_uids` are left out.
    """
    groups: dict[bytes | int, list[Block]] = {}
    for number, block in enumerate(layout.blocks):
        if block.kind == b"VEVENT":
            key = _uid(layout.body, block) or number
            if key in groups:
                groups[key].append(block)
            else:
                groups[key] = [block]
    if own_uids:
        is_own = re.compile(own_uids.encode(), re.IGNORECASE).fullmatch
        return [each for key, each in groups.items() if isinstance(key, int) or not is_own(key)]
    return list(groups.values())


def uid_of(layout: Layout, blocks: list[Block]) -> str:
    """Return the UID that a group's components share."""
    return _uid(layout.body, blocks[0]).decode("utf-8", "replace")


def _uid(body: bytes, block: Block) -> bytes:
    """Return the UID of a component, mostly without looking at its other lines."""
    at = body.find(_UID, block.start, block.end)
    # Alarms have UIDs as well: in front of this one none may begin.
    if (
        at < 0
        or body.find(b"\nBEGIN", block.start, at) >= 0
        or b"\nbegin" in body[block.start : at]
    ):
        return _uid_read(body[block.start : block.end])
    first = at + len(_UID)
    end = body.find(b"\n", first)
    if body[end + 1] not in b" \t":
        return body[first:end].strip()
    while body[end + 1] in b" \t":
        end = body.find(b"\n", end + 1)
    return unfold(body[first:end]).strip()


def _uid_read(raw: bytes) -> bytes:
    found = _UID_LINE.search(f"\n{own_lines(decode(unfold(raw)))}")
    return found[1].strip().encode() if found else b""
