"""Citations in running text, such as "(Beck & Emery, 1985)" or "Beck and Emery (1985)"."""

import re
from collections.abc import Sequence
from html import escape
from typing import NamedTuple

from articles.markup import change_text


class Source(NamedTuple):
    """What a citation names of its reference. Authors as `ParsedReference` writes them."""

    authors: tuple[str, ...]
    year: str


_BETWEEN = r"(?:[\s,]|&amp;|\band\b|\bet al\b\.?|['’]s\b|&\#x27;s\b)"


def link_citations(html: str, sources: Sequence[Source]) -> str:
    """Return `html` with each citation that names one of `sources` as a link to "#reference-N".

    N is the source's place among `sources`, from 1. Where a name and a year fit several, the one
    with fewest authors is meant: the citation names no more. `html` is trusted, as a rendered page.
    """
    pattern = pattern_of(sources)
    if pattern is None:
        return html
    return change_text(html, lambda text: pattern.sub(_link, text))


def cited_number(match: re.Match[str]) -> int:
    """Return which source, from 1, a match of `pattern_of` means."""
    return int((match.lastgroup or "").removeprefix("reference_"))


def pattern_of(sources: Sequence[Source]) -> re.Pattern[str] | None:
    """Return one pattern for what cites any of `sources` in escaped text; None without any.

    The name of its group tells which source was meant.
    """
    numbered = sorted(enumerate(sources, 1), key=lambda pair: len(pair[1].authors))
    alternatives = [
        f"(?P<reference_{number}>{_cited(source)})"
        for number, source in numbered
        if source.authors and source.year
    ]
    return re.compile("|".join(alternatives)) if alternatives else None


def _link(match: re.Match[str]) -> str:
    return f'<a class="citation" href="#reference-{cited_number(match)}">{match.group()}</a>'


def _cited(source: Source) -> str:
    first, *others = [re.escape(escape(_family(author))) for author in source.authors]
    between = "|".join([_BETWEEN, *(rf"\b{other}\b" for other in others)])
    year = rf"{re.escape(source.year)}(?![\w])"
    return rf"\b{first}\b(?:{between}){{1,40}}?(?:\({year}\)|(?<=\s){year})"


def _family(author: str) -> str:
    """Return the name by which `author` is cited: what stands before the comma or the initials."""
    family = author.split(",", maxsplit=1)[0]
    return re.sub(r"\s+[A-Z]{1,3}$", "", family).strip()
