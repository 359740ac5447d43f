"""What producers call their zones, besides the names of the IANA data base.

Outlook and Exchange write Windows' names ("Eastern Standard Time") or what Windows shows to people
("(UTC-05:00) Eastern Time (US & Canada)"); others put a vendor and a date before an IANA name, or
write no more than a distance from UTC.
"""

import re
from functools import cache
from zoneinfo import ZoneInfoNotFoundError, available_timezones

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from .values import parse_offset
from .zones import UTC, Fixed, Zone, iana

__all__ = ["by_common_name", "by_iana_name", "by_offset", "plain"]

_LONGEST = 200
_UTC_NAMES = frozenset({"utc", "gmt", "z", "zulu", "coordinated universal time", "tzutc"})
_UTC_NAMES |= {"greenwich mean time", "universal coordinated time", "utc0"}

# What Windows shows where no city of the IANA data base stands among the words.
_SHOWN = {
    "abu dhabi, muscat": "Asia/Dubai",
    "alaska": "America/Anchorage",
    "aleutian islands": "America/Adak",
    "arizona": "America/Phoenix",
    "astana": "Asia/Almaty",
    "atlantic time (canada)": "America/Halifax",
    "azores": "Atlantic/Azores",
    "baja california": "America/Tijuana",
    "beijing, chongqing, hong kong, urumqi": "Asia/Shanghai",
    "brasilia": "America/Sao_Paulo",
    "brasília": "America/Sao_Paulo",
    "canberra, melbourne, sydney": "Australia/Sydney",
    "cape verde is.": "Atlantic/Cape_Verde",
    "central america": "America/Guatemala",
    "central time (us & canada)": "America/Chicago",
    "chennai, kolkata, mumbai, new delhi": "Asia/Kolkata",
    "eastern time (us & canada)": "America/New_York",
    "easter island": "Pacific/Easter",
    "ekaterinburg": "Asia/Yekaterinburg",
    "georgetown, la paz, manaus, san juan": "America/La_Paz",
    "greenland": "America/Nuuk",
    "haiti": "America/Port-au-Prince",
    "harare, pretoria": "Africa/Johannesburg",
    "hawaii": "Pacific/Honolulu",
    "indiana (east)": "America/Indiana/Indianapolis",
    "islamabad, karachi": "Asia/Karachi",
    "kyiv, riga, sofia, tallinn, vilnius": "Europe/Kyiv",
    "mid-atlantic": "Etc/GMT+2",
    "moscow, st. petersburg": "Europe/Moscow",
    "mountain time (us & canada)": "America/Denver",
    "newfoundland": "America/St_Johns",
    "pacific time (us & canada)": "America/Los_Angeles",
    "saskatchewan": "America/Regina",
    "solomon is., new caledonia": "Pacific/Guadalcanal",
    "west central africa": "Africa/Lagos",
}
_REGIONS = (
    "Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Brazil|Canada|Chile|Etc|"
    "Europe|Indian|Mexico|Pacific|US"
)
_EMBEDDED = re.compile(rf"(?:^|[/:_\s])((?:{_REGIONS})/[\w+/-]+)", re.IGNORECASE)
_SHOWN_OFFSET = re.compile(r"\((?:UTC|GMT)[^)]*\)\s*", re.IGNORECASE)
_ONLY_OFFSET = re.compile(
    r"\(?\s*(?:UTC|GMT)?\s*([+-])\s*(\d\d?)(?::?(\d\d))?\s*\)?", re.IGNORECASE
)
_LEADING_OFFSET = re.compile(r"\((?:UTC|GMT)\s*([+-]\d\d?:?\d\d)\)", re.IGNORECASE)


def plain(name: str) -> str:
    """Return a zone's name as it is looked for: without escapes, quotes and doubled blanks."""
    return " ".join(name.replace("\\", "").strip().strip('"').split())[:_LONGEST]


@cache
def _names() -> dict[str, str]:
    """Return all IANA names by their lower-case form."""
    return {name.lower(): name for name in available_timezones()}


@cache
def _cities() -> dict[str, str]:
    """Return the IANA name of each city that stands last in one."""
    return {
        name.rpartition("/")[2].replace("_", " ").lower(): name
        for name in sorted(available_timezones())
        if name.split("/")[0] in _REGIONS.split("|") and not name.startswith("Etc/")
    }


def by_iana_name(name: str) -> Zone | None:
    """Return the zone that the IANA data base knows by this name, whatever its letters' case."""
    if name.lower() in _UTC_NAMES:
        return UTC
    known = _names().get(name.lower().replace(" ", "_"))
    try:
        return iana(known) if known else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def by_common_name(name: str) -> Zone | None:
    """Return the zone of a Windows or CLDR name, or of an IANA name with a prefix, if it is one."""
    windows = _windows_name(name)
    if windows is not None:
        return iana(windows)
    for found in _EMBEDDED.finditer(name):
        zone = _longest_known(found[1])
        if zone is not None:
            return zone
    if "/" in name:
        return by_iana_name(name.rpartition("/")[2])
    return by_iana_name(name.replace("-", "/", 1))  # "US-Eastern", from older producers


def by_offset(name: str) -> Zone | None:
    """Return a zone that is always the distance from UTC which the name states, if it does."""
    found = _ONLY_OFFSET.fullmatch(name.strip())
    leading = _LEADING_OFFSET.match(name.strip())
    try:
        if found is not None:
            return Fixed(parse_offset(f"{found[1]}{found[2]:>02}{found[3] or '00'}"))
        return Fixed(parse_offset(leading[1])) if leading else None
    except ValueError:
        return None


def _longest_known(path: str) -> Zone | None:
    """Try an IANA name with fewer and fewer parts at its end."""
    parts = path.split("/")
    while len(parts) > 1:
        zone = by_iana_name("/".join(parts))
        if zone is not None:
            return zone
        parts.pop()
    return None


@cache
def _windows_names() -> dict[str, str]:
    return {name.lower(): zone for name, zone in WINDOWS_TO_OLSON.items()}


def _windows_name(name: str) -> str | None:
    """Return the IANA name for what Windows, or English, calls a zone."""
    plain = name.strip().lower()
    for season in ("daylight", "summer"):
        plain = plain.replace(f" {season} time", " standard time")
    if plain in _windows_names():
        return _windows_names()[plain]
    if plain.endswith(" time") and f"{plain[:-5]} standard time" in _windows_names():
        return _windows_names()[f"{plain[:-5]} standard time"]
    shown = _SHOWN_OFFSET.sub("", plain, count=1).replace(" and ", " & ").strip()
    if shown in _SHOWN:
        return _SHOWN[shown]
    if shown == plain:
        return None
    places = (place.strip() for place in re.split(r"[,:;]", shown))
    return next((_cities()[place] for place in places if place in _cities()), None)
