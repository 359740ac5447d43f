"""The sample practice's own name and how to reach it."""

from typing import Any

from cms.core.models import PracticeSettings

VALUES: dict[str, Any] = {
    "practice_name": "Roamers Therapy",
    "tagline": "Psychotherapy in Chicago and online",
    "email": "hello@example.org",
    "phone": "+13125550100",
}


def load_practice() -> None:
    """Give the practice its sample name where none was written yet, and mark it as a sample."""
    practice = PracticeSettings.load()
    for name, value in VALUES.items():
        if getattr(practice, name) == _default(name):
            setattr(practice, name, value)
    practice.is_sample = True
    practice.save()


def clear_practice() -> None:
    """Take back those values that are still the sample's, and the mark."""
    practice = PracticeSettings.load()
    for name, value in VALUES.items():
        if getattr(practice, name) == value:
            setattr(practice, name, _default(name))
    practice.is_sample = False
    practice.save()


def _default(name: str) -> Any:
    return PracticeSettings._meta.get_field(name).get_default()
