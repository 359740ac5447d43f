"""Rules about citations and the list of references. Pure: standard library only."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from articles.references.citations import Source
from articles.references.citing import cited_numbers, unsourced_citations

from .catalogue import Finding

_DOI = re.compile(r"10\.\d{4,9}/\S+")
_SHOWN = 90  # characters of a title that are enough to know it by


class ListedReference(NamedTuple):
    """A source as its block has it; `words` is what an editor knows it by."""

    authors: tuple[str, ...]
    year: str
    title: str
    doi: str
    words: str

    @property
    def source(self) -> Source:
        """What citations name of it."""
        return Source(self.authors, self.year)


def look_at_sources(text: str, references: Sequence[ListedReference]) -> Iterator[Finding]:
    """Yield what doesn't fit between the citations in `text` and the list of references."""
    sources = [reference.source for reference in references]
    for words, in_parentheses in unsourced_citations(text, sources):
        code = "citation_without_reference" if in_parentheses else "name_with_year"
        yield Finding(code, f"“{words}”")
    cited = cited_numbers(text, sources)
    for number, reference in enumerate(references, 1):
        if number not in cited:
            yield Finding("reference_not_cited", _shown(reference))
        if reference.doi and not _DOI.fullmatch(reference.doi):
            yield Finding("doi_malformed", f"“{reference.doi}”")
    yield from _twice(references)


def _twice(references: Sequence[ListedReference]) -> Iterator[Finding]:
    """Yield each source that stands there more than once, known by its DOI or its title."""
    known = Counter(map(_identity, references))
    for reference in references:
        identity = _identity(reference)
        if identity and known.pop(identity, 0) > 1:
            yield Finding("reference_twice", _shown(reference))


def _identity(reference: ListedReference) -> str:
    return reference.doi.casefold() or " ".join(re.findall(r"\w+", reference.title.casefold()))


def _shown(reference: ListedReference) -> str:
    words = reference.words
    return f"“{words[:_SHOWN]}…”" if len(words) > _SHOWN else f"“{words}”"
