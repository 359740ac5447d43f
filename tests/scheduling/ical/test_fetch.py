"""Fetching from a server that does everything wrong."""

import datetime as dt
import ipaddress
import ssl
import threading
import time

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from scheduling.ical import fetch as module
from scheduling.ical.fetch import FetchError, fetch
from scheduling.ical.fetch_errors import MESSAGES
from tests import feed_server as fs
from tests.feed_server import CALENDAR, feed_server


@pytest.fixture(scope="module")
def running():
    with feed_server() as server:
        yield server


@pytest.fixture
def server(running):
    running.answers.clear()
    running.requests.clear()
    return running


def get(server, answer=None, path="/private-token.ics", **options):
    if answer is not None:
        server.answers[path] = answer
    options = {"allowed_hosts": [server.host], "allow_http": True, "seconds": 5} | options
    return fetch(server.url(path), **options)


def refusal(server, answer=None, **options):
    with pytest.raises(FetchError) as caught:
        get(server, answer, **options)
    assert "private-token" not in f"{caught.value!r} {caught.value.message}"
    assert "127.0.0.1" not in caught.value.message
    assert caught.value.__context__ is None
    return caught.value


def test_a_calendar_with_its_validators(server):
    fetched = get(server, fs.calendar(Last_Modified="Mon, 04 Jan 2027 18:00:00 GMT"))
    assert fetched.body == CALENDAR
    assert fetched.last_modified == "Mon, 04 Jan 2027 18:00:00 GMT"
    again = get(server, etag=fetched.etag, last_modified=fetched.last_modified)
    assert again.body is None
    headers = server.requests[-1][1]
    assert headers["If-None-Match"] == fetched.etag
    assert headers["If-Modified-Since"] == fetched.last_modified
    assert headers["Host"] == server.host
    assert "Chrome/" in headers["User-Agent"]
    assert "Cookie" not in headers


def test_the_proxy_of_the_environment_is_not_asked(server, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    assert get(server, fs.calendar()).body == CALENDAR


@pytest.mark.parametrize("code", [204, 206, 304, 400, 401, 403, 404, 410, 429, 500, 503])
def test_any_other_status_is_an_error_in_words(server, code):
    error = refusal(server, fs.status(code, Retry_After="120"))
    assert (error.code, error.status, error.retry_after) == ("http_status", code, "120")
    assert f"answer {code}" in error.message


def test_credentials_in_the_address_reach_the_server_but_no_error(server):
    server.answers["/private-token.ics"] = fs.status(401)
    address = server.url("/private-token.ics", host=f"ada:s3cret@{server.host}")
    with pytest.raises(FetchError) as caught:
        fetch(address, allowed_hosts=[server.host], allow_http=True)
    assert server.requests[-1][1]["Authorization"] == "Basic YWRhOnMzY3JldA=="
    assert "s3cret" not in repr(caught.value)


def test_three_redirects_are_followed_and_a_fourth_is_not(server):
    for step in range(4):
        server.answers[f"/{step}"] = fs.redirect(f"/{step + 1}", code=(301, 302, 307, 308)[step])
    server.answers["/4"] = fs.calendar()
    assert get(server, path="/1").body == CALENDAR
    assert refusal(server, path="/0").code == "http_status"


def test_a_redirect_to_a_host_that_is_not_public_is_refused(server):
    with feed_server() as inner:
        inner.answers["/"] = fs.calendar()
        error = refusal(server, fs.redirect(inner.url("/")))
        assert error.code == "address_refused"
        assert not inner.requests
        both = [server.host, inner.host]
        assert get(server, allowed_hosts=both).body == CALENDAR


def test_credentials_do_not_follow_to_another_host(server):
    with feed_server() as other:
        other.answers["/"] = fs.calendar()
        server.answers["/"] = fs.redirect(other.url("/"))
        address = server.url("/", host=f"ada:s3cret@{server.host}")
        fetch(address, allowed_hosts=["127.0.0.1"], allow_http=True)
        assert "Authorization" not in other.requests[-1][1]


@pytest.mark.parametrize("location", ["ftp://127.0.0.1/", "http://[::1", "file:///etc/passwd"])
def test_a_redirect_to_what_is_no_web_address_is_refused(server, location):
    assert refusal(server, fs.redirect(location)).code == "address_refused"


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "127.1", "2130706433", "0x7f.0.0.1", "0177.0.0.1", "localhost", "０x7f.１"],
)
def test_our_own_machine_is_refused_however_it_is_spelled(server, host):
    server.answers["/"] = fs.calendar()
    with pytest.raises(FetchError) as caught:
        fetch(server.url("/", host=f"{host}:{server.server_port}"), allow_http=True)
    assert caught.value.code == "address_refused"
    assert not server.requests


@pytest.mark.parametrize("host", ["[::1]", "[::ffff:127.0.0.1]", "[64:ff9b::7f00:1]", "[fe80::1]"])
def test_addresses_of_version_six_are_refused_likewise(host):
    with pytest.raises(FetchError) as caught:
        fetch(f"https://{host}/")
    assert caught.value.code == "address_refused"


def test_http_needs_the_operators_leave(server):
    assert refusal(server, fs.calendar(), allow_http=False).code == "address_refused"
    assert not server.requests


