"""Which sources a text cites, and what in it looks like a citation of none of them.

Pure: standard library only.
"""

import re
from collections.abc import Iterator, Sequence
from html import escape, unescape
from typing import NamedTuple

from .citations import Source, cited_number, pattern_of

_YEAR = r"(?:1[5-9]|20)\d\d[a-z]?(?!\w)"
_NAME = r"[A-ZÀ-Þ][\w’-]+"
_AND = r"(?:,?\s(?:&amp;|and)\s|,\s)"
_NAMES = rf"{_NAME}(?:{_AND}{_NAME})*(?:,?\set\sal\.)?"
# Within parentheses: "(Beck, 1979; Clark & Beck, 1986, p. 4)".
_IN_PARENTHESES = re.compile(r"\([^()]{1,400}\)")
_NAMED_WITH_YEAR = re.compile(rf"(?<![\w-]){_NAMES},\s{_YEAR}")
# In the sentence: "Beck and Emery (1985)".
_YEAR_AFTER_NAME = re.compile(rf"(?<![\w-]){_NAMES}(?:’s|&\#x27;s)?\s\({_YEAR}\)")
_NO_NAME = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Spring|Summer|Autumn|Fall|Winter|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|"
    r"Chicago|Illinois|In|Since|By|From|Until|During)\b"
)


class Unsourced(NamedTuple):
    """Words that cite nothing in the list; in parentheses they can hardly be anything else."""

    words: str
    in_parentheses: bool


def cited_numbers(text: str, sources: Sequence[Source]) -> set[int]:
    """Return the numbers, from 1, of those of `sources` that plain `text` cites."""
    pattern = pattern_of(sources)
    return {cited_number(match) for match in pattern.finditer(escape(text))} if pattern else set()


def unsourced_citations(text: str, sources: Sequence[Source]) -> list[Unsourced]:
    """Return what reads like a citation in plain `text` and names none of `sources`, each once."""
    escaped = escape(text)
    pattern = pattern_of(sources)
    known = {match.end() for match in pattern.finditer(escaped)} if pattern else set()
    return list(
        dict.fromkeys(
            Unsourced(unescape(match.group()), in_parentheses)
            for match, end, in_parentheses in _candidates(escaped)
            if end not in known and not _NO_NAME.match(match.group())
        )
    )


def _candidates(text: str) -> Iterator[tuple[re.Match[str], int, bool]]:
    """Yield what reads like a citation, where its year ends, and whether it is in parentheses."""
    for parentheses in _IN_PARENTHESES.finditer(text):
        for match in _NAMED_WITH_YEAR.finditer(text, parentheses.start(), parentheses.end()):
            yield match, match.end(), True
    for match in _YEAR_AFTER_NAME.finditer(text):
        yield match, match.end(), False
