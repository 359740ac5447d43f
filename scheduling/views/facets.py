"""The choices that a client can still make, each with how many therapists it would find."""

from typing import NamedTuple

from scheduling.forms.filters import PARTS, SELF_PAY, WEEKDAYS, FilterForm
from scheduling.models import Opening
from scheduling.models.traits import TRAITS
from scheduling.selectors.finder import Finder, Option


class Facet(NamedTuple):
    """A question of the form: its choices, and the one that is made."""

    name: str
    id: str
    label: str
    value: str
    options: list[Option]


def facets_of(form: FilterForm, finder: Finder) -> list[Facet]:
    """Return the questions of `form` that have an answer beside what `finder` searches for."""
    options = _options(form, finder)
    facets = []
    for name, field in form.fields.items():
        value = form.values.get(name, "")
        if options.get(name) or (value and name in options):
            bound = form[name]
            facets.append(Facet(name, bound.id_for_label, str(field.label), value, options[name]))
    return facets


def _options(form: FilterForm, finder: Finder) -> dict[str, list[Option]]:
    found = {name: finder.trait_options(name) for name in TRAITS if name != "insurer"}
    itself = Option(SELF_PAY, "I pay myself", finder.self_pay_number())
    found["payment"] = [itself, *finder.trait_options("insurer")]
    on_days, in_parts = finder.weekday_numbers(), finder.part_numbers()
    found["weekday"] = [
        Option(name, label, on_days[day])
        for day, (name, label) in enumerate(WEEKDAYS.items())
        if day in on_days
    ]
    found["part"] = [
        Option(part.name.lower(), PARTS[part.name.lower()], in_parts[part])
        for part in Opening.DayPart
        if part in in_parts
    ]
    if finder.asks_where:
        found |= {"place": finder.place_options(), "service": finder.service_options()}
    return found