@pytest.mark.parametrize("answer", [fs.drip_body, fs.drip_headers, fs.say_nothing])
def test_the_time_is_limited_in_all_whatever_the_server_drips(server, answer):
    others, before = set(threading.enumerate()), time.monotonic()
    assert refusal(server, answer, seconds=0.4).code == "too_slow"
    assert time.monotonic() - before < 2
    visitors = {each for each in threading.enumerate() if each.name.endswith("(_run)")} - others
    for visitor in visitors:
        visitor.join(5)
        assert not visitor.is_alive()


def test_a_host_that_nobody_knows_is_unreachable():
    with pytest.raises(FetchError) as caught:
        fetch("https://no-such-host.invalid/private-token.ics", seconds=15)
    assert caught.value.code == "unreachable"
    assert "invalid" not in caught.value.message


def test_a_closed_port_and_a_server_that_hangs_up_are_unreachable(server):
    with feed_server() as gone:
        host = gone.host
    with pytest.raises(FetchError) as caught:
        fetch(f"http://{host}/", allowed_hosts=[host], allow_http=True)
    assert caught.value.code == "unreachable"
    assert refusal(server, fs.hang_up).code == "unreachable"


def test_a_body_that_breaks_off_is_truncated(server):
    assert refusal(server, fs.cut_off).code == "truncated"


def test_a_body_in_chunks_is_put_together_and_needs_its_last_one(server):
    assert get(server, fs.chunked(CALENDAR)).body == CALENDAR
    assert refusal(server, fs.chunked(CALENDAR, whole=False)).code == "truncated"


@pytest.mark.parametrize("odd", ["x" * 2000, '"\x00"', '"ä"', "a\tb"])
def test_validators_that_can_not_be_meant_are_not_kept(server, odd):
    fetched = get(server, fs.body(CALENDAR, ETag=odd, Last_Modified=odd))
    assert (fetched.body, fetched.etag, fetched.last_modified) == (CALENDAR, "", "")


def test_more_than_ten_megabytes_are_refused_packed_or_not(server):
    assert refusal(server, fs.body(bytes(10 * 1024 * 1024 + 1))).code == "too_large"
    assert refusal(server, fs.bomb(64)).code == "too_large"
    assert len(get(server, fs.bomb(10)).body) == 10 * 1024 * 1024


def test_what_can_not_be_unpacked_is_no_calendar(server):
    error = refusal(server, fs.body(b"BEGIN:VCALENDAR", Content_Encoding="gzip"))
    assert error.code == "not_a_calendar"


def test_an_empty_body_and_a_page_are_handed_to_the_reader(server):
    assert get(server, fs.body(b"")).body == b""
    assert get(server, fs.body(b"<html>", Content_Type="text/html")).body == b"<html>"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """Write a certificate for the name `localhost`, which is its own authority."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    today = dt.datetime.now(dt.UTC)
    names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.9"))]
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(today - dt.timedelta(days=1))
        .not_valid_after(today + dt.timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "localhost.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + signed.public_bytes(serialization.Encoding.PEM)
    )
    return path


@pytest.fixture
def secure(certificate):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    asked = []
    context.sni_callback = lambda _socket, name, _context: asked.append(name)
    with feed_server(context) as server:
        server.names_asked = asked
        server.answers["/"] = fs.calendar()
        yield server


@pytest.fixture
def trusted(certificate, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    module._trust.cache_clear()
    yield
    module._trust.cache_clear()


def secure_get(server, host):
    address = f"webcal://{host}:{server.server_port}/"
    return fetch(address, allowed_hosts=[host], seconds=5)


@pytest.mark.usefixtures("trusted")
def test_the_name_is_kept_for_tls_although_a_checked_address_is_connected_to(secure):
    assert secure_get(secure, "localhost").body == CALENDAR
    assert secure.names_asked == ["localhost"]
    assert secure.requests[-1][1]["Host"] == f"localhost:{secure.server_port}"


@pytest.mark.usefixtures("trusted")
def test_a_certificate_for_another_name_is_refused(secure):
    with pytest.raises(FetchError, match="certificate") as caught:
        secure_get(secure, "127.0.0.1")
    assert caught.value.code == "unreachable"


def test_a_webcal_address_may_be_plain_where_the_operator_allows_http(server):
    server.answers["/"] = fs.calendar()
    address = f"webcal://{server.host}/"
    fetched = fetch(address, allowed_hosts=[server.host], allow_http=True, seconds=5)
    assert fetched.body == CALENDAR
    assert server.requests[-1][1]["Host"] == server.host
    with pytest.raises(FetchError) as caught:
        fetch(address, allowed_hosts=[server.host], seconds=5)
    assert caught.value.code == "unreachable"


def test_a_forged_certificate_is_not_evaded_by_http(secure):
    with pytest.raises(FetchError, match="certificate"):
        fetch(
            f"webcal://localhost:{secure.server_port}/",
            allowed_hosts=["localhost"],
            allow_http=True,
            seconds=5,
        )
    assert not secure.requests


def test_a_certificate_of_an_unknown_authority_is_refused(secure):
    with pytest.raises(FetchError, match="certificate"):
        secure_get(secure, "localhost")


def test_every_code_has_its_words():
    assert set(MESSAGES) | {"http_status"} == {
        "address_refused",
        "unreachable",
        "http_status",
        "too_slow",
        "too_large",
        "truncated",
        "not_a_calendar",
    }
