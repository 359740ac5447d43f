"""What a client fills in to book."""

from collections.abc import Iterable
from typing import Any

from django import forms
from phonenumber_field.formfields import PhoneNumberField

from locations.models import Place
from scheduling import domain
from scheduling.models import Policy, SchedulingSettings, Service, Therapist

# Stands in for a place: the client will be where no therapist of ours is licensed.
ELSEWHERE = "elsewhere"
# What is to be done where a date of a series is lost: book the others, or nothing.
OTHERS, ALL = "others", "all"
SHORTEST_SERIES = 2


class ChoiceForm(forms.Form):
    """Where, what and with whom. Sent as a query, so that the answer is an address of its own."""

    place = forms.ModelChoiceField(
        Place.objects.none(),
        to_field_name="slug",
        error_messages={
            "required": "Choose where you would like to meet.",
            "invalid_choice": "We don't know this place. Choose one of those below.",
        },
    )
    service = forms.ModelChoiceField(
        Service.objects.none(),
        to_field_name="slug",
        error_messages={
            "required": "Choose what you would like to book.",
            "invalid_choice": "This can't be booked here. Choose one of those below.",
        },
    )
    therapist = forms.ModelChoiceField(
        Therapist.objects.none(),
        to_field_name="slug",
        required=False,
        empty_label="Anyone who has time",
        label="With whom?",
        error_messages={
            "invalid_choice": "This person can't be booked here at the moment. Choose someone else."
        },
    )

    def __init__(self, data: Any, *, places: Any, services: Any, therapists: Any) -> None:
        super().__init__(data)
        self._places, self._services = places, services
        for name, records in (
            ("place", places),
            ("service", services),
            ("therapist", therapists),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  # for the type checker
            field.queryset = records

    @property
    def has_choices(self) -> bool:
        """Whether there is a place and a service to choose at all."""
        return bool(self._places and self._services)


class SeriesForm(forms.Form):
    """How often, and how many times in all."""

    weeks = forms.TypedChoiceField(
        label="How often?",
        choices=[(1, "Every week"), (2, "Every two weeks")],
        coerce=int,
        widget=forms.RadioSelect,
        initial=1,
        error_messages={
            "required": "Choose every week or every two weeks.",
            "invalid_choice": "Choose every week or every two weeks.",
        },
    )

    def __init__(self, data: Any = None, *, limit: int) -> None:
        super().__init__(data)
        numbers = range(SHORTEST_SERIES, limit + 1)
        self.fields["count"] = forms.TypedChoiceField(
            label="How many dates in all?",
            choices=[(number, str(number)) for number in numbers],
            coerce=int,
            initial=min(4, limit),
            error_messages={
                "required": "Choose how many dates.",
                "invalid_choice": f"From {SHORTEST_SERIES} to {limit} can be booked at once.",
            },
        )


class ReminderField(forms.TypedMultipleChoiceField):
    """When the client wants to be reminded: in hours before the session, nothing for never."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, offered: Iterable[int], **kwargs: Any) -> None:
        super().__init__(
            choices=[(hours, domain.hours_before_words(hours)) for hours in offered],
            coerce=int,
            required=False,
            label="Remind me by mail",
            error_messages={"invalid_choice": "We don't offer this reminder. Choose once more."},
            **kwargs,
        )


class RemindersForm(forms.Form):
    """The reminders of one session, on its private page."""

    def __init__(self, data: Any = None, *, offered: Iterable[int], chosen: Iterable[int]) -> None:
        super().__init__(data)
        self.fields["reminders"] = ReminderField(offered, initial=list(chosen))


class DetailsForm(forms.Form):
    """Who the client is and how to reach them."""

    name = forms.CharField(
        label="Your name",
        max_length=120,
        help_text="As you would like to be called.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={
            "required": "Tell us what to call you.",
            "max_length": "This is longer than we can write down. A shorter name will do.",
        },
    )
    email = forms.EmailField(
        label="E-mail",
        max_length=254,
        help_text="The confirmation goes here.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": "We need an address for your confirmation.",
            "invalid": "This doesn't look like an e-mail address, such as name@example.org.",
        },
    )
    phone = PhoneNumberField(
        label="Phone",
        region="US",
        help_text="In case something comes up before your session.",
        widget=forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}),
        error_messages={
            "required": "We need a number in case something comes up.",
            "invalid": "This doesn't look like a phone number. Write it with its area code; one "
            "from another country begins with +.",
        },
    )
    accept = forms.BooleanField(
        label="I have read this and accept it",
        error_messages={"required": "Please read the policy and accept it to book."},
    )
    policy = forms.CharField(required=False)
    # Where it is lost, the hold alone tells a repeated form from a new one.
    key = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, shown_policy: Policy | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rules = SchedulingSettings.load()
        self.fields["reminders"] = ReminderField(
            rules.offered_reminders, initial=list(rules.ticked_reminders)
        )
        self.shown_policy = shown_policy
        if shown_policy is None:
            del self.fields["accept"]

    def clean(self) -> dict[str, Any]:
        """Refuse an acceptance of a policy that is no longer the practice's."""
        cleaned = super().clean() or {}
        version = str(self.shown_policy.version) if self.shown_policy else ""
        if self.shown_policy and cleaned.get("policy") != version and "accept" in cleaned:
            self.add_error(
                "accept", "Our policy has just changed. Please read the new one and accept it."
            )
            self.data = {name: value for name, value in self.data.items() if name != "accept"}
        return cleaned
