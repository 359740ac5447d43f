"""What an address of a calendar means, and which hosts are public."""

import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduling.ical.addresses import NOT_PUBLIC_V4, Address, BadAddressError, is_public


@pytest.mark.parametrize(
    ("text", "origin", "target"),
    [
        ("https://calendar.example/a.ics", ("https", "calendar.example", 443), "/a.ics"),
        ("webcal://calendar.example/a.ics", ("https", "calendar.example", 443), "/a.ics"),
        ("WEBCALS://Calendar.Example:8443", ("https", "calendar.example", 8443), "/"),
        ("  http://10.0.0.1/x?k=1&l=%20 ", ("http", "10.0.0.1", 80), "/x?k=1&l=%20"),
        ("https://[2001:db8::1]:99/x", ("https", "2001:db8::1", 99), "/x"),
        ("https://bücher.example/ä", ("https", "xn--bcher-kva.example", 443), "/%C3%A4"),
        ("https://user:pass@calendar.example/#part", ("https", "calendar.example", 443), "/"),
    ],
)
def test_an_address_is_taken_apart(text, origin, target):
    address = Address(text)
    assert (address.origin, address.target) == (origin, target)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "calendar.example/a.ics",
        "file:///etc/passwd",
        "ftp://calendar.example/a.ics",
        "https://",
        "https:///a.ics",
        "https://calendar.example:0x50/",
        "https://calendar.example:99999/",
        "https://calendar example/",
        "https://calendar.example/a\r\nX-Injected: 1",
        "https://calendar.example\\@evil.example/",
        "https://[fe80::1%25eth0]/",
        "https://[::1/",
        "https://" + "a" * 70 + ".example/",
    ],
)
def test_what_is_no_address_is_refused_without_being_repeated(text):
    with pytest.raises(BadAddressError) as refusal:
        Address(text)
    assert not text or text not in str(refusal.value)


def test_the_plain_twin_of_a_webcal_address():
    address = Address("webcal://ada:secret@calendar.example/a.ics")
    assert address.may_be_plain
    assert not Address("https://calendar.example/a.ics").may_be_plain
    assert address.plain().origin == ("http", "calendar.example", 80)
    assert address.plain().authorization == address.authorization
    assert Address("webcal://calendar.example:8080/").plain().port == 8080


def spellings(number):
    """Return ways in which programs write an address of version four, all looked up alike."""
    a, b, c, d = number.to_bytes(4, "big")
    yield f"{a}.{b}.{c}.{d}"
    yield str(number)
    yield hex(number)
    yield f"{a:#x}.{b:#x}.{c:#x}.{d:#x}"
    yield f"0{a:o}.0{b:o}.0{c:o}.0{d:o}"
    yield f"{a}.{b}.{(c << 8) + d}"
    yield f"{a}.{number & 0xFFFFFF}"


@given(st.sampled_from(NOT_PUBLIC_V4), st.floats(0, 1, exclude_max=True))
def test_no_spelling_makes_an_address_public(network, share):
    number = int(network.network_address) + int(share * network.num_addresses)
    for spelled in spellings(number):
        host = Address(f"https://{spelled}/").host
        answers = socket.getaddrinfo(host, 443, type=socket.SOCK_STREAM)
        assert not any(is_public(answer[4][0]) for answer in answers)


def test_credentials_are_sent_as_a_header_and_never_printed():
    address = Address("https://ada%40example.org:s%3Acret@calendar.example/private-token")
    assert address.authorization == "Basic YWRhQGV4YW1wbGUub3JnOnM6Y3JldA=="
    assert "private-token" not in repr(address)
    assert "cret" not in repr(address)


def test_a_redirect_keeps_credentials_within_the_origin_only():
    address = Address("https://ada:secret@calendar.example/a/b.ics")
    assert address.follow("c.ics").target == "/a/c.ics"
    assert address.follow("/d.ics").authorization == address.authorization
    assert address.follow("https://other.example/").authorization == ""
    assert address.follow("https://calendar.example:444/").authorization == ""
    with pytest.raises(BadAddressError):
        address.follow("file:///etc/passwd")


@pytest.mark.parametrize("answer", ["8.8.8.8", "2606:4700::1111", "142.250.1.1"])
def test_public_addresses(answer):
    assert is_public(answer)


@pytest.mark.parametrize(
    "answer",
    [
        "0.0.0.0",  # noqa: S104
        "10.1.2.3",
        "100.64.0.1",
        "100.100.100.200",
        "127.0.0.1",
        "127.255.255.254",
        "168.63.129.16",
        "169.254.169.254",
        "172.31.255.255",
        "192.0.0.192",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.1.1",
        "198.18.0.1",
        "203.0.113.9",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:8.8.8.8",
        "::ffff:127.0.0.1",
        "::8.8.8.8",
        "64:ff9b::7f00:1",
        "64:ff9b:1::1",
        "100::1",
        "2001::1",
        "2001:db8::1",
        "2002:7f00:1::1",
        "3fff::1",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fe80::1%eth0",
        "fec0::1",
        "ff02::1",
        "not an address",
    ],
)
def test_addresses_that_are_not_public(answer):
    assert not is_public(answer)


@pytest.mark.parametrize(
    ("entry", "named"),
    [
        ("127.0.0.1", True),
        ("127.0.0.1:5232", True),
        (" 127.0.0.1:5232 ", True),
        ("127.0.0.1:80", False),
        ("localhost", False),
        ("", False),
    ],
)
def test_hosts_are_allowed_by_name_or_by_name_and_port(entry, named):
    assert Address("http://127.0.0.1:5232/a.ics").is_named_in([entry]) is named
