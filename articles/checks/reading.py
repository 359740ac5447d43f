"""The text of an entry, taken out of its rendered HTML.

Pure: standard library only. The HTML is that of our own templates.
"""

from dataclasses import dataclass, field
from html.parser import HTMLParser

_BLOCKS = frozenset(
    ["p", "li", "dd", "dt", "h2", "h3", "h4", "td", "th", "blockquote", "figcaption", "summary"]
)


@dataclass
class EntryText:
    """What stands in an entry, piece by piece, in reading order.

    `passages` are paragraphs, points and quotations; `links` pairs of address and words; `headings`
    pairs of level and words; `pictures` the alternative texts, empty for decoration. The list of
    references is in none of them.
    """

    passages: list[str] = field(default_factory=list)
    headings: list[tuple[int, str]] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All passages, one a line."""
        return "\n".join(self.passages)


def read_html(html: str) -> EntryText:
    """Return the text of `html`; what is marked `data-unlinked`, such as the references, is not."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.entry


class _Reader(HTMLParser):
    """Collects words until the element that holds them ends."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.entry = EntryText()
        self._words: list[str] = []
        self._link: tuple[str, int] | None = None
        self._left_out: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if self._left_out or "data-unlinked" in values:
            if tag not in {"br", "img", "source", "input", "hr", "wbr"}:
                self._left_out.append(tag)
            return
        if tag in _BLOCKS:
            self._end_passage()
        elif tag == "img":
            self.entry.pictures.append(values.get("alt") or "")
        elif tag == "br":
            self._words.append(" ")
        elif tag == "a":
            self._link = (values.get("href") or "", len(self._words))

    def handle_endtag(self, tag: str) -> None:
        if self._left_out:
            if tag == self._left_out[-1]:
                self._left_out.pop()
        elif tag == "a" and self._link:
            href, start = self._link
            self.entry.links.append((href, _joined(self._words[start:])))
            self._link = None
        elif tag in {"h2", "h3", "h4"}:
            self.entry.headings.append((int(tag[1]), _joined(self._words)))
            self._words.clear()
        elif tag in _BLOCKS:
            self._end_passage()

    def handle_data(self, data: str) -> None:
        if not self._left_out:
            self._words.append(data)

    def close(self) -> None:
        super().close()
        self._end_passage()

    def _end_passage(self) -> None:
        if text := _joined(self._words):
            self.entry.passages.append(text)
        self._words.clear()


def _joined(words: list[str]) -> str:
    return " ".join("".join(words).split())
