"""Nested lists from lines with signs in front."""

from dataclasses import dataclass, field

from .document import Item, ItemList
from .lines import Line

MAX_DEPTH = 3
_ORDERED = ("1", "a")
_NAME_WORDS = 8


@dataclass
class _Node:
    line: Line
    texts: list[str] = field(default_factory=list)
    children: list["_Node"] = field(default_factory=list)

    def item(self) -> Item:
        ordered = bool(self.children) and self.children[0].line.kind in _ORDERED
        return Item(
            " ".join(self.texts),
            items=tuple(child.item() for child in self.children),
            ordered=ordered,
        )


class ListBuilder:
    """Collects the lines of one list and finds what stands below what.

    Deeper indents nest; so does another sign at the same indent, until the first sign comes back.
    Below the third level everything stays on the third.
    """

    def __init__(self, first: Line) -> None:
        self._roots: list[_Node] = []
        self._path: list[_Node] = []
        self.add(first, after_blank=False)

    def add(self, line: Line, *, after_blank: bool) -> None:
        """Add an item. After a blank line another sign at the same indent doesn't nest."""
        self._climb(line, after_blank=after_blank)
        node = _Node(line, [line.text])
        siblings = self._path[-1].children if self._path else self._roots
        siblings.append(node)
        if len(self._path) < MAX_DEPTH - 1:
            self._path.append(node)
        self._last = node

    def belongs(self, line: Line) -> bool:
        """Say whether `line`, an item after a blank line, goes on with this list."""
        first = self._roots[0].line
        return line.indent > first.indent or line.kind == first.kind

    def go_on(self, line: Line) -> None:
        """Add a line of text to the last item. Below a short line it explains what that names."""
        texts = self._last.texts
        if line.is_below_item and len(texts) == 1 and _names_something(texts[0], line.text):
            texts[0] += ":"
        texts.append(line.text)

    @property
    def last(self) -> Line:
        """The line of the last item."""
        return self._last.line

    def build(self) -> ItemList:
        """Return the list."""
        ordered = self._roots[0].line.kind in _ORDERED
        return ItemList(tuple(node.item() for node in self._roots), ordered)

    def _climb(self, line: Line, *, after_blank: bool) -> None:
        """Leave the levels on the path that `line` doesn't stand below."""
        while self._path and self._path[-1].line.indent > line.indent:
            self._path.pop()
        if not self._path or self._path[-1].line.indent < line.indent:
            return
        wanted = (line.indent, line.kind)
        same_kind = [(node.line.indent, node.line.kind) == wanted for node in self._path]
        if any(same_kind):
            del self._path[same_kind.index(True) :]
        elif after_blank:
            self._path.pop()


def _names_something(text: str, below: str) -> bool:
    """Say whether `text` is a name, and `below` a sentence of its own."""
    is_short = len(text.split()) <= _NAME_WORDS and text[-1].isalnum()
    return is_short and not below[0].islower()
