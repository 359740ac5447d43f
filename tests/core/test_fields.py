"""Encrypted values stay readable while keys are changed, and look-ups keep working."""

import pytest
from cryptography.fernet import Fernet
from django.core import serializers

from cms.core.fields import DecryptionError, blind_index, decrypt, encrypt
from scheduling.models import TimeOff
from tests.practice import at

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


def test_a_fixture_holds_tokens_and_can_be_loaded():
    taken = TimeOff(pk=1, starts_at=at(9), ends_at=at(10), therapist_id=1, note="Surgery")
    fixture = serializers.serialize("json", [taken])
    assert "Surgery" not in fixture
    (loaded,) = serializers.deserialize("json", fixture)
    assert loaded.object.note == "Surgery"


def test_a_fixture_of_other_keys_is_refused(settings):
    fixture = serializers.serialize("json", [TimeOff(pk=1, therapist_id=1, note="Surgery")])
    settings.FIELD_KEYS = [NEW]
    with pytest.raises(serializers.base.DeserializationError):
        list(serializers.deserialize("json", fixture))


def test_look_ups_of_two_columns_cannot_be_joined(settings):
    settings.FIELD_KEYS = [OLD]
    assert blind_index("x", purpose="one") != blind_index("x", purpose="two")
