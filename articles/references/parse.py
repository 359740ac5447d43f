"""One reference as people type it, taken apart.

The forms understood: APA (https://apastyle.apa.org/style-grammar-guidelines/references), the
numbered style of medical journals (https://www.nlm.nih.gov/bsd/uniform_requirements.html), MLA with
a title in quotation marks, and a bare title with an address.
"""

import re
from dataclasses import replace

from .authors import split_authors
from .types import ParsedReference

_DOI = re.compile(
    r"(?:https?://)?(?:dx\.)?doi\.org/(10\.\d{4,9}/\S+)|\bdoi:?\s*(10\.\d{4,9}/\S+)"
    r"|(?<![\w/.])(10\.\d{4,9}/\S+)",
    re.IGNORECASE,
)
_URL = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_YEAR = r"(?:1[5-9]|20)\d\d"
_DATE = re.compile(
    rf"\(\s*(?P<year>{_YEAR}[a-z]?(?:\s*[/–-]\s*{_YEAR})?|n\.\s?d\.|in press|forthcoming)"
    r"(?:,\s*(?P<date>[^()]{1,40}))?\s*\)",
    re.IGNORECASE,
)
_VOLUME = re.compile(
    r",\s*(?P<volume>\d{1,4})\s*(?:\((?P<issue>[^()]{1,30})\))?"
    r"(?:\s*[,:]\s*(?P<pages>(?:pp?\.\s*)?[A-Za-z]?\d[\w–—.-]{0,40}|Article\s+\w{1,20}))?\s*\.?$"
)
_NUMBERED = re.compile(
    rf"(?P<year>{_YEAR})(?:\s+(?P<date>[A-Z][a-z]{{2,8}}(?:\s+\d{{1,2}})?))?"
    r"\s*;\s*(?P<volume>\d{1,6})"
    r"(?:\((?P<issue>[^()]{1,40})\))?(?:\s*:\s*(?P<pages>[\w–-]{1,40}))?\.?"
)
_QUOTED = re.compile(r"[“\"](?P<title>.{3,300}?)[.,]?[”\"][.,]?\s*")
_SENTENCE_END = re.compile(r"(?<=[.?!”\"\])])\s+(?=[“\"A-Z0-9À-Þ(])")
_ABBREVIATION = re.compile(
    r"(?:\b[A-Za-z]|\b(?:vs|Dr|Mr|Mrs|Ms|St|Vol|No|pp|eds?|Inc|al|cf|Rev|Suppl)|\bVol\. \d+)\.$"
)
_PUBLISHER = re.compile(
    r"\b(?:Press|Publish\w*|Books?|Guilford|Wiley|Springer|Routledge|Norton|Elsevier|Penguin|Sage|"
    r"Academic|Harper\w*|Crown|Oxford|Cambridge|Houghton|Basic)\b"
)
_BOOK_PAGES = re.compile(r",?\s*\bpp?\.\s*([\w–-]{1,40})")
_EDITION = re.compile(r"\([^()]*\bed\.[^()]*\)")
_RETRIEVED = re.compile(
    r"(?:^|(?<=[.)]))\s*(?:Retrieved|Accessed|Available)\b[^.]*$", re.IGNORECASE
)
# Words that only say what the field beside them is.
_LABEL = re.compile(
    r"(?:and|at|by|dx|doi|eds?|from|https?|in|issue|no|number|online|org|p|pages?|pp|the|vol|"
    r"volume|www)$",
    re.IGNORECASE,
)


def parse_reference(text: str) -> ParsedReference:
    """Return what `text`, one reference, says. Words that fit no field end up in `note`."""
    original = " ".join(text.split())
    rest, doi = _take(_DOI, original)
    rest, url = _take(_URL, rest)
    rest = _RETRIEVED.sub("", rest).strip(" *_") if url else rest.strip(" *_")
    for form in (_apa, _numbered_style, _quoted_style):
        parsed = form(rest)
        if parsed is not None:
            break
    else:
        parsed = _plain(rest)
    parsed = _with_kind(replace(parsed, doi=doi, url="" if doi else url))
    return replace(parsed, note=_leftover(original, parsed))


def looks_like_reference(text: str) -> bool:
    """Say whether `text` reads like an entry of a list of sources, not like a sentence."""
    if len(text) > 900:
        return False
    date = _DATE.search(text)
    return bool(
        _DOI.search(text)
        or _NUMBERED.search(text)
        or (date and date.start() < 300 and _starts_with_names(text[: date.start()]))
        or re.search(rf"[”\"].*\b{_YEAR}\b", text)
        or (_URL.search(text) and len(_URL.sub("", text)) < 250)
        or (re.match(r"[A-Z][\w’'-]+,\s+[A-Z]", text) and re.search(rf"\b{_YEAR}\b", text))
    )


def _starts_with_names(text: str) -> bool:
    """Say whether what stands before the year can be authors: names, not a running sentence."""
    words = text.split()
    small = sum(word[0].islower() for word in words)
    return (
        bool(words) and not text.rstrip().endswith((",", "?", "?.")) and small <= len(words) / 2.5
    )


def _take(pattern: re.Pattern[str], text: str) -> tuple[str, str]:
    """Cut the first match out of `text`; return what remains and the match without its ending."""
    match = pattern.search(text)
    if match is None:
        return text, ""
    found = next((group for group in match.groups() if group), match.group())
    clean = found.rstrip(".,;:*_]>”\"'’")
    if clean.endswith(")") and clean.count("(") < clean.count(")"):
        clean = clean[:-1]
    if not pattern.search(clean):  # nothing but punctuation stood behind its beginning
        return text, ""
    return f"{text[: match.start()]} {text[match.end() :]}".strip(), clean


