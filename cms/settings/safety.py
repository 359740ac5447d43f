"""What production must not start with."""

from collections.abc import Iterator, Sequence
from typing import Any

from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured

DEVELOPMENT_MARK = "development-only"


def refuse_unsafe(**values: Any) -> None:
    """Raise ImproperlyConfigured with one line for each variable that is missing or unsafe."""
    problems = list(_problems(**values))
    if problems:
        raise ImproperlyConfigured(
            "The site was not started, so that no client data is at risk. Set these environment "
            "variables (docs/operators-guide.md says how):\n- " + "\n- ".join(problems)
        )


def _problems(
    *,
    secret_key: str,
    field_keys: Sequence[str],
    allowed_hosts: Sequence[str],
    base_url: str,
    email_backend: str,
    default_from_email: str,
    database_url_given: bool,
    require_second_factor: bool,
) -> Iterator[str]:
    if len(secret_key) < 50 or DEVELOPMENT_MARK in secret_key:
        yield "SECRET_KEY: must be a random text of at least 50 characters."
    yield from _field_key_problems(field_keys)
    if not allowed_hosts or "*" in allowed_hosts:
        yield "ALLOWED_HOSTS: must name the site's host names; * is not accepted."
    if not base_url.startswith("https://"):
        yield "BASE_URL: must be the site's public address and begin with https://."
    if email_backend.endswith((".console.EmailBackend", ".dummy.EmailBackend")):
        yield "EMAIL_URL: must name a mail server, or confirmations would never be sent."
    if "example.org" in default_from_email:
        yield "DEFAULT_FROM_EMAIL: must be the practice's own sender address."
    if not database_url_given:
        yield "DATABASE_URL: must name the database (postgres://… or sqlite:///…)."
    if not require_second_factor:
        yield "REQUIRE_SECOND_FACTOR: must stay on; staff see what clients told in confidence."


def _field_key_problems(field_keys: Sequence[str]) -> Iterator[str]:
    if not field_keys:
        yield "FIELD_KEYS: must hold at least one key; client details are encrypted with it."
    for position, key in enumerate(field_keys, start=1):
        try:
            Fernet(key)
        except ValueError:
            yield f"FIELD_KEYS: key {position} is not a Fernet key."
            continue
        if key.startswith("ZGV2ZWxvcG1lbnQ"):
            yield f"FIELD_KEYS: key {position} is the public development key."
