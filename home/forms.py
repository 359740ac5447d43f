"""The form of the contact page."""

import datetime as dt
import secrets
from typing import Any, NamedTuple

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from phonenumber_field.formfields import PhoneNumberField

from cms.core.models import PracticeSettings
from home.models import ContactMessage

STAMP_SALT = "contact-form"
FASTEST = dt.timedelta(seconds=3)  # nobody reads and fills in the form in less


class Stamp(NamedTuple):
    """When a form was shown, and which one it was; both unknown where the stamp is not ours."""

    shown_at: dt.datetime | None
    key: str


def new_stamp(now: dt.datetime) -> str:
    """Return the signed stamp of a form that is shown at `now`."""
    return signing.dumps([now.timestamp(), secrets.token_urlsafe(16)], salt=STAMP_SALT)


def read_stamp(text: str) -> Stamp:
    """Read a stamp; one that was altered or made up says nothing."""
    try:
        shown, key = signing.loads(text, salt=STAMP_SALT)
    except signing.BadSignature:
        return Stamp(None, "")
    return Stamp(dt.datetime.fromtimestamp(shown, dt.UTC), key)


class ContactForm(forms.ModelForm):
    """Who writes, about what, and how to answer.

    `website` is a trap: people don't see it, and programs fill it in.
    """

    email = forms.EmailField(
        label="Your e-mail",
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    phone = PhoneNumberField(
        label="Your phone",
        region="US",
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    website = forms.CharField(required=False)
    stamp = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = ContactMessage
        fields = ["about", "name", "way", "email", "phone", "text"]
        labels = {
            "about": "What is it about?",
            "name": "Your name",
            "way": "How may we answer?",
            "text": "Your message",
        }
        help_texts = {
            "name": "As you would like to be called.",
            "text": "Leave out what you would rather say in person. We need no diagnosis.",
        }
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "name", "maxlength": 120}),
            "text": forms.Textarea(attrs={"rows": 6, "maxlength": 4000}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        client = PracticeSettings.load().client_word
        abouts = dict(ContactMessage.About.choices)
        abouts[ContactMessage.About.CLIENT] = f"I’m a {client} already"
        for name, choices in (("about", abouts.items()), ("way", ContactMessage.Way.choices)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101  # for the type checker
            field.choices = [("", "Please choose"), *choices]

    def clean_phone(self) -> str:
        """Return the number as it is dialled from anywhere; "" for none."""
        phone = self.cleaned_data["phone"]
        return phone.as_e164 if phone else ""

    def clean_name(self) -> str:
        """Refuse what is no name: too long, or with signs that no keyboard writes."""
        return _plain(self.cleaned_data["name"], 120)

    def clean_text(self) -> str:
        """Refuse a text that nobody can have meant as a message."""
        return _plain(self.cleaned_data["text"], 4000, may_break=True)

    def clean(self) -> dict[str, Any]:
        """Ask for what the chosen way of answering needs."""
        cleaned = super().clean() or {}
        way = cleaned.get("way")
        needed = "email" if way == ContactMessage.Way.EMAIL else "phone"
        if way and not cleaned.get(needed) and needed not in self.errors:
            self.add_error(needed, "We need this to answer in the way you chose.")
        return cleaned

    @property
    def stamped(self) -> Stamp:
        """When the form was shown, and which one it was."""
        return read_stamp(self.cleaned_data["stamp"])

    def seems_automatic(self, now: dt.datetime) -> bool:
        """Say whether a program rather than a person seems to have filled it in."""
        shown = self.stamped.shown_at
        return bool(self.cleaned_data["website"]) or shown is None or now - shown < FASTEST


def _plain(text: str, longest: int, *, may_break: bool = False) -> str:
    if len(text) > longest:
        raise ValidationError(f"Please write at most {longest:,} characters here.")
    allowed = {"\n", "\r", "\t"} if may_break else set()
    if any(not char.isprintable() and char not in allowed for char in text):
        raise ValidationError("There are signs in it that can’t be read. Please type it again.")
    return text.strip()
