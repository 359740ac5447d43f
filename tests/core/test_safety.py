"""Production refuses to start with a missing or unsafe value and names it."""

import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured

from cms.settings.safety import refuse_unsafe


def safe_values(**changes):
    return {
        "secret_key": "x" * 60,
        "field_keys": [Fernet.generate_key().decode()],
        "allowed_hosts": ["practice.test"],
        "base_url": "https://practice.test",
        "email_backend": "django.core.mail.backends.smtp.EmailBackend",
        "default_from_email": "office@practice.test",
        "database_url_given": True,
        "require_second_factor": True,
    } | changes


def test_safe_values_are_accepted():
    assert refuse_unsafe(**safe_values()) is None


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("SECRET_KEY", {"secret_key": ""}),
        ("SECRET_KEY", {"secret_key": "development-only-never-use-this-key-in-production-at-all"}),
        ("FIELD_KEYS", {"field_keys": []}),
        ("FIELD_KEYS", {"field_keys": ["short"]}),
        ("FIELD_KEYS", {"field_keys": ["ZGV2ZWxvcG1lbnQtb25seS1rZXktMzItYnl0ZXMtISE="]}),
        ("ALLOWED_HOSTS", {"allowed_hosts": ["*"]}),
        ("BASE_URL", {"base_url": "http://practice.test"}),
        ("EMAIL_URL", {"email_backend": "django.core.mail.backends.console.EmailBackend"}),
        ("DEFAULT_FROM_EMAIL", {"default_from_email": "office@example.org"}),
        ("DATABASE_URL", {"database_url_given": False}),
        ("REQUIRE_SECOND_FACTOR", {"require_second_factor": False}),
    ],
)
def test_an_unsafe_value_is_named(name, change):
    with pytest.raises(ImproperlyConfigured, match=name):
        refuse_unsafe(**safe_values(**change))
