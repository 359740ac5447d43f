"""The page on which a client says where and what, and sees the free times."""

import datetime as dt
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from locations.models import Place
from scheduling import domain
from scheduling.forms import ELSEWHERE, ChoiceForm, FilterForm
from scheduling.models import Service, Therapist
from scheduling.selectors import choices
from scheduling.selectors.finder import Finder
from scheduling.selectors.nothing_free import why_nothing_is_free
from scheduling.selectors.search import Search, days_with_openings

from .facets import facets_of
from .times import times_context


class Choice(NamedTuple):
    """What the client has chosen so far."""

    place: Place
    service: Service
    therapist: Therapist | None
    filters: FilterForm | None = None

    @property
    def search(self) -> Search:
        """The search for it."""
        limits = self.filters.limits if self.filters else {}
        therapist = self.therapist.pk if self.therapist else None
        return Search(self.place.pk, self.service.pk, therapist, **limits)

    @property
    def values(self) -> dict[str, str]:
        """Where, what and with whom, as it stands in the address."""
        values = {"place": self.place.slug, "service": self.service.slug}
        return values | ({"therapist": self.therapist.slug} if self.therapist else {})

    @property
    def query(self) -> str:
        """The choice, with its filters, as a query string."""
        return urlencode(self.values | (self.filters.values if self.filters else {}))


@require_safe
@cache_control(private=True, no_cache=True)
def choose(request: HttpRequest) -> HttpResponse:
    """Ask where, what and with whom; once that is known, show the free times."""
    now = timezone.now()
    form = choice_form(request.GET, now=now)
    if request.GET.get("place") == ELSEWHERE:
        return render(request, "scheduling/book_elsewhere.html", {"form": form})
    if "place" not in request.GET:
        form.is_bound = False
        form.initial = {name: request.GET.get(name) for name in form.fields}
        return render(request, "scheduling/book_choose.html", {"form": form})
    if not form.is_valid():
        status = 400 if form.has_choices else 200
        return render(request, "scheduling/book_choose.html", {"form": form}, status=status)
    choice = Choice(**form.cleaned_data, filters=FilterForm(request.GET))
    if not choices.fits(choice.service, choice.place):
        return _nothing_free(request, form, choice, now)
    return _times(request, form, choice, now)


def choice_form(query: QueryDict, *, now: dt.datetime) -> ChoiceForm:
    """Return the form for `query`; where a place but no service is named, the first that fits."""
    places = choices.bookable_places(today=timezone.localdate(now))
    services, therapists = choices.bookable_services(), choices.bookable_therapists()
    query = query.copy()
    for name in ("place", "service", "therapist"):
        if "\0" in query.get(name, ""):  # to the database an error, not an unknown place
            query[name] = "unknown"
    if therapist := therapists.filter(slug=query.get("therapist", "")).first():
        services = services.filter(therapists=therapist)
    if "place" in query and "service" not in query:
        place = next((each for each in places if each.slug == query["place"]), None)
        fitting = (each for each in services if place and choices.fits(each, place))
        if service := next(fitting, None):
            query["service"] = service.slug
    return ChoiceForm(query, places=places, services=services, therapists=therapists)


def _times(
    request: HttpRequest, form: ChoiceForm, choice: Choice, now: dt.datetime
) -> HttpResponse:
    times = times_context(choice.search, choice.place, request.GET.get("day", ""), now=now)
    if times is None:
        return _nothing_free(request, form, choice, now)
    context = times | {
        "form": form,
        "choice": choice,
        **_filters_context(choice, now),
        "query": f"{choice.query}&",
        "action": reverse("book:hold"),
    }
    status = 200 if times["is_readable"] and not context["filters"].errors else 400
    return render(request, "scheduling/book_times.html", context, status=status)


def _filters_context(choice: Choice, now: dt.datetime) -> dict[str, Any]:
    filters = choice.filters or FilterForm(QueryDict())
    return {
        "filters": filters,
        "facets": facets_of(filters, Finder(choice.search, now=now, asks_where=False)),
        "on": filters.switched_on(choice.values),
    }


def _nothing_free(
    request: HttpRequest, form: ChoiceForm, choice: Choice, now: dt.datetime
) -> HttpResponse:
    filters = _filters_context(choice, now)
    fits = choices.fits(choice.service, choice.place)
    without = [] if not filters["on"] else _without_filters(choice, now=now)
    context = {
        "form": form,
        "choice": choice,
        **filters,
        "fits": fits,
        "without": without,
        "why": why_nothing_is_free(*choice[:3], now=now) if fits and not without else [],
        "nearest": [
            (each, Choice(*each[:3]).query)
            for each in choices.nearest_searches(*choice[:3], now=now)
        ],
    }
    status = 400 if filters["filters"].errors else 200
    return render(request, "scheduling/book_nothing_free.html", context, status=status)


def _without_filters(choice: Choice, *, now: dt.datetime) -> list[tuple[str, str]]:
    """Return the days of the first times that are free without filters; none if none are."""
    days = days_with_openings(choice._replace(filters=None).search, now=now)
    return [(domain.day_words(day.date), day.date.isoformat()) for day in days[:3]]
