"""Where a client will be."""

from typing import Any

from django import forms

from locations.spots import ABROAD, Spot, find_spot
from locations.states import STATES


class SpotForm(forms.Form):
    """Where a client will be. Always posted: a ZIP code in an address would be kept by others."""

    where = forms.CharField(
        label="ZIP code or neighborhood",
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "postal-code", "list": "neighborhoods"}),
        error_messages={"max_length": "This is too long for a ZIP code or a neighborhood."},
    )
    state = forms.ChoiceField(
        label="Or the state where you will be",
        required=False,
        choices=[
            ("", "Choose a state"),
            *sorted(STATES.items(), key=lambda state: state[1].removeprefix("the ")),
            (ABROAD, "Outside the United States"),
        ],
        error_messages={"invalid_choice": "Choose one of the states on the list."},
    )
    spot: Spot

    def clean(self) -> dict[str, Any]:
        """Find out where that is."""
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        if not (cleaned["where"] or cleaned["state"]):
            raise forms.ValidationError("Write a ZIP code or a neighborhood, or choose a state.")
        spot = find_spot(cleaned["where"], state=cleaned["state"])
        if spot is None:
            self.add_error(
                "where",
                "We don’t find this place. Check the five digits of the ZIP code, or leave this "
                "empty and choose your state below.",
            )
        else:
            self.spot = spot
        return cleaned
