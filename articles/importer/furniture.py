"""Tell an article's text from what a web site puts around it: buttons, greetings, footers.

Nothing here knows a sentence of any site. A passage is judged by evidence of several kinds (the
practice speaking of itself, its places, insurance and forms, stock phrases) and by the practice's
own records. A single kind of evidence is rarely enough; where the passage stands decides how much
is asked for (see `structure`).
"""

import re
from dataclasses import dataclass, field

from . import phrases

BUTTON = "a button or link of the web site"
FRAME = "a line of the web site's frame"
GREETING = "the practice introducing itself"
PLACES = "where the practice sees clients: the page makes this sentence from the records"
STARTING = "how to get started: the site has its own pages for it"
GLOSSARY = "a sentence about the glossary, not about the topic"

_SHORT = 8  # words of a button
_QUOTES = str.maketrans("’‘“”‐‑–—", "''\"\"----")


@dataclass(frozen=True)
class PracticeFacts:
    """What the records call things."""

    names: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    neighborhoods: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()  # of buttons and menus


@dataclass(frozen=True)
class Judgement:
    """How much speaks for furniture, what it would be, and whether more than a tone of voice does.

    A weight of 2 is a hint, of 4 a certainty. A passage is mixed where most of it speaks of
    something else: it stays, and an editor is told.
    """

    weight: int = 0
    reason: str = ""
    is_specific: bool = False
    is_mixed: bool = False


@dataclass(frozen=True)
class Judge:
    """Judges passages of one article."""

    facts: PracticeFacts = field(default_factory=PracticeFacts)
    own_names: tuple[str, ...] = ()  # how the article itself calls the practice

    def judge(self, text: str) -> Judgement:
        """Return what speaks for `text` being the site's and not the article's."""
        plain = _plain(text)
        if phrases.CRISIS.search(plain):
            return Judgement()
        if len(plain.split()) <= _SHORT and self._is_button(plain):
            return Judgement(4, BUTTON, is_specific=True)
        weights = {
            FRAME: 4 if self._is_frame(plain) else 0,
            GREETING: self._greeting(plain),
            PLACES: self._places(plain),
            STARTING: _starting(plain),
            GLOSSARY: 4 if len(plain.split()) <= 60 and phrases.GLOSSARY.search(plain) else 0,
        }
        reason = max(weights, key=weights.__getitem__)
        specific = any(weights[kind] for kind in weights if kind != GREETING)
        said = _count(phrases.STOCK_PHRASES, plain)
        weight = sum(weights.values())
        if weight and not self._is_mostly_ours(plain):
            return Judgement(is_mixed=weight > 1)
        return Judgement(weight, reason, specific or said > 1)

    def _is_mostly_ours(self, plain: str) -> bool:
        """Say whether at least half of the words stand in sentences that speak of the practice."""
        sentences = phrases.SENTENCE_END.split(plain)
        words = [len(sentence.split()) for sentence in sentences]
        ours = [self._speaks_of_practice(sentence) for sentence in sentences]
        return 2 * sum(n for n, about in zip(words, ours, strict=True) if about) >= sum(words)

    def _speaks_of_practice(self, sentence: str) -> bool:
        patterns = (phrases.VOICE, phrases.INVITATION, phrases.GLOSSARY, phrases.FRAME)
        return (
            any(pattern.search(sentence) for pattern in patterns)
            or bool(_count(phrases.STARTING, sentence) or _count(phrases.LOCATIONS, sentence))
            or self._greeting(sentence) > 0
            or self._places(sentence) > 0
        )

    def _is_button(self, plain: str) -> bool:
        bare = plain.strip(" !.>»→|<«←[]()*")
        return bare in map(_plain, self.facts.labels) or any(
            pattern.match(bare) for pattern in phrases.BUTTONS
        )

    def _is_frame(self, plain: str) -> bool:
        names = map(_plain, (*self.facts.names, *self.own_names))
        short = len(plain.split()) <= 2 * _SHORT
        return plain in names or bool(short and phrases.FRAME.search(plain))

    def _greeting(self, plain: str) -> int:
        """Weigh the practice's voice: its name, "we offer", stock phrases, its methods."""
        ours = bool(phrases.OURS.search(plain))
        names = (*self.facts.names, *self.own_names)
        named = any(_plain(name) in plain for name in names if name)
        said = _count(phrases.STOCK_PHRASES, plain)
        methods = _count(phrases.METHODS, plain)
        return (
            named
            + (named and ours)
            + 2 * bool(phrases.VOICE.search(plain) and phrases.READER.search(plain))
            + (ours and said > 0)
            + 2 * (ours and methods >= 3)
        )

    def _places(self, plain: str) -> int:
        """Weigh names of places together with talk of offices and online sessions."""
        facts = self.facts
        everywhere = {_plain(name) for name in (*facts.offices, *facts.areas, *facts.neighborhoods)}
        names = sum(name in plain for name in everywhere if name)
        said = _count(phrases.LOCATIONS, plain)
        if (names >= 4 and said) or names >= 6:
            return 4
        ours = bool(phrases.OURS.search(plain))
        if (names >= 2 and said) or (ours and said >= 3):
            return 3
        return 2 if ours and said and (names or said > 1) else 0


def invites(text: str) -> bool:
    """Say whether `text` speaks for the practice or asks the reader to do something there."""
    plain = _plain(text)
    return bool(phrases.OURS.search(plain) or phrases.INVITATION.search(plain))


def names_in(texts: list[str]) -> tuple[str, ...]:
    """Return the names by which a practice speaks of itself: "At Sample Therapy, we …"."""
    found = (phrases.OWN_NAME.finditer(text) for text in texts)
    return tuple({match[1] for matches in found for match in matches})


def _starting(plain: str) -> int:
    """Weigh insurance, forms and waitlists. Only a practice that says "us" describes its own."""
    terms = _count(phrases.STARTING, plain)
    invites = 2 * bool(phrases.INVITATION.search(plain))
    if not phrases.OURS.search(plain):
        return min(2, max(0, terms - 2) + invites)
    return invites + (min(terms, 4) if terms > 1 else 0)


def _plain(text: str) -> str:
    """Return `text` in lower case with straight quotes and single spaces."""
    return " ".join(text.casefold().translate(_QUOTES).split())


def _count(patterns: tuple[re.Pattern[str], ...], plain: str) -> int:
    return sum(bool(pattern.search(plain)) for pattern in patterns)
