"""From the pieces of a file to an article: its title, what was left out, takeaways, references."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from . import furniture, sections
from .document import (
    Caution,
    Document,
    Element,
    Heading,
    ItemList,
    Omitted,
    Paragraph,
    Piece,
    Placeholder,
    count_words,
)

_TITLE_WORDS = 18
_TITLE_LENGTH = 160
_BEGINNING = 8  # words of a passage that tell an editor which one is meant
# How much evidence is asked for, by where a passage stands.
_AROUND, _BEFORE, _WITHIN = 2, 3, 4
_EMPTY_HEADING = "the heading of a part that was left out"
_REPEATED = "the title a second time"


def parse_document(
    pieces: Sequence[Piece], facts: furniture.PracticeFacts, *, fallback_title: str
) -> Document:
    """Return the article in `pieces`. Each word is in its title, in an element, or omitted.

    `fallback_title` is used, with a warning, where the text begins without a title.
    """
    sorted_out = _SortedOut(list(pieces), facts)
    sorted_out.find_title()
    sorted_out.leave_out()
    cautions: list[Caution] = []
    title = sorted_out.title
    if not title:
        cautions.append(
            Caution("no_title", "The text begins without a title. The file's name was used.")
        )
    elif title[0].islower():
        cautions.append(
            Caution("title_in_small_letters", "The title begins with a small letter: is it meant?")
        )
    cautions += sorted_out.cautions()
    elements, found = sections.arrange(sorted_out.kept())
    return Document(
        title=title or fallback_title,
        elements=tuple(elements),
        omitted=sorted_out.omitted(),
        warnings=(*cautions, *found),
        title_is_from_text=bool(title),
    )


@dataclass
class _SortedOut:
    """The pieces of a file, and for each the reason for which it is left out, if any."""

    pieces: list[Piece]
    facts: furniture.PracticeFacts
    title: str = ""
    title_index: int = -1
    site_name: str = ""  # behind the title, as in "Worry | Sample Therapy"
    reasons: list[str] = field(default_factory=list)
    judgements: list[furniture.Judgement] = field(default_factory=list)
    names: set[str] = field(default_factory=set)  # of the practice, in small letters

    def __post_init__(self) -> None:
        own = furniture.names_in([piece.text for piece in self.pieces])
        self.names = {name.casefold() for name in (*self.facts.names, *own)}
        judge = furniture.Judge(self.facts, own)
        self.reasons = [""] * len(self.pieces)
        self.judgements = [_judge(judge, piece) for piece in self.pieces]

    def find_title(self) -> None:
        """Take the first piece that is not the site's for the title, if it reads like one."""
        for index, piece in enumerate(self.pieces):
            if self.judgements[index].weight >= _BEFORE:
                continue
            if _is_title_like(piece):
                self.title, self.title_index = piece.text, index
                self._take_site_name_off()
            return

    def _take_site_name_off(self) -> None:
        title, sign, name = self.title.rpartition(" | ")
        if sign and title and name.casefold() in self.names:
            self.title, self.site_name = title, name

    def leave_out(self) -> None:
        """Find what is the site's: before the article, after it, and pasted in between."""
        self._leave_out_within()
        self._leave_out_before()
        self._leave_out_after()
        self._leave_out_headings()

    def kept(self) -> list[Element]:
        """Return what stays, and at the end placeholders for what the site shows of its own."""
        kept: list[Element] = [
            piece
            for index, piece in enumerate(self.pieces)
            if not self.reasons[index] and index != self.title_index
        ]
        if furniture.PLACES in self.reasons:
            kept.append(Placeholder("where_we_see_clients"))
        if furniture.BUTTON in self.reasons:
            kept.append(Placeholder("call_to_action"))
        return kept

    def omitted(self) -> tuple[Omitted, ...]:
        """Return what is left out, in the order of the file; the site's name in the title first."""
        pairs = zip(self.pieces, self.reasons, strict=True)
        omitted = [Omitted(piece.text, reason) for piece, reason in pairs if reason]
        name = [Omitted(self.site_name, furniture.FRAME)] if self.site_name else []
        return (*name, *omitted)

    def cautions(self) -> Iterator[Caution]:
        """Name the passages that stay although they speak of the practice too."""
        for piece, judgement in zip(self.pieces, self.judgements, strict=True):
            if judgement.is_mixed:
                beginning = " ".join(piece.text.split()[:_BEGINNING])
                yield Caution(
                    "speaks_of_practice",
                    f"A passage of the article speaks of the practice too: “{beginning} …”",
                )

    def _leave_out_within(self) -> None:
        for index, judgement in enumerate(self.judgements):
            if index != self.title_index and judgement.weight >= _WITHIN and judgement.is_specific:
                self.reasons[index] = judgement.reason

    def _leave_out_before(self) -> None:
        for index, piece in enumerate(self.pieces):
            if index == self.title_index:
                continue
            if index > self.title_index and piece.text.casefold() == self.title.casefold():
                self.reasons[index] = _REPEATED
            elif not self.reasons[index]:
                if self.judgements[index].weight < _BEFORE:
                    return
                self.reasons[index] = self.judgements[index].reason

    def _leave_out_after(self) -> None:
        """Go back from the end while there is evidence; text under a heading of its own stays."""
        last_reference = self._last_reference()
        for index in range(len(self.pieces) - 1, self.title_index, -1):
            if self.reasons[index]:
                continue
            after_references = last_reference is not None and index > last_reference
            enough = self.judgements[index].weight >= _AROUND
            if enough and (after_references or not self._is_first_under_heading(index)):
                self.reasons[index] = self.judgements[index].reason
            elif not after_references and not self._heads_nothing(index):
                return

    def _last_reference(self) -> int | None:
        label = next(
            (i for i, piece in enumerate(self.pieces) if sections.is_references_label(piece.text)),
            None,
        )
        if label is None:
            return None
        last = label
        for index in range(label + 1, len(self.pieces)):
            piece = self.pieces[index]
            is_first_list = index == label + 1 and isinstance(piece, ItemList)
            if not self.reasons[index] and (is_first_list or sections.is_source(piece)):
                last = index
        return last

    def _is_first_under_heading(self, index: int) -> bool:
        before = self.pieces[index - 1] if index else None
        return isinstance(before, Heading) and self.judgements[index - 1].weight < _AROUND

    def _heads_nothing(self, index: int) -> bool:
        """Say whether the piece is a heading and all below it is left out."""
        if not isinstance(self.pieces[index], Heading) or index == self.title_index:
            return False
        below = self._below(index)
        return bool(below) and all(self.reasons[i] for i in below)

    def _below(self, index: int) -> list[int]:
        below: list[int] = []
        for following in range(index + 1, len(self.pieces)):
            if isinstance(self.pieces[following], Heading) and not self.reasons[following]:
                break
            below.append(following)
        return below

    def _leave_out_headings(self) -> None:
        for index in range(len(self.pieces) - 1, -1, -1):
            if not self.reasons[index] and self._heads_nothing(index):
                self.reasons[index] = _EMPTY_HEADING


def _judge(judge: furniture.Judge, piece: Piece) -> furniture.Judgement:
    """Judge a piece; a source is never the site's, unless it invites to something of ours."""
    if sections.is_source(piece) and not furniture.invites(piece.text):
        return furniture.Judgement()
    return judge.judge(piece.text)


def _is_title_like(piece: Piece) -> bool:
    text = piece.text
    if isinstance(piece, ItemList) or len(text) > _TITLE_LENGTH:
        return False
    if isinstance(piece, Paragraph) and text[-1] in ".:;,":
        return False
    return 0 < count_words(text) <= _TITLE_WORDS
