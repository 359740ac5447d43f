"""What is known about a source."""

from dataclasses import dataclass, fields

KINDS = (
    ("article", "Journal article"),
    ("book", "Book"),
    ("chapter", "Chapter in a book"),
    ("webpage", "Web page"),
    ("report", "Report"),
    ("talk", "Talk or poster"),
    ("other", "Other"),
)


@dataclass(frozen=True)
class ParsedReference:
    """A source, field by field. What is not known is empty.

    `authors` are written family name first ("Beck, A. T."), organisations as they are called.
    `doi` is the bare identifier ("10.1000/182"). `form` is what a report or a
    talk calls itself ("Technical report", "Poster"). `note` holds words that no other field took.
    """

    kind: str = "other"
    authors: tuple[str, ...] = ()
    year: str = ""
    date: str = ""
    title: str = ""
    container: str = ""
    editors: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    publisher: str = ""
    edition: str = ""
    number: str = ""
    form: str = ""
    place: str = ""
    doi: str = ""
    url: str = ""
    note: str = ""

    def text(self) -> str:
        """Return the values of all fields as one text, for comparing words."""
        values = (getattr(self, field.name) for field in fields(self) if field.name != "kind")
        return " ".join(" ".join(v) if isinstance(v, tuple) else v for v in values)
