"""Rendered HTML, cut into the text that may be given links and all that stays as it is.

Pure: standard library only. The HTML is that of our own templates, so every element is closed.
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

# Their words are never given links: headings, and what is a link or a control already.
KEPT_OUT = frozenset(
    {"a", "button", "figcaption", "h1", "h2", "h3", "h4", "h5", "h6"}
    | {"label", "nav", "option", "script", "select", "style", "svg", "textarea"}
)
_TAG = re.compile(
    r"<!--.*?-->|<(?P<closing>/?)(?P<name>[a-zA-Z][a-zA-Z0-9-]*)(?P<rest>(?:\"[^\"]*\"|'[^']*'|[^'\">])*)>",
    re.DOTALL,
)
_IS_MARKED = re.compile(r"\sdata-unlinked(?=[\s=/]|$)")


class Segment(NamedTuple):
    """A stretch of HTML; one that `is_text` holds no tag and stands where links may be made."""

    html: str
    is_text: bool


def segments(html: str, kept_out: frozenset[str] = KEPT_OUT) -> Iterator[Segment]:
    """Cut `html` into segments; put together they are `html` again.

    What stands in one of the elements `kept_out` is no text to be given links, nor what a template
    has marked with `data-unlinked`.
    """
    position = 0
    inside: list[str] = []  # the element that is kept out, and those of its name inside it
    for tag in _TAG.finditer(html):
        if tag.start() > position:
            yield Segment(html[position : tag.start()], not inside)
        yield Segment(tag.group(), is_text=False)
        position = tag.end()
        _follow(tag, inside, kept_out)
    if position < len(html):
        yield Segment(html[position:], not inside)


def change_text(
    html: str, change: Callable[[str], str], kept_out: frozenset[str] = KEPT_OUT
) -> str:
    """Return `html` with `change` applied to each stretch of its text that may be given links."""
    return "".join(
        change(segment.html) if segment.is_text else segment.html
        for segment in segments(html, kept_out)
    )


def _follow(tag: re.Match[str], inside: list[str], kept_out: frozenset[str]) -> None:
    """Note where an element that is kept out begins and ends."""
    if tag["name"] is None or tag["rest"].endswith("/"):
        return
    name, closes = tag["name"].lower(), bool(tag["closing"])
    if inside:
        if name == inside[0]:
            inside.pop() if closes else inside.append(name)
    elif not closes and (name in kept_out or _IS_MARKED.search(tag["rest"])):
        inside.append(name)
