"""The names of a source for CSL, taken from how our fields write them."""

import re
from collections.abc import Sequence

from .authors import is_organization, split_authors

_SUFFIX = re.compile(r",?\s+((?:Jr|Sr)\.?|I{2,3}|IV)$")
_VANCOUVER = re.compile(r"(?P<family>[^,]+)\s+(?P<initials>[A-Z]{1,3})$")
_OTHERS = re.compile(r"(?:et al\.?|and others)$", re.IGNORECASE)
_EDITORS_LABEL = re.compile(r"\s*\(?\bEds?\.?\)?$", re.IGNORECASE)
_FAMILY_FIRST = re.compile(r"[^,&]+,\s*[A-Z]\.")


def csl_name(name: str) -> dict[str, str]:
    """Return `name`, "Beck, A. T.", "Smith JA" or an organisation, as a name of CSL-JSON."""
    if _OTHERS.match(name):
        return {"literal": "et al."}
    if is_organization(name) and not re.search(r",\s*[A-Z]\.", name):
        return {"literal": name}
    suffix = _SUFFIX.search(name)
    rest = name[: suffix.start()] if suffix else name
    short = _VANCOUVER.match(rest)
    if short and not short["family"].isupper():
        family, given = short["family"], " ".join(f"{letter}." for letter in short["initials"])
    else:
        family, _, given = (part.strip() for part in rest.partition(","))
    if not family or not given:
        return {"literal": name}
    person = {"family": family, "given": given}
    return person | ({"suffix": suffix[1]} if suffix else {})


def editor_names(text: str) -> list[str]:
    """Return the editors in `text`, each with the given name first: "J. B. Smith"."""
    text = _EDITORS_LABEL.sub("", text.strip()).strip(" ,")
    if _FAMILY_FIRST.match(text):
        people = [name.partition(",") for name in split_authors(text)]
        return [f"{given.strip()} {family}".strip() for family, _, given in people]
    parts = re.split(r"\s*(?:,?\s*&|,?\s+\band\b|[,;])\s+", text)
    return [part for part in parts if part]


def ends_with_others(names: Sequence[str]) -> bool:
    """Say whether `names` end with "et al."."""
    return bool(names) and bool(_OTHERS.match(names[-1]))
