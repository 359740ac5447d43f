"""From an article to the blocks of a page."""

import json
import uuid
from collections.abc import Iterator
from typing import Any

from django.utils.html import format_html
from wagtail.blocks import StreamValue

from articles.blocks import GlossaryBodyBlock
from articles.blocks.references import reference_fields

from .document import (
    Element,
    Heading,
    Item,
    ItemList,
    Paragraph,
    Placeholder,
    ReferenceList,
    Takeaways,
)

Raw = dict[str, Any]


def build_body(elements: tuple[Element, ...], before: StreamValue | None = None) -> StreamValue:
    """Return the body for `elements`, validated: a page's `full_clean()` doesn't look into blocks.

    A block that says the same as one in `before`, the page's last body, stays that one, with its
    id: addresses of headings and editors' comments hang on it. Raises ValidationError.
    """
    block = GlossaryBodyBlock()
    raw = [_block(element) for element in elements]
    known = list(before.raw_data) if before is not None else []
    value = block.to_python(list(_with_ids(raw, known)))
    return block.clean(value)


def _block(element: Element) -> Raw:
    value: Any
    match element:
        case Heading(text, level):
            kind, value = "heading", {"text": text, "level": str(level)}
        case Paragraph(text):
            kind, value = "paragraph", _rich(text)
        case ItemList(items, ordered):
            points = _listed([_point(item) for item in items])
            kind, value = "term_list", {"points": points, "numbered": ordered}
        case Takeaways(heading, points):
            texts = _listed([_rich(point) for point in points])
            kind, value = "takeaways", {"heading": heading, "points": texts}
        case ReferenceList(heading, entries):
            references = _listed([reference_fields(entry) for entry in entries])
            kind, value = "references", {"heading": heading, "references": references}
        case Placeholder("call_to_action" as kind):
            default = GlossaryBodyBlock().child_blocks[kind].get_default()
            value = dict(default) | {"text": ""}
        case Placeholder(kind):
            value = None
    return {"type": kind, "value": value}


def _point(item: Item) -> Raw:
    return {
        "term": item.term,
        "explanation": _rich(item.text),
        "points": _listed([_point(below) for below in item.items]),
        "numbered": item.ordered,
    }


def _listed(values: list[Any]) -> list[Raw]:
    return [{"type": "item", "value": value, "id": str(uuid.uuid4())} for value in values]


def _rich(text: str) -> str:
    return format_html("<p>{}</p>", text)


def _with_ids(raw: list[Raw], known: list[Raw]) -> Iterator[Raw]:
    """Put in the place of each block one of `known` that says the same, else give it a new id."""
    block = GlossaryBodyBlock()
    same: dict[str, list[Raw]] = {}
    for old in known:
        same.setdefault(_content(block, old), []).append(old)
    for new in raw:
        kept = same.get(_content(block, new))
        yield kept.pop(0) if kept else new | {"id": str(uuid.uuid4())}


def _content(block: GlossaryBodyBlock, raw: Raw) -> str:
    """Return what a block says, for comparing it: its kind and its text."""
    value = block.child_blocks[raw["type"]].to_python(raw["value"])
    texts = block.child_blocks[raw["type"]].get_searchable_content(value)
    return json.dumps([raw["type"], *texts])
