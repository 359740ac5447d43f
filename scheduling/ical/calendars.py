"""What holds for a whole calendar of a body: its zones, and whose it is."""

import re
from collections.abc import Callable, Iterable

from .properties import Property
from .values import DAY, Stamp, parse_stamp
from .vtimezones import Definitions
from .zone_names import by_common_name, by_iana_name, by_offset, plain
from .zones import UTC, Fixed, Zone

__all__ = ["Calendar", "Doubt", "Moment", "owner_named"]

# Told of what was not understood: a code, a sentence, and the name of the property.
Doubt = Callable[[str, str, str], None]

_ADDRESS = re.compile(r"[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+")


class Moment:
    """A point in time as a calendar writes it: wall time in a zone, or a whole day."""

    __slots__ = ("is_date", "local", "utc", "zone")

    def __init__(self, local: int, zone: Zone, *, is_date: bool = False) -> None:
        self.local = local
        self.zone = zone
        self.is_date = is_date
        self.utc = zone.to_utc(local)


class Calendar:
    """One VCALENDAR: how it reads times, and whose it is.

    `definitions` are the zones of the body's own. `doubt` is told, each time, of a zone's name
    that is not known. `floating` is the name of the zone for times without one (X-WR-TIMEZONE),
    and `owner` the addresses whose refusals count, with commas or spaces between them.
    """

    def __init__(
        self,
        default: Zone,
        definitions: Definitions,
        doubt: Doubt,
        *,
        floating: str = "",
        owner: str = "",
    ) -> None:
        self.default = default
        addresses = re.split(r"[\s,;]+", owner.lower())
        self.owners = frozenset(each.removeprefix("mailto:") for each in addresses if each)
        self._definitions = definitions
        self._doubt = doubt
        self._known: dict[str, tuple[Zone, str, str]] = {}
        self.floating = self.zone(floating, "") if floating else default

    def zone(self, name: str, where: str) -> Zone:
        """Return the zone that a TZID means; the default zone, with a warning, where nobody knows.

        An IANA name comes first, then the body's own definition, what Windows or CLDR call it,
        an IANA name behind a vendor's prefix, and a plain distance from UTC.
        """
        if name not in self._known:
            self._known[name] = self._find(plain(name))
        zone, code, message = self._known[name]
        if message:
            self._doubt(code, message, where)
        return zone

    def _find(self, name: str) -> tuple[Zone, str, str]:
        zone = by_iana_name(name)
        if zone is not None:
            return zone, "", ""
        zone, problem = self._definitions.get(name)
        if zone is not None:
            return zone, "bad_vtimezone", problem
        zone = by_common_name(name)
        if zone is not None:
            return zone, "", ""
        zone, shown = by_offset(name), name[:40]
        if zone is not None:
            message = f"The time zone “{shown}” is only a distance from UTC, without summer time."
            return zone, "unknown_timezone", message
        message = f"The time zone “{shown}” is not known; the therapist's own is used."
        return self.default, "unknown_timezone", message

    def moment(self, each: Property, text: str | None = None, beside: Zone | None = None) -> Moment:
        """Read a time in its zone: its own, that of the time `beside` it, or the floating one.

        Raises `ValueError` where it cannot be read. Days are days of the default zone, whatever
        TZID they carry (section 3.2.19 knows none for them).
        """
        stamp = parse_stamp(each.value if text is None else text)
        midnight = stamp.local - stamp.local % DAY
        # Some write VALUE=DATE and then a time: the time counts, unless it is a midnight.
        is_called_date = each.parameters.get("VALUE", "").upper() == "DATE"
        if stamp.is_date or (is_called_date and stamp.local == midnight):
            return Moment(midnight, self.default, is_date=True)
        return Moment(stamp.local, self._zone_of(stamp, each, beside))

    def _zone_of(self, stamp: Stamp, each: Property, beside: Zone | None) -> Zone:
        if stamp.offset is not None:
            return Fixed(stamp.offset) if stamp.offset else UTC
        name = each.parameters.get("TZID", "").strip()
        return self.zone(name, each.name) if name else beside or self.floating


def owner_named(names: Iterable[str]) -> str:
    """Return the address that a calendar has for its name, as Google's main calendars do."""
    return next((name for name in names if _ADDRESS.fullmatch(name.strip())), "")
