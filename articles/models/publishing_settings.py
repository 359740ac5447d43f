"""What the practice decides about publishing entries."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from articles.checks.catalogue import CHECKS, Level

LEVELS = [
    (Level.STOP.value, "must be settled before publishing"),
    (Level.WARN.value, "is pointed out; the editor decides"),
    (Level.OFF.value, "is not looked at"),
]


# A form takes its fields from its class alone: here one question for each check.
_Questions: type[WagtailAdminModelForm] = type(
    "_Questions",
    (WagtailAdminModelForm,),
    {
        f"check_{code}": forms.ChoiceField(label=check.title, choices=LEVELS)
        for code, check in CHECKS.items()
    },
)


class PublishingSettingsForm(_Questions):
    """Asks what each check does."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code in CHECKS:
            self.initial[f"check_{code}"] = self.instance.level_of(code).value

    def save(self, commit: bool = True) -> models.Model:  # noqa: FBT001, FBT002  (Django's own)
        """Keep what differs from the defaults: a default that is changed later then applies."""
        self.instance.levels = {
            code: self.cleaned_data[f"check_{code}"]
            for code, check in CHECKS.items()
            if self.cleaned_data[f"check_{code}"] != check.level
        }
        return super().save(commit)


@register_setting(icon="tasks", order=30)
class PublishingSettings(BaseGenericSetting):
    """What each check of an entry does to its publication."""

    levels = models.JSONField(default=dict, blank=True, editable=False)

    base_form_class = PublishingSettingsForm
    panels = [FieldPanel(f"check_{code}") for code in CHECKS]

    class Meta:
        verbose_name = "Checks before publishing"

    def clean(self) -> None:
        """Refuse a check or a level that there is not."""
        super().clean()
        for code, level in self.levels.items():
            if code not in CHECKS or level not in set(Level):
                raise ValidationError(f"There is no check “{code}” with the level “{level}”.")

    def level_of(self, code: str) -> Level:
        """Return what a finding of the kind `code` does."""
        return Level(self.levels.get(code, CHECKS[code].level))
