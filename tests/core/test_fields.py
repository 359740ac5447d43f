"""Encrypted values stay readable while keys are changed, and look-ups keep working."""

import pytest
from cryptography.fernet import Fernet

from cms.core.fields import DecryptionError, blind_index, decrypt, encrypt

OLD, NEW = (Fernet.generate_key().decode() for _ in range(2))


def test_a_new_key_in_front_keeps_values_and_look_ups(settings):
    settings.FIELD_KEYS = [OLD]
    token, digest = encrypt("casey@example.org"), blind_index("casey@example.org", purpose="p")
    settings.FIELD_KEYS = [NEW, OLD]
    assert decrypt(token) == "casey@example.org"
    assert blind_index(" Casey@Example.org ", purpose="p") == digest
    assert Fernet(NEW).decrypt(encrypt("x")) == b"x"


def test_without_the_key_reading_fails_loudly_and_says_nothing(settings):
    settings.FIELD_KEYS = [OLD]
    token = encrypt("casey@example.org")
    settings.FIELD_KEYS = [NEW]
    with pytest.raises(DecryptionError) as error:
        decrypt(token)
    assert "casey" not in str(error.value)
    assert token not in str(error.value)


def test_look_ups_of_two_columns_cannot_be_joined(settings):
    settings.FIELD_KEYS = [OLD]
    assert blind_index("x", purpose="one") != blind_index("x", purpose="two")
