"""Rules about how an entry is written. Pure: standard library only."""

import re
from collections.abc import Iterator

from .catalogue import Finding
from .reading import EntryText

# A judgement, not a rule: readers who worry lose the thread of longer ones.
LONGEST_SENTENCE = 35  # words
_SENTENCE = re.compile(r".+?(?:[.!?…][”’\"')\]]*(?=\s+[“‘\"'(\[]?[A-ZÀ-Þ0-9])|$)", re.DOTALL)
_FILE_NAME = re.compile(
    r"\.(?:avif|gif|jpe?g|png|svg|tiff?|webp)$|_|^(?:img|dsc)\W?\d", re.IGNORECASE
)
_SAYS_NOTHING = re.compile(
    r"(?:click |tap |see |read )?(?:here|this|more|link|this (?:link|page|article|site))\W*"
    r"|learn more\W*|https?://\S+|www\.\S+",
    re.IGNORECASE,
)
_SELF_HARM = re.compile(
    r"\bsuicid\w*|\bself[- ]?(?:harm|injur)\w*|\b(?:kill|hurt|harm|cut)(?:s|ting|ing)? "
    r"(?:yourself|oneself|himself|herself|themselves|themself|myself)\b|\boverdos\w*"
    r"|\bend(?:s|ing)? (?:your|one's|one’s|his|her|their|my) (?:own )?li(?:fe|ves)\b",
    re.IGNORECASE,
)


def look_at_wording(entry: EntryText) -> Iterator[Finding]:
    """Yield what an editor should look at in the text, its headings, links and pictures."""
    yield from _headings(entry)
    for _, words in entry.links:
        if _SAYS_NOTHING.fullmatch(words):
            yield Finding("link_text", f"“{words}”")
    for text in entry.pictures:
        if text and _FILE_NAME.search(text):
            yield Finding("picture_text", f"“{text}”")
    for passage in entry.passages:
        yield from _long_sentences(passage)


def speaks_of_self_harm(text: str) -> str:
    """Return the first words of `text` that speak of self-harm or suicide; "" where none do."""
    found = _SELF_HARM.search(text)
    return found.group() if found else ""


def _headings(entry: EntryText) -> Iterator[Finding]:
    above = 1
    for level, words in entry.headings:
        if level > above + 1:
            yield Finding("heading_order", f"“{words}”")
        above = level


def _long_sentences(passage: str) -> Iterator[Finding]:
    for match in _SENTENCE.finditer(passage):
        words = match.group().split()
        if len(words) > LONGEST_SENTENCE:
            yield Finding("long_sentence", f"“{' '.join(words[:8])} …” has {len(words)} words")
