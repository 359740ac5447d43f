"""Writing sample records beside those that a practice already has."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db.models import Model

Record = TypeVar("Record", bound=Model)


def ensure(model: type[Record], defaults: Mapping[str, Any] | None = None, **key: Any) -> Record:
    """Return the record that `key` names; where there is none, write it and mark it as a sample.

    A record that exists stays as it is, whoever wrote it.
    """
    values = {"is_sample": True, **(defaults or {})}
    return model._default_manager.get_or_create(**key, defaults=values)[0]
