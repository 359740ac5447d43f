"""The parts of an article that have a form of their own: takeaways, references, explained terms."""

import re
from collections.abc import Iterator
from dataclasses import replace

from articles.references import looks_like_reference

from .document import (
    Caution,
    Element,
    Heading,
    Item,
    ItemList,
    Paragraph,
    ReferenceList,
    Takeaways,
)

_REFERENCES = re.compile(
    r"(?:list of )?(?:references?|sources?|bibliography|works cited|literature|citations?|"
    r"footnotes|endnotes)(?: list| cited| and further reading)?\s*:?$",
    re.IGNORECASE,
)
_TAKEAWAYS = re.compile(
    r"(?:the |some |our )?(?:key |main |quick |final |practical )?(?:take-?\s?aways?|key points?|"
    r"points to remember|main points?|in a nutshell|remember)(?: messages?| points?)?\s*:?$",
    re.IGNORECASE,
)
_TAKEAWAY_INLINE = re.compile(r"((?:key |main )?take-?aways?):\s+(\S.*)$", re.IGNORECASE)
_COLON = re.compile(r"([^:]{1,100}?):\s+(\S.*)$")
_DASH = re.compile(r"([^–—]{1,60}?)\s+[–—-]\s+(\S.*)$")
_TERM_WORDS = 12


def is_references_label(text: str) -> bool:
    """Say whether `text` is a heading above sources."""
    return bool(_REFERENCES.match(text))


def is_takeaways_label(text: str) -> bool:
    """Say whether `text` is a heading above what a reader should remember."""
    return bool(_TAKEAWAYS.match(text))


def arrange(elements: list[Element]) -> tuple[list[Element], list[Caution]]:
    """Return `elements` with takeaways, references and terms in their own form."""
    arranged = list(_arranged(elements))
    return arranged, list(_cautions(arranged))


def _arranged(elements: list[Element]) -> Iterator[Element]:
    index = 0
    while index < len(elements):
        element = elements[index]
        following = elements[index + 1] if index + 1 < len(elements) else None
        step = 1
        if _is_label(element) and is_references_label(element.text):
            found, step = _references(elements, index)
            yield found
        elif _is_label(element) and is_takeaways_label(element.text) and following:
            found, step = _takeaways(elements, index)
            yield found
        elif isinstance(element, ItemList) and _is_reference_list(element):
            yield ReferenceList("", _entries(element))
        elif isinstance(element, ItemList):
            yield replace(element, items=with_terms(element.items))
        elif isinstance(element, Paragraph):
            yield from _paragraph(element)
        else:
            yield element
        index += step


def with_terms(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """Split "term: explanation" where at least half of the items at this level are written so."""
    items = tuple(replace(item, items=with_terms(item.items)) for item in items)
    for pattern in (_COLON, _DASH):
        matches = [_term(pattern, item.text) for item in items]
        if sum(match is not None for match in matches) * 2 >= len(items) > 0 and any(matches):
            pairs = zip(items, matches, strict=True)
            return tuple(replace(i, term=m[1], text=m[2]) if m else i for i, m in pairs)
    return items


def _term(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    match = pattern.match(text)
    if match is None or len(match[1].split()) > _TERM_WORDS or re.search(r"[.?!;]\s", match[1]):
        return None
    return match if any(map(str.isalnum, match[1])) else None


def _is_label(element: Element) -> bool:
    return isinstance(element, Heading | Paragraph)


def _references(elements: list[Element], start: int) -> tuple[Element, int]:
    """Return the references below the label at `start`, and how many elements they took."""
    entries: list[str] = []
    end = start + 1
    while end < len(elements):
        element = elements[end]
        if isinstance(element, ItemList):
            entries += _entries(element)
        elif isinstance(element, Heading | Paragraph) and looks_like_reference(element.text):
            entries.append(element.text)
        else:
            break
        end += 1
    if not entries:
        return Heading(elements[start].text), 1
    return ReferenceList(elements[start].text.rstrip(" :"), tuple(entries)), end - start


def _takeaways(elements: list[Element], start: int) -> tuple[Element, int]:
    """Return the takeaways below the label at `start`, and how many elements they took."""
    label = elements[start].text.rstrip(" :")
    first = elements[start + 1]
    if isinstance(first, ItemList):
        return Takeaways(label, _points(first)), 2
    points: list[str] = []
    for element in elements[start + 1 :]:
        if not isinstance(element, Paragraph) or is_references_label(element.text):
            break
        points.append(element.text)
    if not points or points[-1].endswith(":"):
        return Heading(label), 1
    return Takeaways(label, tuple(points)), 1 + len(points)


def _paragraph(element: Paragraph) -> Iterator[Element]:
    inline = _TAKEAWAY_INLINE.match(element.text)
    yield Takeaways(inline[1], (inline[2],)) if inline else element


def _points(items: ItemList) -> tuple[str, ...]:
    return tuple(text for item in items.items for text in item.texts())


def _entries(items: ItemList) -> tuple[str, ...]:
    return _points(items)


def _is_reference_list(items: ItemList) -> bool:
    """Say whether a list without a label is one of sources: most items read like one."""
    entries = _entries(items)
    dated = [entry for entry in entries if re.search(r"\d{4}", entry)]
    strong = sum(map(looks_like_reference, dated))
    return len(entries) > 1 and strong * 3 >= len(entries) * 2


def _cautions(elements: list[Element]) -> Iterator[Caution]:
    """Say what the article lacks."""
    kinds = {type(element) for element in elements}
    if ReferenceList not in kinds:
        yield Caution("no_references", "No list of references was found.")
    if Takeaways not in kinds:
        yield Caution("no_takeaways", "No takeaways were found.")
