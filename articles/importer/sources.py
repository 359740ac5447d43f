"""From a path to the pieces of an article: limits, encodings, and one reader per format."""

import codecs
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from .document import Caution, Piece
from .errors import SourceError
from .text import read_text

MAX_BYTES = 2 * 1024 * 1024
MAX_PARTS = 3000  # paragraphs, headings and list items; more could not be edited as one page
# What a file must not begin with, and what to tell the person who has it.
_OTHER_FORMATS = (
    (b"PK\x03\x04", "a Word or other office file"),
    (b"\xd0\xcf\x11\xe0", "an old Word file"),
    (b"%PDF", "a PDF"),
    (b"{\\rtf", "a rich text file"),
    (b"<!doctype html", "a web page"),
    (b"<html", "a web page"),
)
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

Reader = Callable[[str], list[Piece]]
# A further format is a further entry: its reader hands over the same pieces.
READERS: dict[str, Reader] = {"text": read_text}


@dataclass(frozen=True)
class Source:
    """A file that was read: its name and digest, its pieces, and what to know about it."""

    name: str
    digest: str
    pieces: tuple[Piece, ...]
    warnings: tuple[Caution, ...] = ()


def read_source(path: Path) -> Source:
    """Read the file at `path`, at most 2 MB. Raises SourceError with what to do about it."""
    data = _load(path)
    text, warnings = decode(data)
    pieces = READERS["text"](text)
    if not pieces:
        raise SourceError("empty", "There is no text in this file.")
    if sum(1 + piece.text.count("\n") for piece in pieces) > MAX_PARTS:
        raise SourceError(
            "too_long",
            "The file has more than 3,000 paragraphs and list items, too many for one page. Is it "
            "the right file? If so, split it into several.",
        )
    return Source(path.name, hashlib.sha256(data).hexdigest(), tuple(pieces), warnings)


def decode(data: bytes) -> tuple[str, tuple[Caution, ...]]:
    """Return the text in `data`, with a warning where its encoding had to be guessed.

    Raises SourceError for what is no plain text.
    """
    _refuse_other_formats(data)
    marked = (encoding for mark, encoding in _BYTE_ORDER_MARKS if data.startswith(mark))
    encoding = next(marked, "utf-8")
    guessed: tuple[Caution, ...] = ()
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text, guessed = _decode_windows(data), (_GUESSED,)
    if _is_binary(text):
        raise _not_text("it holds data that is no text")
    return text, guessed


_GUESSED = Caution(
    "encoding_guessed",
    "The file is not in UTF-8. It was read as Windows text (cp1252): look at quotation marks, "
    "dashes and accented letters.",
)


def _load(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise SourceError("not_a_file", "This is a folder. Name the files in it one by one.")
        if not path.exists():
            raise SourceError("not_found", "There is no such file. Check its name and folder.")
        if not path.is_file():
            raise SourceError("not_a_file", "This is a device or a pipe. Name a file.")
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise SourceError("unreadable", "The file can't be opened for reading.") from error
    if len(data) > MAX_BYTES:
        raise SourceError(
            "too_large",
            "The file is larger than 2 MB, the limit for one article. Is it the right file? "
            "If so, split it into several.",
        )
    if not data.strip(b" \t\r\n\x0b\x0c\x00"):
        raise SourceError("empty", "There is no text in this file.")
    return data


def _refuse_other_formats(data: bytes) -> None:
    start = data[:200].removeprefix(codecs.BOM_UTF8).lstrip().lower()
    for signature, name in _OTHER_FORMATS:
        if start.startswith(signature.lower()):
            raise _not_text(f"it is {name}")


def _decode_windows(data: bytes) -> str:
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise _not_text("its characters can't be read") from error


def _is_binary(text: str) -> bool:
    """Say whether `text` holds what no text does: NUL, or many other control characters."""
    controls = sum(c < " " and not c.isspace() for c in text) + text.count("\x7f")
    return "\x00" in text or controls > len(text) / 100


def _not_text(why: str) -> SourceError:
    return SourceError(
        "not_text",
        f"This is not a plain text file: {why}. Save the article as plain text (.txt, UTF-8) "
        "and import that.",
    )
