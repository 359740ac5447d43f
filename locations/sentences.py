"""Sentences about where the practice sees clients, made from the records."""

import datetime as dt
from collections.abc import Sequence

from .models import Neighborhood, Office, ServiceArea


def where_we_see_clients(
    on: dt.date, *, clients_word: str = "clients", neighborhoods: bool = True
) -> str:
    """Return one or two sentences that say where `clients_word` are seen on the local day `on`.

    The second names the neighborhoods they come from, where `neighborhoods` are wanted.

    Made from the records alone, so that no two pages can disagree. An office's own neighborhood is
    never named as a place that people travel from. Empty where the practice has no place at all.
    """
    offices = list(Office.objects.open_on(on).select_related("jurisdiction"))
    areas = list(ServiceArea.objects.open_on(on).select_related("jurisdiction"))
    return compose(
        office_names=[office.neighborhood for office in offices],
        city=_shared_city(offices),
        area_names=[area.jurisdiction.name for area in areas],
        neighborhoods=[hood.name for hood in Neighborhood.objects.all()]
        if offices and neighborhoods
        else [],
        clients_word=clients_word,
    )


def compose(
    *,
    office_names: Sequence[str],
    city: str,
    area_names: Sequence[str],
    neighborhoods: Sequence[str],
    clients_word: str,
) -> str:
    """Return the sentences for these names; the grammar follows how many there are.

    `city` is where the offices are ("Chicago, Illinois"), empty if they don't share one.
    """
    sentences: list[str] = []
    people = clients_word[:1].upper() + clients_word[1:]
    if office_names:
        noun = "office" if len(office_names) == 1 else "offices"
        where = f"our {join(office_names)} {noun}" + (f" in {city}" if city else "")
        online = f", and online anywhere in {join(area_names)}" if area_names else ""
        sentences.append(f"We see {clients_word} in person at {where}{online}")
    elif area_names:
        sentences.append(f"We see {clients_word} online, anywhere in {join(area_names)}")
    elsewhere = without(neighborhoods, office_names)
    if office_names and elsewhere:
        sentences.append(f"{people} also come to us from {join(elsewhere)}")
    # A name such as "Washington, D.C." brings its own full stop.
    return " ".join(f"{sentence.removesuffix('.')}." for sentence in sentences)


def join(names: Sequence[str]) -> str:
    """Return `names` as a list in running text: "A", "A and B", "A, B, and C"."""
    if len(names) < 3:
        return " and ".join(names)
    return f"{', '.join(names[:-1])}, and {names[-1]}"


def without(names: Sequence[str], own: Sequence[str]) -> list[str]:
    """Return `names` less those that name a place of `own`, in any spelling of case or spaces."""
    taken = {folded(name) for name in own}
    return [name for name in names if folded(name) not in taken]


def folded(name: str) -> str:
    """Return what is left of `name` where case and spaces don't matter: Lake View is Lakeview."""
    return "".join(name.split()).casefold()


def _shared_city(offices: Sequence[Office]) -> str:
    cities = {f"{office.city}, {office.jurisdiction.name}" for office in offices}
    return cities.pop() if len(cities) == 1 else ""
