"""Where a request comes from."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def client_network(request: HttpRequest) -> str:
    """Return the network of the client's public address: an IPv4 address, or an IPv6 /64.

    Empty where it isn't known. Behind a proxy that TRUSTED_PROXY_COUNT doesn't count every client
    seems to come from the proxy's private address: then nobody must be held to account for all.
    """
    forwarded = request.headers.get("X-Forwarded-For", "").split(",")
    trusted = settings.TRUSTED_PROXY_COUNT
    nearest = request.META.get("REMOTE_ADDR", "")
    address = forwarded[-trusted] if 0 < trusted <= len(forwarded) else nearest
    try:
        parsed = ipaddress.ip_address(address.strip())
    except ValueError:
        return ""
    if not parsed.is_global:
        return ""
    return str(ipaddress.ip_network((parsed, 64 if parsed.version == 6 else 32), strict=False))
