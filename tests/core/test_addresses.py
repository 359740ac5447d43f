"""Whom a request is counted against."""

import pytest

from cms.core.addresses import client_network


@pytest.mark.parametrize(
    ("remote", "forwarded", "trusted", "network"),
    [
        ("8.8.8.8", "", 0, "8.8.8.8/32"),
        ("8.8.8.8", "9.9.9.9", 0, "8.8.8.8/32"),
        ("127.0.0.1", "9.9.9.9", 0, ""),
        ("127.0.0.1", "1.1.1.1, 9.9.9.9", 1, "9.9.9.9/32"),
        ("127.0.0.1", "1.1.1.1, 9.9.9.9, 10.0.0.1", 2, "9.9.9.9/32"),
        ("127.0.0.1", "", 1, ""),
        ("127.0.0.1", "no address", 1, ""),
        ("2606:4700:1:2:3:4:5:6", "", 0, "2606:4700:1:2::/64"),
        ("10.1.2.3", "", 0, ""),
        ("", "", 0, ""),
    ],
)
def test_the_network_of_a_client(rf, settings, remote, forwarded, trusted, network):
    settings.TRUSTED_PROXY_COUNT = trusted
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    request = rf.get("/", headers=headers, REMOTE_ADDR=remote)
    assert client_network(request) == network
