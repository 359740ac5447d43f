"""Finding an entry by what a reader types: any of its names, half typed or misspelt.

Pure: standard library only.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

# How alike two words must be to pass for one word and its misspelling: one letter of five may be
# wrong ("panik"). That this finds "grief" for "brief" as well does no harm.
LIKENESS = 0.8
SHORTEST_MISSPELT = 4  # letters: among shorter words too many are alike


class Named(NamedTuple):
    """An entry by its primary key, and all of its names."""

    key: int
    names: Sequence[str]


def find_by_name(typed: str, entries: Iterable[Named]) -> list[int]:
    """Return the keys of the entries that `typed` may mean, the likeliest first.

    In this order: it is a name; a name begins with it; each of its words begins a word of a name; a
    name is spelled much like it; and then the shorter names first. Case, accents and punctuation
    don't count.
    """
    wanted = words_of(typed)
    if not wanted:
        return []
    ranked = []
    for position, entry in enumerate(entries):
        names = map(words_of, entry.names)
        rank, length = min(((_rank(wanted, name), len(name)) for name in names), default=_NONE)
        if rank < _Rank.NONE:
            ranked.append((rank, length, position, entry.key))
    return [key for *_, key in sorted(ranked)]


def words_of(text: str) -> list[str]:
    """Return the words of `text` as they are compared: small letters without accents."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    letters = "".join(
        char for char in plain if not unicodedata.combining(char) and char not in "'’"
    )
    return "".join(char if char.isalnum() else " " for char in letters).split()


class _Rank:
    SAME, BEGINNING, WORDS, ALIKE, NONE = range(5)


_NONE = (_Rank.NONE, 0)


def _rank(wanted: list[str], name: list[str]) -> int:
    if name == wanted:
        return _Rank.SAME
    if " ".join(name).startswith(" ".join(wanted)):
        return _Rank.BEGINNING
    if all(any(word.startswith(begun) for word in name) for begun in wanted):
        return _Rank.WORDS
    if all(any(_alike(word, meant) for word in name) for meant in wanted):
        return _Rank.ALIKE
    return _Rank.NONE


def _alike(word: str, typed: str) -> bool:
    """Say whether `typed` begins `word`, or may be it, or its beginning, misspelt."""
    if word.startswith(typed):
        return True
    if len(typed) < SHORTEST_MISSPELT:
        return False
    compared = SequenceMatcher(a=typed, autojunk=False)
    for candidate in (word, word[: len(typed)]):
        compared.set_seq2(candidate)
        if compared.quick_ratio() >= LIKENESS and compared.ratio() >= LIKENESS:
            return True
    return False
