"""References: the sources of a page, field by field, shown as numbered notes."""

import re
from dataclasses import fields
from typing import Any

from django.core.exceptions import ValidationError
from wagtail import blocks

from articles.references import KINDS, ParsedReference, parse_reference

_DOI_ADDRESS = re.compile(r"^(?:https?://)?(?:dx\.)?doi\.org/|^doi:\s*", re.IGNORECASE)
_NUMBER = re.compile(r"^\[?\d{1,3}[\].)]\s+")  # the page numbers its references itself
_DOI = re.compile(r"10\.\d{4,9}/\S+$")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+$")


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
    def authors_text(self) -> str:
        """The authors as one text: "A, B., & C."."""
        *others, last = self.author_list or [""]
        text = f"{', '.join(others)}, & {last}" if others else last
        return _ended(text)

    @property
    def title_text(self) -> str:
        """The title with a mark at its end."""
        return _ended(self["title"])

    @property
    def date_text(self) -> str:
        """Year and day as they stand in parentheses."""
        return ", ".join(filter(None, (self["year"], self["date"])))

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


def _ended(text: str) -> str:
    """Return `text` with a full stop, where it has no mark of its own at the end."""
    return text if not text or text[-1] in ".?!" else f"{text}."


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
        required=False, rows=1, label="In", help_text="The journal, the book or the web site."
    )
    editors = blocks.TextBlock(required=False, rows=1, help_text="Of the book, for a chapter.")
    volume = blocks.CharBlock(required=False, max_length=40)
    issue = blocks.CharBlock(required=False, max_length=40)
    pages = blocks.CharBlock(required=False, max_length=60)
    publisher = blocks.TextBlock(required=False, rows=1)
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
            settings=["editors", "publisher", "note"],
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
                    "doi": "10.1016/0005-7967(83)90121-3",
                    "url": "",
                    "note": "",
                    "original": "",
                }
            ],
        }
