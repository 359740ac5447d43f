"""Calendar files with what they mean: those beside the project, and those written for it."""

import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[3]
SHARED = PROJECT.parent / "shared" / "calendars"
OWN = PROJECT / "tests" / "calendars"


@dataclass(frozen=True)
class Case:
    """One file and its expectation, as expected.json describes it."""

    folder: Path
    entry: dict

    @property
    def id(self) -> str:
        return self.entry["id"]

    @property
    def data(self) -> bytes:
        return (self.folder / self.entry["file"]).read_bytes()

    @property
    def zone(self) -> str:
        return self.entry["default_timezone"]

    @property
    def window(self) -> tuple[dt.datetime, dt.datetime]:
        window = self.entry["window"]
        return instant(window["start"]), instant(window["end"])

    @property
    def accepted(self) -> list[list[list[str]]]:
        others = [each["busy"] for each in self.entry.get("acceptable_alternatives", ())]
        return [self.entry["expected_busy"], *others]


def instant(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text.replace("Z", "+00:00"))


def written(intervals) -> list[list[str]]:
    return [[f"{moment:%Y-%m-%dT%H:%M:%SZ}" for moment in pair] for pair in intervals]


def cases(folder: Path) -> list[Case]:
    listing = folder / "expected.json"
    if not listing.is_file():
        return []
    return [Case(folder, entry) for entry in json.loads(listing.read_text())["cases"]]
