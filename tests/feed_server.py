"""A calendar server of ours that misbehaves in every way a test asks for."""

import datetime as dt
import gzip
import hashlib
from collections.abc import Callable
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

CALENDAR = (
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//sample//EN\r\n"
    b"BEGIN:VEVENT\r\nUID:one\r\nDTSTAMP:20270101T000000Z\r\nSUMMARY:Casey Sample\r\n"
    b"DTSTART:20270105T160000Z\r\nDTEND:20270105T170000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


def events(*spans, stamp="20270101T000000Z"):
    """Return a calendar with an event for each (start, end) of aware datetimes."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//sample//EN"]
    for start, end in spans:
        begins, ends = (f"{each.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}" for each in (start, end))
        lines += ["BEGIN:VEVENT", f"UID:{begins}", f"DTSTAMP:{stamp}", "SUMMARY:Casey Sample"]
        lines += [f"DTSTART:{begins}", f"DTEND:{ends}", "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


class Handler(BaseHTTPRequestHandler):
    """Answers a path as its test told the server to."""

    server: "FeedServer"

    def do_GET(self):
        self.server.requests.append((self.path, dict(self.headers)))
        answer = self.server.answers.get(self.path, status(404))
        with suppress(OSError):  # the visitor may have hung up on purpose
            answer(self)

    def send(self, code, body=b"", **headers):
        self.send_response(code)
        for name, value in {"Content_Length": len(body), **headers}.items():
            if value is not None:
                self.send_header(name.replace("_", "-"), str(value))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        """Keep the test's output clean."""


Answer = Callable[[Handler], None]


class FeedServer(ThreadingHTTPServer):
    """Keeps what it was asked, and hands each path to the answer that stands in `answers`."""

    daemon_threads = True
    answers: dict[str, Answer]

    def __init__(self, port=0):
        super().__init__(("127.0.0.1", port), Handler)
        self.answers, self.requests, self.stopping = {}, [], Event()
        self.scheme = "http"

    @property
    def host(self):
        return f"127.0.0.1:{self.server_port}"

    def url(self, path="/feed.ics", host=None):
        return f"{self.scheme}://{host or self.host}{path}"


@contextmanager
def feed_server(tls=None):
    """Run a server on a free port; with `tls` (an SSLContext) it speaks https."""
    server = FeedServer()
    if tls is not None:
        server.scheme = "https"
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.stopping.set()
        server.shutdown()
        server.server_close()
        thread.join()


def calendar(body=CALENDAR, **headers) -> Answer:
    """Answer `body` with an ETag, and 304 to whoever has it already."""
    etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'

    def answer(handler):
        if handler.headers.get("If-None-Match") == etag:
            handler.send(304, ETag=etag)
        else:
            handler.send(200, body, Content_Type="text/calendar", ETag=etag, **headers)

    return answer


def body(content, **headers) -> Answer:
    """Answer 200 with `content`, whatever it is."""
    return lambda handler: handler.send(200, content, **headers)


def status(code, **headers) -> Answer:
    """Answer `code` with a page that nobody reads."""
    return lambda handler: handler.send(code, b"<html>no</html>", **headers)


def redirect(location, code=302) -> Answer:
    """Send the visitor on to `location`."""
    return lambda handler: handler.send(code, Location=location)


def bomb(megabytes) -> Answer:
    """Answer zeros that pack a thousandfold."""
    packed = gzip.compress(bytes(megabytes * 1024 * 1024))
    return body(packed, Content_Encoding="gzip")


def cut_off(handler):
    """Promise more than is sent."""
    handler.send(200, CALENDAR[:-20], Content_Length=len(CALENDAR))


def chunked(content, *, whole=True) -> Answer:
    """Answer `content` in chunks, with or without the one that ends it."""

    def answer(handler):
        handler.protocol_version = "HTTP/1.1"
        handler.send(200, Content_Length=None, Transfer_Encoding="chunked")
        for start in range(0, len(content), 50):
            part = content[start : start + 50]
            handler.wfile.write(b"%x\r\n%s\r\n" % (len(part), part))
        handler.wfile.write(b"0\r\n\r\n" if whole else b"")
        handler.close_connection = True

    return answer


def hang_up(handler):
    """Close the connection without a word."""
    handler.connection.close()


def drip_body(handler):
    """Send one byte of a long body every now and then, until the test is over."""
    handler.send(200, Content_Length=100_000)
    _drip(handler, b"B")


def drip_headers(handler):
    """Never finish the head of the answer."""
    handler.send_response(200)
    handler.flush_headers()
    _drip(handler, b"X")


def say_nothing(handler):
    """Accept the question and leave it at that, until the test is over."""
    handler.server.stopping.wait()


def _drip(handler, byte):
    while not handler.server.stopping.wait(0.02):
        handler.wfile.write(byte)
