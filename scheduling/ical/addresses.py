"""Addresses of calendars: what they mean, and which hosts may be asked.

Whoever may type an address could make this server ask its own neighbors: the database, the cloud's
metadata service, a printer. So a host counts only if every address it resolves to is public, or if
the operator named it (server-side request forgery, https://owasp.org/Top10/).
"""

import re
from base64 import b64encode
from collections.abc import Iterable
from copy import copy
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit

SCHEMES = {"https": "https", "webcal": "https", "webcals": "https", "http": "http"}
PORTS = {"https": 443, "http": 80}

# RFC 3986, section 3.3 and 3.4: what may stand in a path and a query as it is.
TARGET_CHARACTERS = "/%:@!$&'()*+,;=~-._?"
UNSAFE = re.compile(r"[\x00-\x20\x7f\\]")

# The registries of special addresses (RFC 6890 and what IANA added since), and those that belong
# to one network although they look public: Azure's metadata service is 168.63.129.16. Listed here
# because `ipaddress.is_global` lets several through and its answers change with Python.
NOT_PUBLIC_V4 = tuple(
    ip_network(network)
    for network in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "168.63.129.16/32",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.31.196.0/24",
        "192.52.193.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "192.175.48.0/24",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/3",
    )
)
# Of IPv6 only 2000::/3 is given out to hosts. Outside it lie loopback, link-local, unique local,
# multicast, IPv4-mapped and NAT64 addresses; inside it these are not hosts of the public network.
PUBLIC_V6 = ip_network("2000::/3")
NOT_PUBLIC_V6 = tuple(
    ip_network(network)
    for network in (
        "2001::/23",
        "2001:db8::/32",
        "2002::/16",
        "2620:4f:8000::/48",
        "3fff::/20",
    )
)


class BadAddressError(ValueError):
    """A text is no address of a calendar. The message says why and never repeats the text."""


class Address:
    """Where a calendar is: it prints as nothing, for whoever has it can read the calendar.

    `host` is ASCII without brackets, `target` path and query as they are sent, `authorization` the
    value of that header, or empty. `may_be_plain` marks a webcal address, which does not say
    whether its server speaks https.
    """

    __slots__ = ("authorization", "host", "may_be_plain", "port", "scheme", "target")

    def __init__(self, text: str) -> None:
        """Read `text`. Raises BadAddressError."""
        parts = _split(text.strip())
        if parts.scheme.lower() not in SCHEMES:
            raise BadAddressError("It has to begin with https:// or webcal://.")
        self.scheme = SCHEMES[parts.scheme.lower()]
        self.may_be_plain = parts.scheme.lower() == "webcal"
        self.host = _host(parts)
        self.port = _port(parts) or PORTS[self.scheme]
        query = f"?{parts.query}" if parts.query else ""
        self.target = quote((parts.path or "/") + query, safe=TARGET_CHARACTERS)
        self.authorization = _authorization(parts)

    @property
    def origin(self) -> tuple[str, str, int]:
        """Scheme, host and port: credentials are never sent to another."""
        return self.scheme, self.host, self.port

    @property
    def host_header(self) -> str:
        """The host as the server expects to be called, with the port where it is not the usual."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    def follow(self, location: str) -> "Address":
        """Return where a redirect to `location`, relative or not, leads. Raises BadAddressError.

        The credentials go along only within one origin.
        """
        try:
            whole = urljoin(f"{self.scheme}://{self.host_header}{self.target}", location)
        except ValueError:
            raise BadAddressError("It leads to what is no address.") from None
        target = Address(whole)
        if target.origin == self.origin:
            target.authorization = target.authorization or self.authorization
        return target

    def plain(self) -> "Address":
        """Return the same address for a server that speaks http only."""
        plain = copy(self)
        plain.scheme, plain.may_be_plain = "http", False
        if self.port == PORTS["https"]:
            plain.port = PORTS["http"]
        return plain

    def is_named_in(self, allowed_hosts: Iterable[str]) -> bool:
        """Say whether the operator allowed this host, or this host and port, by name."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        names = {host, f"{host}:{self.port}"}
        return any(entry.strip().lower() in names for entry in allowed_hosts)


def is_public(answer: str) -> bool:
    """Say whether the numeric address `answer` belongs to a host of the public network."""
    try:
        address: IPv4Address | IPv6Address = ip_address(answer)
    except ValueError:
        return False
    if isinstance(address, IPv4Address):
        return not any(address in network for network in NOT_PUBLIC_V4)
    return address in PUBLIC_V6 and not any(address in network for network in NOT_PUBLIC_V6)


def _split(text: str) -> SplitResult:
    if UNSAFE.search(text):
        raise BadAddressError("It has blanks or other characters that no address has.")
    try:
        return urlsplit(text)
    except ValueError:
        raise BadAddressError("It is not a whole address.") from None


def _host(parts: SplitResult) -> str:
    """Return the host in the form that is looked up: international names in their ASCII form."""
    try:
        host = (parts.hostname or "").encode("idna").decode("ascii").lower()
    except UnicodeError:
        host = ""
    if not host or "%" in host:
        raise BadAddressError("It names no host.")
    return host


def _port(parts: SplitResult) -> int | None:
    try:
        return parts.port
    except ValueError:
        raise BadAddressError("Its port is not a number from 1 to 65535.") from None


def _authorization(parts: SplitResult) -> str:
    """Return the header's value for a user name and password in the address (RFC 7617)."""
    if parts.username is None and parts.password is None:
        return ""
    pair = f"{unquote(parts.username or '')}:{unquote(parts.password or '')}"
    return f"Basic {b64encode(pair.encode()).decode('ascii')}"
