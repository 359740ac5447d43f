"""The authors of a source, one by one."""

import re

# "S. L.", "JK", "J.-P.", also after a full given name: "John M."
_INITIALS = re.compile(r"(?:[^\W\d_]\.[\s-]*)+(?:,?\s*(?:Jr|Sr|I{2,3}|IV)\.?)?$|[A-Z]{1,3}$")
_GIVEN = re.compile(r"(?:[A-Z][^\W\d_]+\.?)(?:[\s-](?:[A-Z]\.|[A-Z][^\W\d_]+))?$")
# A full stop that belongs to the last word: an initial, "al.", "Jr.", "(Ed.)".
_ENDS_SHORT = re.compile(r"(?:\b[A-Z]|\bal|\b[JS]r|\bEds?|\bInc)\.$")
_SUFFIX = re.compile(r"(?:Jr|Sr|I{2,3}|IV)\.?$")
_CONJUNCTION = re.compile(r"\s*(?:,\s*)?(?:&|\band\b)\s+", re.IGNORECASE)
_ORGANIZATION = re.compile(
    r"\b(?:association|society|institutes?|centers?|centre|department|ministry|organi[sz]ation|"
    r"academy|council|university|college|foundation|office|administration|clinic|service|"
    r"commission|committee|group|network|board|agency|hospital|team|staff|library)\b",
    re.IGNORECASE,
)


def split_authors(text: str) -> tuple[str, ...]:
    """Return the people and organisations in `text`, family names first where they stood so.

    Understands "Beck, A. T., & Emery, G.", "Smith J, Doe A", "Smith, John, and Jane Doe"
    and names of organisations. Every word of `text` but "and" is in the result.
    """
    text = text.strip().strip(",;:").strip()
    if text.endswith(".") and not _ENDS_SHORT.search(text):
        text = text.removesuffix(".")
    if not text:
        return ()
    if is_organization(text) and not re.search(r",\s*[A-Z]\.", text):
        return (text,)
    if ";" in text:
        return tuple(part.strip() for part in text.split(";") if part.strip())
    parts = [part.strip() for part in _CONJUNCTION.sub(", ", text).split(",") if part.strip()]
    return tuple(_paired(parts))


def is_organization(name: str) -> bool:
    """Say whether `name` has a word that organisations have in theirs."""
    return bool(_ORGANIZATION.search(name))


def _paired(parts: list[str]) -> list[str]:
    """Join each family name with the initials or given name that follow it.

    Single words come in pairs of family and given name, or they are all family names.
    """
    in_pairs = sum(" " not in part for part in parts) % 2 == 0
    people: list[str] = []
    for part in parts:
        awaits = bool(people) and "," not in people[-1] and not _has_initials(people[-1])
        given = in_pairs and awaits and _GIVEN.match(part) and " " not in people[-1]
        if (awaits and _INITIALS.match(part)) or given or (people and _SUFFIX.match(part)):
            people[-1] += f", {part}"
        else:
            people.append(part)
    return people


def _has_initials(name: str) -> bool:
    """Say whether `name` brings its initials without a comma: "Smith JA"."""
    words = name.split()
    return len(words) > 1 and bool(re.fullmatch(r"[A-Z]{1,3}", words[-1]))
