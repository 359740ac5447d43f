"""The page on which a client says where and what, and sees the free times."""

import datetime as dt
from itertools import groupby
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from locations.models import Place
from scheduling import domain
from scheduling.forms import ELSEWHERE, ChoiceForm
from scheduling.models import Service, Therapist
from scheduling.selectors import choices
from scheduling.selectors.search import Found, Search, days_with_openings, next_openings

from .month import month_of
from .words import TimeWords, starts_value

MOST_ON_A_DAY = 200


class Choice(NamedTuple):
    """What the client has chosen so far."""

    place: Place
    service: Service
    therapist: Therapist | None

    @property
    def search(self) -> Search:
        """The search for it."""
        return Search(self.place.pk, self.service.pk, self.therapist.pk if self.therapist else None)

    @property
    def query(self) -> str:
        """The choice as a query string."""
        query = QueryDict(mutable=True)
        query.update({"place": self.place.slug, "service": self.service.slug})
        if self.therapist:
            query["therapist"] = self.therapist.slug
        return query.urlencode()


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
        return render(request, "scheduling/book_choose.html", {"form": form}, status=400)
    choice = Choice(**form.cleaned_data)
    if not choices.fits(choice.service, choice.place):
        return _nothing_free(request, form, choice, now)
    return _times(request, form, choice, now)


def choice_form(query: QueryDict, *, now: dt.datetime) -> ChoiceForm:
    """Return the form for `query`; where a place but no service is named, the first that fits."""
    places = choices.bookable_places(today=timezone.localdate(now))
    services = choices.bookable_services()
    query = query.copy()
    for name in ("place", "service", "therapist"):
        if "\0" in query.get(name, ""):  # to the database an error, not an unknown place
            query[name] = "unknown"
    if therapist := query.get("therapist"):
        services = services.filter(therapists__slug=therapist)
    if "place" in query and "service" not in query:
        place = next((each for each in places if each.slug == query["place"]), None)
        fitting = (each for each in services if place and choices.fits(each, place))
        if service := next(fitting, None):
            query["service"] = service.slug
    return ChoiceForm(
        query, places=places, services=services, therapists=choices.bookable_therapists()
    )


def _times(
    request: HttpRequest, form: ChoiceForm, choice: Choice, now: dt.datetime
) -> HttpResponse:
    days = days_with_openings(choice.search, now=now)
    if not days:
        return _nothing_free(request, form, choice, now)
    asked, is_readable = _asked_day(request.GET.get("day", ""))
    day = next((each for each in days if asked is None or each.date >= asked), days[-1])
    place = choice.place.pk
    only = Search(place, choice.service.pk, choice.search.therapist, day.date, day.date)
    found = next_openings(only, now=now, limit=MOST_ON_A_DAY).openings
    parts = _parts_of_day(found, choice.place)
    position = days.index(day)
    return render(
        request,
        "scheduling/book_times.html",
        {
            "form": form,
            "choice": choice,
            "month": month_of(day.date, days),
            "day": day,
            "asked_for_other": asked is not None and asked != day.date,
            "is_readable": is_readable,
            "earlier": days[position - 1] if position else None,
            "later": days[position + 1] if position + 1 < len(days) else None,
            "parts": parts,
            "has_other_clock": any(time.elsewhere for _, times in parts for time in times),
        },
        status=200 if is_readable else 400,
    )


def _parts_of_day(found: tuple[Found, ...], place: Place) -> list[tuple[str, list[TimeWords]]]:
    """Return the times of a day under "Morning", "Afternoon" and "Evening"."""
    therapists = Therapist.objects.in_bulk({each.therapist for each in found})
    zone: ZoneInfo = place.jurisdiction.zone
    times = [
        TimeWords(
            value=starts_value(each.starts_at, therapists[each.therapist].slug),
            starts_at=each.starts_at,
            place=place,
            therapist=therapists[each.therapist],
        )
        for each in found
    ]
    parts = groupby(times, key=lambda each: domain.part_of_day(each.starts_at, zone))
    return [(name, list(part)) for name, part in parts]


def _nothing_free(
    request: HttpRequest, form: ChoiceForm, choice: Choice, now: dt.datetime
) -> HttpResponse:
    nearest = choices.nearest_searches(*choice, now=now)
    context = {
        "form": form,
        "choice": choice,
        "fits": choices.fits(choice.service, choice.place),
        "nearest": [(each, Choice(*each[:3]).query) for each in nearest],
    }
    return render(request, "scheduling/book_nothing_free.html", context)


def _asked_day(text: str) -> tuple[dt.date | None, bool]:
    """Return the date that `text` writes, None where it writes none, and whether that is fine."""
    try:
        date = parse_date(text)
    except ValueError:
        date = None
    return date, date is not None or not text
