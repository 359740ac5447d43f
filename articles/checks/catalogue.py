"""Every kind of finding: what it is called, and what it does by default."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Level(StrEnum):
    """What a finding does to publishing."""

    STOP = "stop"
    WARN = "warn"
    OFF = "off"


@dataclass(frozen=True)
class Check:
    """A kind of finding: the question that editors see, what to do, and its default level."""

    code: str
    title: str
    advice: str
    level: Level = Level.WARN


@dataclass(frozen=True)
class Finding:
    """One thing to look at: its kind, and which words it is about."""

    code: str
    detail: str


CHECKS = {
    check.code: check
    for check in (
        Check(
            "definition_missing",
            "The definition in one sentence is missing",
            "Readers see it first, and so do search engines. Write it under the title.",
            Level.STOP,
        ),
        Check(
            "citation_without_reference",
            "A citation names no source in the list",
            "Add the source to the references, or correct the name or the year.",
            Level.STOP,
        ),
        Check(
            "name_with_year",
            "A name with a year may be a citation that has no source",
            "If it is one, add the source to the references.",
        ),
        Check(
            "reference_not_cited",
            "A source is never cited",
            "Cite it where the text relies on it, or take it out of the list.",
        ),
        Check(
            "doi_malformed",
            "A DOI is none",
            "It begins with 10. and has a slash, as in 10.1000/182.",
            Level.STOP,
        ),
        Check("reference_twice", "A source stands in the list twice", "Keep one of the two."),
        Check(
            "picture_text",
            "A picture's text is the name of a file",
            "Say what the picture shows to somebody who can't see it.",
            Level.STOP,
        ),
        Check(
            "heading_order",
            "A heading skips a level",
            "Begin with a main heading; put the smaller ones below one.",
        ),
        Check(
            "link_text",
            "A link doesn't say where it leads",
            "Link the words that name the target, not “here” or an address.",
        ),
        Check(
            "takeaways_missing",
            "There are no takeaways",
            "Add a list of three to five sentences that a reader should remember.",
        ),
        Check(
            "long_sentence",
            "A sentence is long",
            "Worried readers lose the thread after some thirty words. Make two of it.",
        ),
        Check(
            "office_name",
            "An office is called otherwise than in its record",
            "Write its name as the record does, or put in “Where we see clients”.",
            Level.STOP,
        ),
        Check(
            "typed_price",
            "A price is typed into the text",
            "Prices change. Lead to the page about fees, which shows them as they are.",
        ),
        Check(
            "typed_phone",
            "A phone number is typed that is in no record",
            "Leave the number to the page's footer and to the contact page.",
            Level.STOP,
        ),
        Check(
            "crisis_notice_missing",
            "The text speaks of self-harm or suicide without a crisis notice",
            "Put in the block “Crisis notice”, before the text goes into it.",
            Level.STOP,
        ),
    )
}


class Kind(NamedTuple):
    """One kind of finding, with what each finding of that kind is about."""

    check: Check
    details: list[str]


def by_check(findings: Iterable[Finding]) -> list[Kind]:
    """Return the kinds of `findings` in the order of the catalogue."""
    found = list(findings)
    return [
        Kind(check, details)
        for check in CHECKS.values()
        if (details := [each.detail for each in found if each.code == check.code])
    ]
