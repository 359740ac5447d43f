"""What narrows a search for therapists and times. Sent as a query: the answer has an address."""

from typing import Any, NamedTuple
from urllib.parse import urlencode

from django import forms
from django.db.models import Model, QuerySet
from django.http import QueryDict

from scheduling import domain
from scheduling.models import Insurer, Opening
from scheduling.models.traits import TRAITS
from scheduling.selectors.search import Search

SELF_PAY = "self-pay"
WEEKDAYS = {
    "monday": "Mondays",
    "tuesday": "Tuesdays",
    "wednesday": "Wednesdays",
    "thursday": "Thursdays",
    "friday": "Fridays",
    "saturday": "Saturdays",
    "sunday": "Sundays",
}
PARTS = {
    "morning": "Mornings",
    "afternoon": "Afternoons, from noon",
    "evening": "Evenings, from 5 PM",
}
LABELS = {
    "topic": "What brings you",
    "place": "Where",
    "service": "What kind of session",
    "weekday": "Day of the week",
    "part": "Time of day",
    "payment": "How you will pay",
    "language": "Language",
    "client_group": "Who comes",
    "approach": "Way of working",
    "identity": "Identity and lived experience",
}
UNKNOWN = "We don’t know this choice any more, so it was left out."


class OnFilter(NamedTuple):
    """A filter that is on, in words, and the query of the address without it."""

    name: str
    label: str
    words: str
    query_without: str


class RecordField(forms.ModelChoiceField):
    """A record, by its slug. The form says which there are."""

    def __init__(self) -> None:
        super().__init__(None, to_field_name="slug", required=False)


class FilterForm(forms.Form):
    """Everything a client can search by, each of it optional.

    A value that can't be used is an error and limits nothing.
    """

    topic = RecordField()
    place = RecordField()
    service = RecordField()
    weekday = forms.ChoiceField(choices=list(WEEKDAYS.items()), required=False)
    part = forms.ChoiceField(choices=list(PARTS.items()), required=False)
    payment = forms.CharField(required=False)
    language = RecordField()
    client_group = RecordField()
    approach = RecordField()
    identity = RecordField()
    first = forms.DateField(label="From", required=False)
    last = forms.DateField(label="Until", required=False)

    def __init__(self, query: QueryDict, **records: QuerySet[Any]) -> None:
        """Read `query`. Where `records` of places and services are not given, nobody asks."""
        read = query.copy()
        for name, value in query.items():
            if "\0" in value:  # to the database an error, not an unknown record
                read[name] = "unknown"
        super().__init__(read, auto_id="filter-%s")
        for name, field in list(self.fields.items()):
            field.label = LABELS.get(name, field.label)
            field.error_messages["invalid_choice"] = UNKNOWN
            field.error_messages["invalid"] = "Write a day that exists, such as 2027-01-31."
            if isinstance(field, RecordField):
                found = TRAITS[name]._default_manager.all() if name in TRAITS else records.get(name)
                if found is None:
                    del self.fields[name]
                else:
                    field.queryset = found

    def clean_payment(self) -> str | Insurer:
        """Return `SELF_PAY`, the insurer, or nothing."""
        value = self.cleaned_data["payment"]
        if value in ("", SELF_PAY):
            return value
        insurer = Insurer.objects.filter(slug=value).first()
        if insurer is None:
            raise forms.ValidationError(UNKNOWN)
        return insurer

    def clean(self) -> dict[str, Any]:
        """Refuse days in the wrong order."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last < first:
            self.add_error("last", "The last day comes before the first, so it was left out.")
        return cleaned

    @property
    def limits(self) -> dict[str, Any]:
        """What is asked for, as the values of a `Search`."""
        self.is_valid()
        found: dict[str, Any] = {}
        for name, value in self.cleaned_data.items():
            if value:
                found |= _limit(name, value)
        return found

    @property
    def search(self) -> Search:
        """The search for all of it."""
        return Search(**self.limits)

    @property
    def values(self) -> dict[str, str]:
        """What is asked for, as it stands in the address."""
        self.is_valid()
        return {name: str(self.data[name]) for name, value in self.cleaned_data.items() if value}

    @property
    def dates(self) -> list[forms.BoundField]:
        """The fields that are days."""
        return [self["first"], self["last"]]

    def switched_on(self, others: dict[str, str]) -> list[OnFilter]:
        """Return the filters that are on; `others` stand in the address beside them."""
        values = self.values
        return [
            OnFilter(
                name,
                str(self.fields[name].label),
                self._words(name),
                urlencode(others | {each: values[each] for each in values if each != name}),
            )
            for name in values
        ]

    def _words(self, name: str) -> str:
        value = self.cleaned_data[name]
        if name in ("first", "last"):
            return f"{self.fields[name].label} {domain.day_words(value)}"
        if value == SELF_PAY:
            return "I pay myself"
        return {**WEEKDAYS, **PARTS}.get(value) or str(value)


def _limit(name: str, value: Any) -> dict[str, Any]:
    """Return the value of a field as a search has it, where some are called something else."""
    match name:
        case "weekday":
            return {name: list(WEEKDAYS).index(value)}
        case "part":
            return {"day_part": Opening.DayPart[value.upper()].value}
        case "payment":
            return {"self_pay": True} if value == SELF_PAY else {"insurer": value.pk}
        case _:
            return {name: value.pk if isinstance(value, Model) else value}
