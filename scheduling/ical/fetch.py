"""Fetch a calendar from an address that somebody typed. The only module that opens a socket.

`requests` limits each read, not the whole: a server that drips one byte a second holds a worker for
ever. It also looks a name up a second time when it connects, after any check. So this works one
floor lower, on urllib3's connections: names are resolved here, the answer is checked, and the very
address that was checked is connected to, under the host's own name for TLS.

Nothing here logs, and no error carries the address, which is a secret: a problem is turned into a
`FetchError` and raised outside the handler, so that not even its context remembers.
"""

import socket
import ssl
import time
from collections.abc import Collection, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import cache
from threading import Thread

import certifi
from urllib3 import BaseHTTPResponse
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import DecodeError, HTTPError

from .addresses import Address, BadAddressError, is_public
from .fetch_errors import FetchError, problem, status_problem

MAX_BYTES = 10 * 1024 * 1024
MAX_SECONDS = 20.0
MAX_REDIRECTS = 3
CONNECT_SECONDS = 8.0
CHUNK = 64 * 1024

LONGEST = {"ETag": 1000, "Last-Modified": 80}
REDIRECTS = frozenset({301, 302, 303, 307, 308})

# Office 365 answers an error to any program it does not know, and looks for a browser's name
# (Nextcloud server issue 54799). Ours comes last, for whoever reads a server's log.
USER_AGENT = "Mozilla/5.0 (X11; Linux x86_64) Chrome/139.0.0.0 PracticeCalendar/1.0"


@dataclass(frozen=True, slots=True)
class Fetched:
    """What the server sent. `body` is None where nothing has changed since `etag`."""

    body: bytes | None = field(repr=False)
    etag: str = ""
    last_modified: str = ""


def fetch(
    address: str,
    *,
    etag: str = "",
    last_modified: str = "",
    allowed_hosts: Collection[str] = (),
    allow_http: bool = False,
    seconds: float = MAX_SECONDS,
) -> Fetched:
    """Return the calendar at `address` (https, webcal or, where allowed, http).

    With `etag` or `last_modified` from an earlier answer the server may say that nothing changed.
    `allowed_hosts` names hosts, or host:port, that need not be public. It takes `seconds` at most,
    whatever the server does, and reads 10 MB at most, unpacked. Raises FetchError with one of the
    codes address_refused, unreachable, http_status, too_slow, too_large, truncated and
    not_a_calendar.
    """
    request = _Request(
        validators={"If-None-Match": etag, "If-Modified-Since": last_modified},
        allowed_hosts=allowed_hosts,
        allow_http=allow_http,
        seconds=seconds,
    )
    outcome: Future[Fetched] = Future()
    Thread(target=_run, args=(request, address, outcome), daemon=True).start()
    try:
        return outcome.result(timeout=seconds)
    except TimeoutError:
        request.abandon()
    raise problem("too_slow")


def _run(request: "_Request", address: str, outcome: "Future[Fetched]") -> None:
    """Fetch in a thread, since neither a name's look-up nor a dripping answer can be timed out."""
    try:
        outcome.set_result(request.run(address))
    except FetchError as error:
        outcome.set_exception(error)
    except BadAddressError as error:
        outcome.set_exception(problem("address_refused", str(error)))
    except ssl.SSLError:
        reason = "It could not prove with its certificate that it is the right one."
        outcome.set_exception(problem("unreachable", reason))
    except Exception:  # whatever it is carries the address and must not leave this thread
        late = time.monotonic() >= request.deadline
        outcome.set_exception(
            problem("too_slow") if late else problem("unreachable", "We will try again.")
        )


