"""What an article is made of, before it becomes a page. Pure: standard library only.

A reader turns a file into `Heading`, `Paragraph` and `ItemList`; `structure` finds in them the
title, the takeaways, the references and what belongs to the web site instead of the article.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True)
class Heading:
    """A heading; `level` 2 is a main heading, 3 one below it."""

    text: str
    level: int = 2


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of running text."""

    text: str


@dataclass(frozen=True)
class Item:
    """One item of a list, with the list below it. `term` is what the text explains, if anything."""

    text: str
    term: str = ""
    items: tuple["Item", ...] = ()
    ordered: bool = False  # the list below it is numbered

    def texts(self) -> Iterator[str]:
        """Yield the texts of this item and of those below it, in reading order."""
        yield from filter(None, (self.term, self.text))
        for item in self.items:
            yield from item.texts()


@dataclass(frozen=True)
class ItemList:
    """A list, bulleted or numbered."""

    items: tuple[Item, ...]
    ordered: bool = False

    @property
    def text(self) -> str:
        """The whole list, an item a line."""
        return "\n".join(text for item in self.items for text in item.texts())


@dataclass(frozen=True)
class Takeaways:
    """What a reader should remember."""

    heading: str
    points: tuple[str, ...]

    @property
    def text(self) -> str:
        """Heading and points, one a line."""
        return "\n".join(filter(None, (self.heading, *self.points)))


@dataclass(frozen=True)
class ReferenceList:
    """The sources, each as it was typed."""

    heading: str
    entries: tuple[str, ...]

    @property
    def text(self) -> str:
        """Heading and entries, one a line."""
        return "\n".join(filter(None, (self.heading, *self.entries)))


@dataclass(frozen=True)
class Placeholder:
    """Where the page shows something of its own in place of text that was left out."""

    kind: Literal["where_we_see_clients", "call_to_action"]
    text: str = ""


Piece = Heading | Paragraph | ItemList
Element = Piece | Takeaways | ReferenceList | Placeholder


@dataclass(frozen=True)
class Omitted:
    """Text that was left out, and why, in the editor's words."""

    text: str
    reason: str


@dataclass(frozen=True)
class Caution:
    """Something an editor should look at."""

    code: str
    message: str


@dataclass(frozen=True)
class Document:
    """An article, what was left out of it, and what an editor should look at."""

    title: str
    elements: tuple[Element, ...]
    omitted: tuple[Omitted, ...] = ()
    warnings: tuple[Caution, ...] = field(default=())
    title_is_from_text: bool = True

    @property
    def has_text(self) -> bool:
        """Whether anything but the title was found."""
        return any(element.text for element in self.elements)

    @property
    def words_kept(self) -> int:
        """The number of words of the source that stand in the title or in an element."""
        title = count_words(self.title) if self.title_is_from_text else 0
        return title + sum(count_words(element.text) for element in self.elements)

    @property
    def words_omitted(self) -> int:
        """The number of words of the source that were left out."""
        return sum(count_words(omitted.text) for omitted in self.omitted)


def count_words(text: str) -> int:
    """Return the number of words: stretches without a space that have a letter or a digit.

    The signs and numbers in front of list items are no words; readers take them away.
    """
    return sum(any(map(str.isalnum, chunk)) for chunk in text.split())
