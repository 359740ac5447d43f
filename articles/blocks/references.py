"""References: the sources of a page, field by field, shown as numbered notes."""

import re
from dataclasses import fields
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.safestring import SafeString, mark_safe
from wagtail import blocks

from articles.references import KINDS, ParsedReference, apa_html, parse_reference

_DOI_ADDRESS = re.compile(r"^(?:https?://)?(?:dx\.)?doi\.org/|^doi:\s*", re.IGNORECASE)
_NUMBER = re.compile(r"^\[?\d{1,3}[\].)]\s+")  # the page numbers its references itself
_DOI = re.compile(r"10\.\d{4,9}/\S+$")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+$")

_WITHIN = {
    "chapter": "Name the book that the chapter is in.",
    "talk": "Name the conference or the event where the talk was given.",
}


def reference_fields(text: str) -> dict[str, str]:
    """Return the fields of a reference block for `text`, one reference as it was typed."""
    parsed = parse_reference(_NUMBER.sub("", text))
    values = {field.name: getattr(parsed, field.name) for field in fields(ParsedReference)}
    return values | {"authors": "\n".join(parsed.authors), "original": text}


class ReferenceValue(blocks.StructValue):
    """Knows how a reference is written and where it leads."""

    @property
    def author_list(self) -> list[str]:
        """The authors, one by one."""
        return [line.strip() for line in self["authors"].splitlines() if line.strip()]

    @property
    def apa(self) -> SafeString:
        """The reference in APA style, without its DOI, address and note."""
        names = (field.name for field in fields(ParsedReference) if field.name != "authors")
        values = {name: self.get(name) or "" for name in names}
        parsed = ParsedReference(**values, authors=tuple(self.author_list))
        return mark_safe(apa_html(parsed))  # noqa: S308  (escaped there)

    @property
    def href(self) -> str:
        """Where the source can be found, by its DOI if it has one. May be empty."""
        if self["doi"]:
            return f"https://doi.org/{self['doi']}"
        return re.sub(r"^www\.", "https://www.", self["url"])

    @property
    def is_taken_apart(self) -> bool:
        """Whether the fields say enough to write the reference from them."""
        return bool(self["title"])


class ReferenceBlock(blocks.StructBlock):
    """One source."""

    kind = blocks.ChoiceBlock(choices=KINDS, default="article")
    authors = blocks.TextBlock(
        required=False,
        rows=3,
        help_text="One a line, family name first: Beck, A. T. Organizations as they are called.",
    )
    year = blocks.CharBlock(required=False, max_length=20, help_text="Or n.d. if there is none.")
    date = blocks.CharBlock(
        required=False, max_length=40, label="Month and day", help_text="For web pages: June 25."
    )
    title = blocks.TextBlock(required=False, rows=2)
    container = blocks.TextBlock(
        required=False, rows=1, label="In", help_text="The journal, book, web site or conference."
    )
    editors = blocks.TextBlock(required=False, rows=1, help_text="Of the book, for a chapter.")
    volume = blocks.CharBlock(required=False, max_length=40)
    issue = blocks.CharBlock(required=False, max_length=40)
    pages = blocks.CharBlock(required=False, max_length=60)
    publisher = blocks.TextBlock(required=False, rows=1)
    edition = blocks.CharBlock(
        required=False, max_length=40, help_text="For a book after its first edition: 2nd."
    )
    number = blocks.CharBlock(required=False, max_length=60, help_text="Of a report.")
    form = blocks.CharBlock(
        required=False,
        max_length=80,
        label="What it is called",
        help_text="For a report or a talk: Technical report, Keynote address, Poster.",
    )
    place = blocks.CharBlock(
        required=False, max_length=120, help_text="Where the talk was given: city and state."
    )
    doi = blocks.CharBlock(
        required=False,
        label="DOI",
        help_text="Begins with 10. A whole https://doi.org address may be pasted too.",
    )
    url = blocks.CharBlock(required=False, label="Address", help_text="Only where there is no DOI.")
    note = blocks.TextBlock(
        required=False, rows=1, help_text="Anything else the reader needs to find the source."
    )
    original = blocks.TextBlock(
        required=False,
        rows=3,
        label="As it was typed",
        help_text="Paste a whole reference here and leave the fields empty: saving fills them.",
    )

    class Meta:
        icon = "doc-full"
        value_class = ReferenceValue
        label_format = "{authors} ({year}) {title}"
        form_layout = blocks.BlockGroup(
            children=[
                "original",
                "kind",
                "authors",
                "year",
                "date",
                "title",
                "container",
                "volume",
                "issue",
                "pages",
                "doi",
                "url",
            ],
            settings=["editors", "publisher", "edition", "number", "form", "place", "note"],
        )

    def clean(self, value: dict[str, Any]) -> ReferenceValue:
        """Fill the fields from a pasted reference, and keep a DOI bare.

        Refuses an empty reference, a DOI that is none and an address that is none, but only where
        more than a draft is saved.
        """
        cleaned = super().clean(value)
        known = ("authors", "title", "doi", "url")
        if cleaned["original"] and not any(cleaned[name] for name in known):
            cleaned.update(reference_fields(cleaned["original"]))
        cleaned["doi"] = _DOI_ADDRESS.sub("", cleaned["doi"].strip())
        errors = {} if self.is_deferred_validation else _errors(cleaned)
        if errors:
            raise blocks.StructBlockValidationError(block_errors=errors)
        return cleaned


def _errors(reference: ReferenceValue) -> dict[str, ValidationError]:
    """Return what is wrong with the fields of a reference that is to be published."""
    errors = {}
    if reference["doi"] and not _DOI.match(reference["doi"]):
        errors["doi"] = ValidationError("A DOI looks like 10.1000/182.")
    if reference["url"] and not _ADDRESS.match(reference["url"]):
        errors["url"] = ValidationError("An address begins with https://.")
    if not any(reference[name] for name in ("authors", "title", "doi", "url", "original")):
        errors["title"] = ValidationError("Write the title, or paste the whole reference.")
    if reference["kind"] in _WITHIN and not reference["container"] and not reference["original"]:
        errors["container"] = ValidationError(_WITHIN[reference["kind"]])
    return errors


class ReferencesBlock(blocks.StructBlock):
    """The sources of a page, in the order of their numbers."""

    heading = blocks.CharBlock(required=False, max_length=200, default="References")
    references = blocks.ListBlock(ReferenceBlock(), min_num=1)

    class Meta:
        icon = "list-ol"
        template = "articles/blocks/references_block.html"
        preview_template = "articles/block_preview.html"
        label_format = "{heading}"
        description = "The sources of the page as numbered notes, with links by DOI or address."
        preview_value = {
            "heading": "References",
            "references": [
                {
                    "kind": "article",
                    "authors": "Borkovec, T. D.\nRobinson, E.\nPruzinsky, T.\nDePree, J. A.",
                    "year": "1983",
                    "date": "",
                    "title": "Preliminary exploration of worry: Some characteristics and processes",
                    "container": "Behaviour Research and Therapy",
                    "editors": "",
                    "volume": "21",
                    "issue": "1",
                    "pages": "9–16",
                    "publisher": "",
                    "edition": "",
                    "number": "",
                    "form": "",
                    "place": "",
                    "doi": "10.1016/0005-7967(83)90121-3",
                    "url": "",
                    "note": "",
                    "original": "",
                }
            ],
        }
