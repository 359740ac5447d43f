"""What staff fill in to book or move a time for a client."""

import datetime as dt
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.utils import timezone
from phonenumber_field.formfields import PhoneNumberField
from wagtail.admin.widgets import AdminDateInput, AdminTimeInput

from locations.models import Place
from scheduling import domain
from scheduling.models import Policy, Service, Therapist
from scheduling.selectors import choices
from scheduling.selectors.bookings import therapists_visible_to

FARTHEST = dt.timedelta(days=366)


class WhatForm(forms.Form):
    """What, where and with whom. Sent as a query, so that the times are an address of their own."""

    service = forms.ModelChoiceField(Service.objects.none(), label="Service")
    place = forms.ModelChoiceField(
        Place.objects.none(),
        label="Place",
        help_text="For online sessions: where the client will be during the session.",
    )
    therapist = forms.ModelChoiceField(
        Therapist.objects.none(),
        label="Therapist",
        required=False,
        empty_label="Anyone who has time",
    )

    def __init__(self, data: Any, *, user: User) -> None:
        super().__init__(data)
        records: dict[str, QuerySet] = {
            "service": Service.objects.filter(therapists__is_active=True).distinct(),
            "place": choices.bookable_places(today=timezone.localdate()),
            "therapist": therapists_visible_to(user),
        }
        for name, among in records.items():
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  # for the type checker
            field.queryset = among
        if not user.has_perm("scheduling.view_all_bookings"):
            self.fields["therapist"].required = True


class OtherTimeForm(forms.Form):
    """A time that is not among those that are offered."""

    date = forms.DateField(widget=AdminDateInput)
    time = forms.TimeField(widget=AdminTimeInput)

    def clean_date(self) -> dt.date:
        """Refuse days that nobody plans for."""
        date = self.cleaned_data["date"]
        if abs(date - timezone.localdate()) > FARTHEST:
            raise forms.ValidationError("Choose a day within a year from today.")
        return date

    def starts_at(self, place: Place) -> dt.datetime:
        """Return the instant (UTC) at which clocks at `place` show it."""
        cleaned = self.cleaned_data
        return domain.at_local(cleaned["date"], cleaned["time"], place.jurisdiction.zone)


class OverrideForm(forms.Form):
    """Why rules are not to stand in the way."""

    reason = forms.CharField(
        label="Why book it all the same?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=(
            "It is kept with the booking, together with your name and the time, for those who may "
            "see the client's details. The client doesn't see it."
        ),
        error_messages={"required": "Write why this time is booked against the rules."},
    )


class ClientForm(forms.Form):
    """Who the client is, how to reach them, and that they know the policy."""

    name = forms.CharField(label="Client's name", max_length=120, widget=forms.TextInput())
    email = forms.EmailField(
        label="Client's e-mail",
        max_length=254,
        required=False,
        help_text=(
            "The client gets the same mails as after booking alone. Left empty, no mail is sent: "
            "tell the client the time, and that moving and cancelling is by phone."
        ),
    )
    phone = PhoneNumberField(label="Client's phone", region="US", required=False)
    told_policy = forms.BooleanField(
        label="I told the client this policy, and they accept it",
        error_messages={"required": "Tell the client the policy before you book."},
    )
    policy = forms.CharField(widget=forms.HiddenInput, required=False)
    key = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, shown_policy: Policy | None, initial: Any) -> None:
        super().__init__(data, initial=initial)
        self.shown_policy = shown_policy
        for name in ("name", "email", "phone"):
            self.fields[name].widget.attrs["autocomplete"] = "off"
        if shown_policy is None:
            del self.fields["told_policy"]

    def clean(self) -> dict[str, Any]:
        """Ask for one way to reach the client, and for the policy that is in force."""
        cleaned = super().clean() or {}
        if not (cleaned.get("email") or cleaned.get("phone") or self.errors):
            self.add_error("phone", "Write a phone number or an e-mail address.")
        version = str(self.shown_policy.version) if self.shown_policy else ""
        if "told_policy" in cleaned and cleaned.get("policy") != version:
            self.add_error(
                "told_policy", "The policy has just changed: tell the client the new one."
            )
        return cleaned
