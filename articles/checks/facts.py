"""Rules about facts that have records: what is typed may contradict them. Pure."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from .catalogue import Finding

_PRICE = re.compile(r"\$\s?\d[\d,]*(?:\.\d\d)?")
_PHONE = re.compile(r"(?<![\w/.-])(?:\+?1[\s.-]?)?\(?\d{3}\)?[\s.-]\d{3}[\s.-]\d{4}(?![\w-])")
_NEAR = 40  # characters around a name in which "office" makes it an office's


class Facts(NamedTuple):
    """What the records say that texts tend to repeat."""

    offices: tuple[str, ...] = ()
    neighborhoods: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()


def look_at_facts(text: str, facts: Facts) -> Iterator[Finding]:
    """Yield where `text` has a price, a phone number of nobody, or an office's name misspelt."""
    for name in facts.offices:
        yield from _misspelt(text, name, facts.neighborhoods)
    for price in dict.fromkeys(_PRICE.findall(text)):
        yield Finding("typed_price", f"“{price}”")
    known = {_digits(phone) for phone in facts.phones}
    for phone in dict.fromkeys(_PHONE.findall(text)):
        if _digits(phone) not in known:
            yield Finding("typed_phone", f"“{phone}”")


def _misspelt(text: str, name: str, neighborhoods: tuple[str, ...]) -> Iterator[Finding]:
    """Yield spellings of an office's name that are not the record's: "Lake View" for "Lakeview".

    A neighborhood may be called almost like an office: its name is one's own unless "office" stands
    beside it.
    """
    letters = re.findall(r"\w", name)
    if not letters:
        return
    spelling = re.compile(
        r"(?<!\w)" + r"[\s-]?".join(map(re.escape, letters)) + r"(?!\w)", re.IGNORECASE
    )
    for match in spelling.finditer(text):
        said = " ".join(match.group().split())
        around = text[max(0, match.start() - _NEAR) : match.end() + _NEAR].casefold()
        if said != name and (said not in neighborhoods or "office" in around):
            yield Finding("office_name", f"“{said}” – its record says “{name}”")


def _digits(phone: str) -> str:
    """Return the last ten digits, by which a number of the North American plan is known."""
    return "".join(filter(str.isdigit, phone))[-10:]
