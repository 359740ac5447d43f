"""The reader for plain text: headings, paragraphs and lists from lines."""

import re
from collections.abc import Iterator
from itertools import zip_longest

from .document import Heading, ItemList, Paragraph, Piece
from .lines import Line, continues, split_lines
from .lists import ListBuilder

_MARKDOWN_HEADING = re.compile(r"(#{1,6})\s+(.+?)\s*#*$")
_BYLINE = re.compile(
    r"(?:(?:written|reviewed|posted|edited|published|updated)\b|by\s)", re.IGNORECASE
)
_SENTENCES = re.compile(r"[a-z]{2}[.!]\s+[A-Z]")
_HEADING_WORDS = 14
_HEADING_LENGTH = 110
_MARKED_HEADING_LENGTH = 200


def read_text(text: str) -> list[Piece]:
    """Return the pieces of `text`, in order. Each of its words is in one of them."""
    return list(_with_headings(list(_blocks(split_lines(text)))))


def is_heading_like(text: str) -> bool:
    """Say whether `text`, alone on its line, reads like a heading: short, and no sentence."""
    letters = [char for char in text if char.isalpha()]
    if not letters or len(text) > _HEADING_LENGTH or len(text.split()) > _HEADING_WORDS:
        return False
    if _SENTENCES.search(text):
        return False
    quoted = text[0] in "“\"'‘" and text[-1] in "”\"'’"
    small = text[0].isalpha() and text[0].islower()
    return not (text.rstrip("”\"'’)")[-1:] in ".,;:!…" or quoted or small or _BYLINE.match(text))


class _Blocks:
    """Groups lines into paragraphs and lists."""

    def __init__(self, lines: list[Line]) -> None:
        self.lines = lines
        self.paragraph: list[Line] = []
        self.list: ListBuilder | None = None

    def flush(self) -> Iterator[Piece]:
        """Hand over what has been collected."""
        if self.paragraph:
            yield _paragraph(self.paragraph)
        if self.list:
            yield _list(self.list)
        self.paragraph, self.list = [], None

    def take(self, line: Line, before: Line | None) -> Iterator[Piece]:
        """Add a line that is not blank; hand over what it ends."""
        after_blank = before is None or before.is_blank
        if line.kind:
            yield from self._take_item(line, after_blank=after_blank)
        elif self.list and self._goes_on_with_item(line, before, after_blank=after_blank):
            self.list.go_on(line)
        elif self.paragraph and before and continues(before, line):
            self.paragraph.append(line)
        else:
            yield from self.flush()
            self.paragraph = [line]

    def _take_item(self, line: Line, *, after_blank: bool) -> Iterator[Piece]:
        if self.list and (not after_blank or self.list.belongs(line)):
            self.list.add(line, after_blank=after_blank)
        else:
            yield from self.flush()
            self.list = ListBuilder(line)

    def _goes_on_with_item(self, line: Line, before: Line | None, *, after_blank: bool) -> bool:
        deeper = self.list is not None and line.indent > self.list.last.indent
        full = not after_blank and before is not None and continues(before, line)
        return deeper or full or line.is_below_item


def _blocks(lines: list[Line]) -> Iterator[Piece]:
    """Yield paragraphs, lists, and headings that are marked as such."""
    blocks = _Blocks(lines)
    before: Line | None = None
    for line in lines:
        heading = _MARKDOWN_HEADING.match(line.text)
        if line.is_blank:
            if blocks.paragraph:
                yield from blocks.flush()
        elif line.is_rule:
            if line.text[0] in "=-" and len(blocks.paragraph) == 1:
                yield _marked_heading(blocks.paragraph.pop().text, 2)
            yield from blocks.flush()
        elif heading:
            yield from blocks.flush()
            yield _marked_heading(heading[2], len(heading[1]))
        else:
            yield from blocks.take(line, before)
        before = line
    yield from blocks.flush()


def _marked_heading(text: str, level: int) -> Heading | Paragraph:
    """Return the heading; what is too long for one is a paragraph, whatever marks it."""
    return Heading(text, level) if len(text) <= _MARKED_HEADING_LENGTH else Paragraph(text)


def _paragraph(lines: list[Line]) -> Paragraph:
    return Paragraph(" ".join(line.text for line in lines))


def _list(builder: ListBuilder) -> ItemList | Paragraph:
    """Return the list; a single item behind a dash is no list but a paragraph."""
    built = builder.build()
    only = built.items[0]
    if len(built.items) == 1 and not only.items and builder.last.kind in "*+-–—−":
        return Paragraph(f"{builder.last.kind} {only.text}")
    return built


def _with_headings(pieces: list[Piece]) -> Iterator[Piece]:
    """Turn short lines that stand alone above something else into headings."""
    levels = sorted({piece.level for piece in pieces if isinstance(piece, Heading)})
    for piece, following in zip_longest(pieces, pieces[1:]):
        if isinstance(piece, Heading):
            yield Heading(piece.text, 2 if piece.level <= _main_level(levels) else 3)
        elif isinstance(piece, Paragraph) and following and _is_heading(piece.text, following):
            yield Heading(piece.text)
        else:
            yield piece


def _main_level(levels: list[int]) -> int:
    """Return the level that counts as the main one: the second where the first is the title."""
    return levels[1] if len(levels) > 1 and levels[0] == 1 else levels[0]


def _is_heading(text: str, following: Piece) -> bool:
    introduces = text.endswith(":") and isinstance(following, Paragraph)
    return is_heading_like(text.removesuffix(":") if introduces else text)
