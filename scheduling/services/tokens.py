"""Random tokens for private links, stored only as digests."""

import base64
import hashlib
import hmac
import secrets

from django.conf import settings


def new_token() -> str:
    """Return a token with 256 random bits, safe in a URL."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """Return the SHA-256 of `token`: enough to find its row, useless to who reads the database."""
    return hashlib.sha256(token.encode()).hexdigest()


def derive(token: str, *, purpose: str) -> str:
    """Return another token that only who has `token` (and the site's key) can compute."""
    key = hashlib.sha256(f"{purpose}|{settings.SECRET_KEY}".encode()).digest()
    mac = hmac.new(key, token.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(mac).rstrip(b"=").decode()
