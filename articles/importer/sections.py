"""The parts of an article that have a form of their own: takeaways, references, explained terms."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TypeGuard

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
    r"footnotes|endnotes|(?:further|recommended|suggested) reading|(?:additional )?resources)"
    r"(?: list| cited| and further reading)?\s*:?$",
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
_DASHED_TERM_WORDS = 5
_PARAGRAPH_TERM_WORDS = 5
_PARAGRAPHS = 3  # so many terms in a row are a list, though no sign stands before them


def is_references_label(text: str) -> bool:
    """Say whether `text` is a heading above sources."""
    return bool(_REFERENCES.match(text))


def is_takeaways_label(text: str) -> bool:
    """Say whether `text` is a heading above what a reader should remember."""
    return bool(_TAKEAWAYS.match(text))


def is_source(element: Element) -> bool:
    """Say whether `element` reads like a source, or like a list of them."""
    if isinstance(element, ItemList):
        return all(looks_like_reference(item.text) for item in element.items)
    return isinstance(element, Heading | Paragraph) and looks_like_reference(element.text)


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
        elif isinstance(element, Heading) and _is_reference_list(following):
            yield ReferenceList(element.text, _points(following))
            step = 2
        elif isinstance(element, Paragraph):
            found, step = _paragraphs(elements, index)
            yield found
        else:
            yield _list(element) if isinstance(element, ItemList) else element
        index += step


def with_terms(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """Split "term: explanation" where at least half of the items at this level are written so."""
    items = tuple(replace(item, items=with_terms(item.items)) for item in items)
    matches = [_term(item.text) for item in items]
    if sum(match is not None for match in matches) * 2 < len(items):
        return items
    pairs = zip(items, matches, strict=True)
    return tuple(replace(i, term=m[1], text=m[2]) if m else i for i, m in pairs)


def _term(text: str) -> re.Match[str] | None:
    """Return the term and the explanation in `text`, if it is written so."""
    for pattern, most in ((_COLON, _TERM_WORDS), (_DASH, _DASHED_TERM_WORDS)):
        match = pattern.match(text)
        if match and len(match[1].split()) <= most and not re.search(r"[.?!;]\s", match[1]):
            return match if any(map(str.isalnum, match[1])) else None
    return None


def _is_label(element: Element) -> bool:
    return isinstance(element, Heading | Paragraph)


def _references(elements: list[Element], start: int) -> tuple[Element, int]:
    """Return the references below the label at `start`, and how many elements they took."""
    entries: list[str] = []
    end = start + 1
    while end < len(elements):
        element = elements[end]
        if isinstance(element, ItemList) and (end == start + 1 or is_source(element)):
            entries += _points(element)
        elif isinstance(element, Heading | Paragraph) and is_source(element):
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


def _paragraphs(elements: list[Element], start: int) -> tuple[Element, int]:
    """Return what the paragraph at `start` is, alone or with those after it."""
    first = elements[start]
    inline = _TAKEAWAY_INLINE.match(first.text)
    if inline:
        return Takeaways(inline[1], (inline[2],)), 1
    terms = []
    for element in elements[start:]:
        match = _COLON.match(element.text) if isinstance(element, Paragraph) else None
        if match is None or len(match[1].split()) > _PARAGRAPH_TERM_WORDS:
            break
        terms.append(Item(match[2], term=match[1]))
    if len(terms) < _PARAGRAPHS:
        return first, 1
    return ItemList(tuple(terms)), len(terms)


def _list(items: ItemList) -> Element:
    if _is_reference_list(items):
        return ReferenceList("", _points(items))
    return replace(items, items=with_terms(items.items))


def _points(items: ItemList) -> tuple[str, ...]:
    return tuple(text for item in items.items for text in item.texts())


def _is_reference_list(element: Element | None) -> TypeGuard[ItemList]:
    """Say whether a list is one of sources without a label saying so: most items read like one."""
    entries = _points(element) if isinstance(element, ItemList) else ()
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
