"""Fields whose values are encrypted at rest."""

import hashlib
import hmac
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import FieldError, ValidationError
from django.db import models


class DecryptionError(Exception):
    """No key in FIELD_KEYS reads a stored value. It never carries the value itself."""


def encrypt(text: str) -> str:
    """Return `text` as a Fernet token under the first key of FIELD_KEYS."""
    return _cipher(tuple(settings.FIELD_KEYS)).encrypt(text.encode()).decode()


def decrypt(token: str) -> str:
    """Return the text of `token`.

    Raises DecryptionError where no key of FIELD_KEYS fits: showing a ciphertext, or an empty text,
    in place of a client's details would be a silent loss.
    """
    try:
        return _cipher(tuple(settings.FIELD_KEYS)).decrypt(token.encode()).decode()
    except InvalidToken:
        raise DecryptionError("No key in FIELD_KEYS can read this value.") from None


def blind_index(text: str, *, purpose: str) -> str:
    """Return a keyed digest by which an encrypted value can be looked up without being readable.

    `purpose` separates the digests of different columns, so that they can't be joined.
    Case and outer white space are ignored, as in e-mail addresses.
    """
    key = hashlib.sha256(f"{purpose}|{settings.FIELD_KEYS[-1]}".encode()).digest()
    return hmac.new(key, text.strip().casefold().encode(), hashlib.sha256).hexdigest()


# Before a token in a fixture; nobody types it into a form.
MARK_IN_FIXTURES = "encrypted:fernet:"


@lru_cache(maxsize=4)
def _cipher(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


class EncryptedTextField(models.TextField):
    """A text that the database, its dumps and its backups hold only as a Fernet token.

    It can't be searched or ordered by: look-ups other than `isnull` raise FieldError. Keep a
    `blind_index` beside it where a row must be found by the exact value.
    """

    description = "Encrypted text"

    def get_prep_value(self, value: Any) -> str | None:
        """Encrypt on the way to the database; an empty text stays empty."""
        text = super().get_prep_value(value)
        return text if text in (None, "") else encrypt(text)

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        """Decrypt on the way from the database; raises DecryptionError."""
        return value if value in (None, "") else decrypt(value)

    def value_to_string(self, obj: models.Model) -> str:
        """Return what a fixture of `dumpdata` holds: the token, and never the text."""
        text = str(self.value_from_object(obj) or "")
        return f"{MARK_IN_FIXTURES}{encrypt(text)}" if text else ""

    def to_python(self, value: Any) -> Any:
        """Read a fixture's token; any other value is the text itself. Raises ValidationError."""
        if not (isinstance(value, str) and value.startswith(MARK_IN_FIXTURES)):
            return super().to_python(value)
        try:
            return decrypt(value.removeprefix(MARK_IN_FIXTURES))
        except DecryptionError as error:
            raise ValidationError(str(error)) from None

    def get_lookup(self, lookup_name: str) -> Any:
        """Refuse to compare ciphertexts, which never are equal."""
        if lookup_name != "isnull":
            raise FieldError(f"{self.name} is encrypted and can't be looked up by {lookup_name}.")
        return super().get_lookup(lookup_name)
