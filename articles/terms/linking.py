"""The first mention of each term in a page's text becomes a link with the definition beside it.

Pure: standard library only.
"""

import re
from collections.abc import Iterable, Iterator
from html import escape, unescape
from itertools import count, pairwise
from typing import NamedTuple

from articles.markup import KEPT_OUT, change_text

# A quotation is not ours to change, and what a list explains ("dt") is not explained once more.
_KEPT_OUT = KEPT_OUT | {"blockquote", "cite", "code", "dt", "pre", "q"}

_APOSTROPHE = r"(?:['’]|&\#x27;|&\#39;|&rsquo;)"
# A word with what joins its parts, so that "self-care" is one word and "care" is not found in it.
_WORD = re.compile(
    rf"(?P<word>\w+(?:(?:{_APOSTROPHE}|[‐‑-])\w+)*?)(?P<possessive>{_APOSTROPHE}s)?"
    rf"(?!{_APOSTROPHE}?[‐‑-]?\w)|&\#?\w+;"
)
_SPACE = re.compile(r"(?:\s|&nbsp;|&\#160;)+")
_ONE_SIGN = str.maketrans("’‐‑", "'--")


class Term(NamedTuple):
    """A name of an entry: where it leads, and what it means. Several names may lead to one."""

    name: str
    href: str
    definition: str = ""


class _Word(NamedTuple):
    text: str  # as it is compared
    start: int
    end: int
    end_with_possessive: int


def link_terms(html: str, terms: Iterable[Term], *, own: str = "") -> str:
    """Return `html` with the first mention of each entry as a link to it.

    A name is found whole, without regard to case, never inside a longer name or word, never across
    tags, and never in headings, links and quotations. Names that lead to `own`, the page itself,
    are left alone, and with them what stands inside them. `html` is trusted, as a rendered page.
    """
    return _Linker(terms, own).link(html)


class _Linker:
    """The terms by their first word, and which entries the page has mentioned so far."""

    def __init__(self, terms: Iterable[Term], own: str) -> None:
        self._own = own
        self._mentioned: set[str] = set()
        self._numbers = count(1)
        self._by_first: dict[str, list[tuple[tuple[str, ...], Term]]] = {}
        for term in terms:
            words = tuple(word.text for word in _words(escape(term.name)))
            if words:
                self._by_first.setdefault(words[0], []).append((words, term))
        for names in self._by_first.values():
            names.sort(key=lambda name: -len(name[0]))

    def link(self, html: str) -> str:
        return change_text(html, self._link_text, _KEPT_OUT) if self._by_first else html

    def _link_text(self, text: str) -> str:
        written, position = [], 0
        for start, end, term in self._mentions(text):
            if term.href == self._own or term.href in self._mentioned:
                continue
            self._mentioned.add(term.href)
            written += [text[position:start], self._linked(text[start:end], term)]
            position = end
        return "".join([*written, text[position:]])

    def _mentions(self, text: str) -> Iterator[tuple[int, int, Term]]:
        """Yield where a name stands; the longest of those that begin at a word."""
        words = list(_words(text))
        index = 0
        while index < len(words):
            found = self._name_at(text, words, index)
            if found is None:
                index += 1
                continue
            length, term = found
            yield words[index].start, words[index + length - 1].end, term
            index += length

    def _name_at(self, text: str, words: list[_Word], index: int) -> tuple[int, Term] | None:
        for name, term in self._by_first.get(words[index].text, ()):
            said = words[index : index + len(name)]
            if tuple(word.text for word in said) == name and _stand_together(text, said):
                return len(name), term
        return None

    def _linked(self, words: str, term: Term) -> str:
        href = escape(term.href)
        if not term.definition:
            return f'<a class="term-link" href="{href}">{words}</a>'
        name = f"definition-{next(self._numbers)}"
        return (
            f'<span class="defined"><a class="term-link" href="{href}" aria-describedby="{name}">'
            f'{words}</a><span class="definition" role="tooltip" id="{name}">'
            f"{escape(term.definition)}</span></span>"
        )


def _stand_together(text: str, words: list[_Word]) -> bool:
    """Say whether nothing but space lies between the words."""
    pairs = pairwise(words)
    return all(_SPACE.fullmatch(text[a.end_with_possessive : b.start]) for a, b in pairs)


def _words(text: str) -> Iterator[_Word]:
    """Yield the words of escaped `text`. A possessive ending is no part of its word."""
    for match in _WORD.finditer(text):
        if match["word"]:
            plain = unescape(match["word"]).translate(_ONE_SIGN).casefold()
            yield _Word(plain, match.start(), match.end("word"), match.end())
