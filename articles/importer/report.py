"""What an import did, for people and for programs."""

import dataclasses
from dataclasses import dataclass, field
from typing import Any

from .document import Caution, Omitted
from .errors import SourceError


@dataclass
class Report:
    """One file's import. The keys of `as_json` are a contract: see the README."""

    source: str
    title: str | None = None
    slug: str | None = None
    url: str | None = None
    created: bool = False
    words_in: int = 0
    words_kept: int = 0
    omitted: tuple[Omitted, ...] = ()
    references: list[dict[str, Any]] = field(default_factory=list)
    warnings: list[Caution] = field(default_factory=list)
    error: SourceError | None = None
    published: bool = False
    changed: bool = False

    def as_json(self) -> dict[str, Any]:
        """Return the report as plain values."""
        values = {f.name: getattr(self, f.name) for f in dataclasses.fields(self)}
        error = self.error and {"code": self.error.code, "message": self.error.message}
        return values | {
            "omitted": [dataclasses.asdict(omitted) for omitted in self.omitted],
            "warnings": [dataclasses.asdict(caution) for caution in self.warnings],
            "error": error,
        }

    def as_text(self) -> str:
        """Return the report in sentences."""
        if self.error:
            return f"{self.source}: not imported. {self.error.message}"
        state = "published" if self.published else "a draft"
        done = "made" if self.created else "brought up to date" if self.changed else "unchanged"
        lines = [
            f"{self.source}: {done}: “{self.title}” at {self.url} ({state}).",
            f"  {self.words_kept} of {self.words_in} words are on the page, "
            f"{len(self.references)} references among them.",
        ]
        lines += [f"  Left out: {o.reason}: “{_shortened(o.text)}”" for o in self.omitted]
        lines += [f"  Please look: {caution.message}" for caution in self.warnings]
        return "\n".join(lines)


def _shortened(text: str, length: int = 70) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= length else f"{plain[: length - 1]}…"
