"""Finding therapists by what matters to clients, and how many each further choice would find.

Who has what is read once, in a number of queries that grows with neither therapists nor choices;
the rest is intersections of sets of primary keys.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import QuerySet

from locations.models import Place
from scheduling.models import Service, Therapist
from scheduling.models.traits import TRAITS
from scheduling.selectors import choices
from scheduling.selectors.bookable import bookable_now
from scheduling.selectors.next_times import NextTime, leading_services, next_times
from scheduling.selectors.search import Search
from scheduling.selectors.whereabouts import who_works_at

Keys = set[int]
# What asks for times rather than for people.
TIMES = ("first", "last", "weekday", "day_part")
COLUMNS = ("therapist_id", "place_id", "service_id", "weekday", "day_part")
NO_PAYMENT = {"insurer": None, "self_pay": None}


class Option(NamedTuple):
    """A choice, by its name in the address, and how many therapists it would find."""

    value: str
    label: str
    number: int


class Found(NamedTuple):
    """A therapist, and the first time (if there is one) that fits the search."""

    therapist: Therapist
    next_time: NextTime | None


class TimesOf(NamedTuple):
    """When and where a therapist has a free time at all."""

    therapist: int
    place: int
    service: int
    weekday: int
    day_part: int


class Trait(NamedTuple):
    """A record that therapists are linked to."""

    key: int
    slug: str
    name: str


class Finder:
    """Answers about one search at the instant `now`.

    Where and what are questions of their own where `asks_where`; else they are settled, and only
    those count who have a time for that place and service.
    """

    def __init__(self, search: Search, *, now: dt.datetime, asks_where: bool = True) -> None:
        self.search, self.now, self.asks_where = search, now, asks_where

    def find(self) -> list[Found]:
        """Return whom the search finds, those first who are free soonest.

        Where days or times of day are asked for, only those with such a time; else those without a
        free time come last, in the practice's order. Nothing else ranks them.
        """
        keys = self.matching()
        found = Therapist.objects.filter(pk__in=keys).prefetch_related("topics")
        times = next_times(now=self.now, search=self.search, among=keys)
        soonest = {each.therapist.pk: each for each in times}
        order = {key: position for position, key in enumerate(soonest)}
        therapists = sorted(found, key=lambda each: order.get(each.pk, len(order)))
        return [Found(each, soonest.get(each.pk)) for each in therapists]

    def matching(self, **changes: Any) -> Keys:
        """Return the keys of those whom the search finds, with `changes` to what it asks for."""
        search = replace(self.search, **changes)
        found = set(self._public)
        for name in TRAITS:
            if (key := getattr(search, name)) is not None:
                having = (keys for trait, keys in self._having[name].items() if trait.key == key)
                found &= next(having, set())
        if search.therapist is not None:
            found &= {search.therapist}
        if search.self_pay is not None:
            found &= {key for key, pays in self._public.items() if pays == search.self_pay}
        if self.asks_where and search.service is not None:
            found &= self._with_service.get(search.service, set())
        if self.asks_where and search.place is not None:
            found &= self._at_place.get(search.place, set())
        if not self.asks_where or any(getattr(search, name) is not None for name in TIMES):
            found &= {each.therapist for each in self._fitting(search)}
        return found

    def trait_options(self, name: str) -> list[Option]:
        """Return the traits of a kind that can be chosen beside the rest of the search."""
        asked = NO_PAYMENT if name == "insurer" else {name: None}
        others = self.matching(**asked)
        return [
            Option(trait.slug, trait.name, len(keys & others))
            for trait, keys in self._having[name].items()
            if keys & others
        ]

    def self_pay_number(self) -> int:
        """Return how many would be found who take clients who pay themselves."""
        return sum(self._public[key] for key in self.matching(**NO_PAYMENT))

    def service_options(self) -> list[Option]:
        """Return the services that can be chosen beside the rest of the search."""
        return [
            Option(each.slug, each.name, number)
            for each in self._services
            if (number := len(self.matching(service=each.pk)))
        ]

    def place_options(self) -> list[Option]:
        """Return the places that can be chosen beside the rest of the search."""
        return [
            Option(each.slug, each.label, number)
            for each in self._places
            if (number := len(self.matching(place=each.pk)))
        ]

    def weekday_numbers(self) -> dict[int, int]:
        """Return how many would be found with a time on each weekday (Monday is 0)."""
        return self._numbers("weekday")

    def part_numbers(self) -> dict[int, int]:
        """Return how many would be found with a time in each `Opening.DayPart`."""
        return self._numbers("day_part")

    def _numbers(self, column: str) -> dict[int, int]:
        others = self.matching(**dict.fromkeys(TIMES))
        found: dict[int, Keys] = {}
        for each in self._fitting(replace(self.search, **{column: None})):
            if each.therapist in others:
                found.setdefault(getattr(each, column), set()).add(each.therapist)
        return {value: len(keys) for value, keys in sorted(found.items())}

    def _fitting(self, search: Search) -> Iterator[TimesOf]:
        services = self._leading if search.service is None else {search.service}
        for each in self._times:
            if (
                each.service in services
                and search.place in (None, each.place)
                and search.weekday in (None, each.weekday)
                and search.day_part in (None, each.day_part)
            ):
                yield each

    @cached_property
    def _public(self) -> dict[int, bool]:
        """Whether each therapist on the site takes clients who pay themselves."""
        return dict(Therapist.objects.public().values_list("pk", "accepts_self_pay"))

    @cached_property
    def _having(self) -> dict[str, dict[Trait, Keys]]:
        """The traits of each kind that somebody has, in their order, and who has them."""
        found: dict[str, dict[Trait, Keys]] = {name: {} for name in TRAITS}
        for name, model in TRAITS.items():
            records: QuerySet[Any] = model._default_manager.all()
            rows = records.exclude(therapists=None)
            for *trait, therapist in rows.values_list("pk", "slug", "name", "therapists"):
                found[name].setdefault(Trait(*trait), set()).add(therapist)
        return found

    @cached_property
    def _times(self) -> list[TimesOf]:
        """The times of all therapists within the days that are asked for."""
        asked = Search(first=self.search.first, last=self.search.last)
        if not self.asks_where:
            asked = replace(asked, place=self.search.place, service=self.search.service)
        rows = bookable_now(asked, now=self.now).order_by().values_list(*COLUMNS)
        return [TimesOf(*row) for row in rows.distinct()]

    @cached_property
    def _places(self) -> list[Place]:
        return list(choices.bookable_places(today=self.now.date()))

    @cached_property
    def _services(self) -> list[Service]:
        return list(Service.objects.bookable())

    @cached_property
    def _leading(self) -> Keys:
        return {each.pk for each in leading_services(self._services)}

    @cached_property
    def _with_service(self) -> dict[int, Keys]:
        rows = Therapist.services.through.objects.values_list("service_id", "therapist_id")
        found: dict[int, Keys] = {}
        for service, therapist in rows:
            found.setdefault(service, set()).add(therapist)
        return found

    @cached_property
    def _at_place(self) -> dict[int, Keys]:
        """Who has hours at each place and may see clients there, or has a free time there."""
        found = who_works_at(self._places, now=self.now)
        for each in self._times:
            found.setdefault(each.place, set()).add(each.therapist)
        return found