def _apa(text: str) -> ParsedReference | None:
    match = _DATE.search(text)
    if match is None:
        return None
    before, after = text[: match.start()].strip(), text[match.end() :].strip(" .,:")
    dated = ParsedReference(year=match["year"], date=(match["date"] or "").strip())
    if not _starts_with_names(before) or not after:  # "Title. (2020). Site."
        title, container = _first_sentence(before)
        return replace(dated, title=title, container=container.strip(" .") or after)
    title, source = _first_sentence(after)
    return _with_source(replace(dated, authors=split_authors(before), title=title), source)


def _with_source(parsed: ParsedReference, source: str) -> ParsedReference:
    """Add what stands after the title: a journal, a book with its editors, a site, a publisher."""
    volume = _VOLUME.search(source)
    if volume is not None:
        return replace(
            parsed,
            container=source[: volume.start()].strip(" .,*_"),
            volume=volume["volume"],
            issue=volume["issue"] or "",
            pages=(volume["pages"] or "").rstrip("."),
        )
    book = re.match(r"In:?\s+(?:(?P<editors>.+?\(Eds?\.\)),?\s+)?(?P<book>.+)", source)
    if book is not None:
        title, publisher = _first_sentence(book["book"])
        pages = _BOOK_PAGES.search(title)
        title = _BOOK_PAGES.sub("", title, count=1)
        return replace(
            parsed,
            editors=book["editors"] or "",
            container=title.replace("()", "").strip(" .,"),
            pages=pages[1] if pages else "",
            publisher=publisher.strip(" ."),
        )
    return replace(parsed, container=source.strip(" ."))


def _numbered_style(text: str) -> ParsedReference | None:
    match = _NUMBERED.search(text)
    if match is None:
        return None
    authors, rest = _first_sentence(text[: match.start()].strip(), initials_end=True)
    title, container = _first_sentence(rest)
    if not title:
        authors, title = "", authors
    return ParsedReference(
        authors=split_authors(authors),
        title=title,
        container=container.strip(" .,"),
        **{key: value or "" for key, value in match.groupdict().items()},
    )


def _quoted_style(text: str) -> ParsedReference | None:
    match = _QUOTED.search(text)
    if match is None:
        return None
    source = text[match.end() :]
    found = {
        "volume": re.search(r"\bvol\.?\s*(\d{1,6})", source, re.IGNORECASE),
        "issue": re.search(r"\bno\.?\s*(\w{1,20})", source, re.IGNORECASE),
        "pages": re.search(r"\bpp?\.\s*([\w–-]{1,40})", source),
        "year": re.search(rf"\b({_YEAR})\b", source),
    }
    return ParsedReference(
        authors=split_authors(text[: match.start()]),
        title=match["title"],
        container=re.split(r",|\.(?:\s|$)|\(", source, maxsplit=1)[0].strip(),
        **{key: hit[1] if hit else "" for key, hit in found.items()},
    )


def _plain(text: str) -> ParsedReference:
    """Read a title, perhaps with a site or a year. Nothing tells authors from titles here."""
    title, rest = _first_sentence(text)
    authors: tuple[str, ...] = ()
    if rest and re.match(r"[A-Z][\w’'-]+,\s+[A-Z]", title) and _starts_with_names(title):
        authors = split_authors(title)
        title, rest = _first_sentence(rest)
    if not rest and re.search(r"\s[–—|-]\s", title):
        title, rest = re.split(r"\s[–—|-]\s", title, maxsplit=1)
    year = re.search(rf"\b({_YEAR})\b", rest)
    container = rest[: year.start()] if year else rest
    return ParsedReference(
        authors=authors,
        title=title.strip(" :,"),
        container=container.strip(" .,("),
        year=year[1] if year else "",
    )


def _first_sentence(text: str, *, initials_end: bool = False) -> tuple[str, str]:
    """Split `text` after its first sentence; abbreviations end none.

    With `initials_end` a name's initials do ("Smith J."), as where authors stand first.
    """
    for end in _SENTENCE_END.finditer(text):
        head = text[: end.start()]
        abbreviated = _ABBREVIATION.search(head) and not initials_end
        if not abbreviated and head.count("(") == head.count(")"):
            return head.strip(' .*_“”"'), text[end.end() :].strip(" *_")
    return text.strip(' .*_“”"'), ""


def _with_kind(parsed: ParsedReference) -> ParsedReference:
    """Name the kind of source; a book's "container" is its publisher."""
    is_book = bool(_EDITION.search(parsed.title) or _PUBLISHER.search(parsed.container))
    if parsed.volume or (parsed.doi and parsed.container and not parsed.editors and not is_book):
        return replace(parsed, kind="article")
    if parsed.editors or (parsed.pages and parsed.publisher):
        return replace(parsed, kind="chapter")
    if is_book or (parsed.container and not parsed.url):
        return replace(parsed, kind="book", container="", publisher=parsed.container)
    return replace(parsed, kind="webpage" if parsed.url else "other")


def _leftover(original: str, parsed: ParsedReference) -> str:
    """Return the words of `original` that are in no field, in their order; "vol." and such left."""
    known = _words(parsed.text())
    left = []
    for word in _words(original):
        if word in known:
            known.remove(word)
        elif not _LABEL.match(word):
            left.append(word)
    return " ".join(left)


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+(?:['’][^\W_]+)*", text)
