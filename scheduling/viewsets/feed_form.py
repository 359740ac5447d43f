"""The form of a therapist's calendar."""

from typing import Any

from django import forms
from django.utils import timezone
from wagtail.admin.forms import WagtailAdminModelForm

from scheduling.ical import CalendarError
from scheduling.models import CalendarFeed
from scheduling.services.change_feed import change_feed
from scheduling.services.read_feed import Answer, read_feed

PATIENCE_SECONDS = 10.0
LOOK = "look"


class FeedForm(WagtailAdminModelForm):
    """A calendar's settings. The address is never shown again once it was saved.

    A new address is tried before it is saved: an address that can't be read would leave its
    therapist without any time to offer. What was typed comes back masked with the answer to whoever
    typed it, until it is saved; it is kept nowhere in between.
    """

    trial: CalendarFeed
    answer: Answer | None = None

    class Meta:
        widgets = {
            "address": forms.PasswordInput(attrs={"autocomplete": "off"}, render_value=True),
            "owner_address": forms.TextInput(),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["therapist"].disabled = True
            self.initial["address"] = ""
            self.fields["address"].required = False
            self.fields["address"].help_text = "Leave empty to keep the address that is stored."

    @property
    def is_only_looked_at(self) -> bool:
        """Say whether the week is to be shown and nothing saved."""
        return LOOK in self.data

    def clean_address(self) -> str:
        """Keep the stored address where none was typed."""
        typed = self.cleaned_data["address"].strip()
        return typed or self.instance.address

    def clean(self) -> dict[str, Any]:
        """Try the calendar, so that whoever typed the address reads at once what is wrong."""
        cleaned = super().clean()
        if not self.errors and (self.is_only_looked_at or "address" in self.changed_data):
            self.trial = CalendarFeed(**{name: cleaned[name] for name in self._meta.fields})
            self.trial.pk = self.instance.pk
            try:
                self.answer = read_feed(
                    self.trial, now=timezone.now(), afresh=True, seconds=PATIENCE_SECONDS
                )
            except CalendarError as error:
                self.add_error("address", f"{error.message} Nothing was saved.")
        return cleaned

    def save(self, commit: bool = True) -> CalendarFeed:  # noqa: FBT001, FBT002 - Django's own
        """Save what was changed; whoever saved it visits the calendar."""
        feed = super().save(commit=False)
        change_feed(feed, self.changed_data, now=timezone.now())
        return feed
