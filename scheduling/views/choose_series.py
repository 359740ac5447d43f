"""The page on which a client looks at the dates of a series and has them held."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cms.core.addresses import client_network
from scheduling import domain
from scheduling.forms import ALL, OTHERS, SHORTEST_SERIES, SeriesForm
from scheduling.models import Series
from scheduling.selectors.openings import Wanted
from scheduling.selectors.series import series_report
from scheduling.services import claim_time, tokens
from scheduling.services.confirm_series import SeriesWish
from scheduling.services.errors import BookingError, DatesTakenError, TooManyHoldsError
from scheduling.services.hold_series import hold_series
from scheduling.services.hold_time import client_index_of

from .choose import Choice
from .details import series_form
from .held import SERIES, HeldCookie, SeriesCookie, booked_page, set_cookie
from .hold import other_times
from .words import TimeWords, read_starts_value, starts_value

TOO_FEW = f"Choose at least {SHORTEST_SERIES} dates, or book the first one alone."


class Row(NamedTuple):
    """One date as the page shows it: the time, why it is not free, and what is near."""

    words: TimeWords
    refusal: str
    alternatives: list[TimeWords]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def choose_series(request: HttpRequest, key: str) -> HttpResponse:
    """Show which dates are free (GET), or hold those that the client chose (POST)."""
    if page := booked_page(request):
        return HttpResponseRedirect(page, status=303)
    cookie = HeldCookie.read(request)
    wanted = cookie.wanted() if cookie else None
    if cookie is None or wanted is None:
        return render(request, "scheduling/book_hold_unknown.html", status=404)
    query = request.POST if request.method == "POST" else request.GET
    form = series_form(wanted, query)
    if form is None:
        return HttpResponseRedirect(reverse("book:details", args=[key]), status=303)
    if not form.is_valid():
        return _page(request, key, wanted, form, status=400)
    if request.method == "POST":
        return _hold(request, key, cookie, wanted, form)
    return _page(request, key, wanted, form, rows=_rows(cookie, wanted, form))


def chosen_starts(data: QueryDict) -> tuple[dt.datetime, ...]:
    """Return the starts (UTC) that were ticked, and those taken instead of one that isn't free."""
    instead = [data.get(name, "") for name in data if name.startswith("instead-")]
    read = (read_starts_value(value) for value in [*data.getlist("start"), *instead])
    return tuple(sorted({each[0] for each in read if each}))


def _hold(
    request: HttpRequest, key: str, cookie: HeldCookie, wanted: Wanted, form: SeriesForm
) -> HttpResponse:
    wish = SeriesWish(
        chosen_starts(request.POST),
        form.cleaned_data["weeks"],
        all_or_nothing=request.POST.get("rule") == ALL,
    )
    if len(wish.starts) < SHORTEST_SERIES:
        rows = _rows(cookie, wanted, form)
        return _page(request, key, wanted, form, rows=rows, problem=TOO_FEW, status=422)
    index = client_index_of(client_network(request))
    try:
        hold_series(cookie.token, wanted, wish.starts, now=timezone.now(), client_index=index)
    except DatesTakenError as refusal:
        rows = _rows(cookie, wanted, form)
        return _page(request, key, wanted, form, rows=rows, problem=refusal, status=409)
    except TooManyHoldsError as refusal:
        return render(request, "scheduling/book_refused.html", {"refusal": refusal}, status=429)
    page = reverse("book:series_details", args=[key])
    response = HttpResponseRedirect(page, status=303)
    path = reverse("book:details", args=[key])
    set_cookie(request, response, SERIES, SeriesCookie(wish).written, path=path)
    return response


def _rows(cookie: HeldCookie, wanted: Wanted, form: SeriesForm) -> list[Row]:
    starts = domain.series_starts(
        wanted.starts_at,
        weeks=form.cleaned_data["weeks"],
        count=form.cleaned_data["count"],
        zone=wanted.therapist.zone,
    )
    own = list(claim_time.own_holds(tokens.digest(cookie.token)))
    report = series_report(wanted, starts, now=timezone.now(), own=own)
    return [
        Row(
            _words(wanted, each.starts_at),
            each.refusal,
            other_times(wanted, each.alternatives),
        )
        for each in report
    ]


def _words(wanted: Wanted, start: dt.datetime) -> TimeWords:
    value = starts_value(start, wanted.therapist.slug)
    return TimeWords(start, wanted.place, wanted.therapist, value)


def _page(
    request: HttpRequest,
    key: str,
    wanted: Wanted,
    form: SeriesForm,
    *,
    rows: Iterable[Row] = (),
    problem: BookingError | str = "",
    status: int = 200,
) -> HttpResponse:
    shown = list(rows)
    context: dict[str, Any] = {
        "form": form,
        "series_page": request.path,
        "wanted": wanted,
        "rows": shown,
        "free": sum(not row.refusal for row in shown),
        "rhythm": shown and Series.Rhythm(form.cleaned_data["weeks"]).label,
        "problem": problem,
        "back": reverse("book:details", args=[key]),
        "choice": Choice(wanted.place, wanted.service, None),
        "rules": {"others": OTHERS, "all": ALL},
    }
    return render(request, "scheduling/book_series_choose.html", context, status=status)