class _Request:
    """One visit, redirects included, that another thread can call off."""

    def __init__(
        self,
        *,
        validators: dict[str, str],
        allowed_hosts: Collection[str],
        allow_http: bool,
        seconds: float,
    ) -> None:
        self.validators = {name: value for name, value in validators.items() if value}
        self.allowed_hosts = allowed_hosts
        self.allow_http = allow_http
        self.deadline = time.monotonic() + seconds
        self.socket: socket.socket | None = None

    def abandon(self) -> None:
        """Wake the thread from whatever it waits for, so that it ends."""
        if self.socket is not None:
            try:
                self.socket.shutdown(socket.SHUT_RDWR)
            except OSError:
                return

    def run(self, text: str) -> Fetched:
        """Follow the address to the calendar."""
        address = Address(text)
        for _ in range(MAX_REDIRECTS + 1):
            connection = self._connect(address)
            try:
                response = self._ask(connection, address)
                location = response.headers.get("Location", "")
                if response.status not in REDIRECTS or not location:
                    return self._read(response)
                address = address.follow(location)
            finally:
                connection.close()
        raise FetchError("http_status", "The calendar's address leads on and on to other ones.")

    def _remaining(self, most: float = MAX_SECONDS) -> float:
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise problem("too_slow")
        return min(left, most)

    def _connect(self, address: Address) -> HTTPConnection:
        """Return an open connection to an address of the host that was checked."""
        if address.scheme == "http" and not self.allow_http:
            raise problem("address_refused", "It has to begin with https:// or webcal://.")
        failure: Exception = OSError()
        for answer in self._resolve(address):
            connection = _connection(address, answer, self._remaining(CONNECT_SECONDS))
            try:
                connection.connect()
            except (OSError, HTTPError) as error:
                connection.close()
                failure = error
                continue
            self.socket = connection.sock
            self.socket.settimeout(self._remaining())
            return connection
        is_forged = isinstance(failure, ssl.SSLCertVerificationError)
        if address.may_be_plain and self.allow_http and not is_forged:
            return self._connect(address.plain())
        raise failure

    def _resolve(self, address: Address) -> Iterator[str]:
        """Yield the numeric addresses of the host, once all of them have been checked."""
        answers = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)
        numeric = list(dict.fromkeys(str(answer[4][0]) for answer in answers))
        if not address.is_named_in(self.allowed_hosts) and not all(map(is_public, numeric)):
            raise problem("address_refused", "It leads to a computer that is not on the internet.")
        yield from numeric

    def _ask(self, connection: HTTPConnection, address: Address) -> BaseHTTPResponse:
        headers = {
            "Host": address.host_header,
            "User-Agent": USER_AGENT,
            "Accept": "text/calendar, */*;q=0.5",
            "Accept-Encoding": "gzip",
            "Connection": "close",
            **self.validators,
        }
        if address.authorization:
            headers["Authorization"] = address.authorization
        connection.request("GET", address.target, headers=headers, preload_content=False)
        return connection.getresponse()

    def _read(self, response: BaseHTTPResponse) -> Fetched:
        etag = _validator(response, "ETag")
        last_modified = _validator(response, "Last-Modified")
        if response.status == 304 and self.validators:
            return Fetched(None, etag, last_modified)
        if response.status != 200:
            raise status_problem(response.status, response.headers.get("Retry-After", ""))
        return Fetched(self._body(response), etag, last_modified)

    def _body(self, response: BaseHTTPResponse) -> bytes:
        body = bytearray()
        while chunk := self._chunk(response):
            body += chunk
            if len(body) > MAX_BYTES:
                raise problem("too_large")
        return bytes(body)

    def _chunk(self, response: BaseHTTPResponse) -> bytes:
        """Return the next bytes, unpacked: never more than asked for, however well they packed."""
        self._remaining()
        try:
            return response.read(CHUNK, decode_content=True)
        except DecodeError:
            code = "not_a_calendar"
        except TimeoutError:
            code = "too_slow"
        except (OSError, HTTPError):
            code = "truncated"
        raise problem("too_slow" if time.monotonic() >= self.deadline else code)


def _connection(address: Address, answer: str, timeout: float) -> HTTPConnection:
    if address.scheme == "http":
        return HTTPConnection(answer, address.port, timeout=timeout)
    name = address.host.rstrip(".")
    return HTTPSConnection(
        answer,
        address.port,
        timeout=timeout,
        server_hostname=name,
        ssl_context=_trust(),
    )


@cache
def _trust() -> ssl.SSLContext:
    """Trust what the system trusts (SSL_CERT_FILE included) and the public authorities."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


def _validator(response: BaseHTTPResponse, name: str) -> str:
    """Return a header that is sent back at the next visit; one that can't be meant is none."""
    value = response.headers.get(name, "")
    return value if value.isascii() and value.isprintable() and len(value) <= LONGEST[name] else ""
