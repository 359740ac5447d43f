"""Taking one of the times that were shown."""

import datetime as dt

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from cms.core.addresses import client_network
from scheduling import domain
from scheduling.selectors import choices
from scheduling.selectors.freshness import how_now
from scheduling.selectors.openings import Wanted
from scheduling.services.errors import NotLicensedError, TimeTakenError, TooManyHoldsError
from scheduling.services.hold_time import client_index_of, hold_time

from .choose import Choice, choice_form
from .held import HELD, HeldCookie, new_page_key, set_cookie
from .words import TimeWords, read_starts_value, starts_value


@never_cache
@require_POST
def hold(request: HttpRequest) -> HttpResponse:
    """Hold the chosen time and lead to its page, or say what else there is."""
    now = timezone.now()
    form = choice_form(request.POST, now=now)
    chosen = read_starts_value(request.POST.get("opening", ""))
    therapists = choices.bookable_therapists()
    therapist = therapists.filter(slug=chosen[1]).first() if chosen else None
    if chosen is None or therapist is None or not form.is_valid():
        if form.is_valid():
            form.add_error(None, "We could not read the time that was chosen. Choose it once more.")
        return render(request, "scheduling/book_choose.html", {"form": form}, status=400)
    wanted = Wanted(therapist, form.cleaned_data["service"], form.cleaned_data["place"], chosen[0])
    try:
        held = hold_time(wanted, now=now, client_index=client_index_of(client_network(request)))
    except NotLicensedError as refusal:
        context = {"refusal": refusal, "choice": Choice(wanted.place, wanted.service, None)}
        return render(request, "scheduling/book_not_licensed.html", context, status=422)
    except TimeTakenError as taken:
        return _offer_others(request, wanted, taken)
    except TooManyHoldsError as refusal:
        return render(request, "scheduling/book_refused.html", {"refusal": refusal}, status=429)
    page = reverse("book:details", args=[new_page_key()])
    response = HttpResponseRedirect(page, status=303)
    set_cookie(request, response, HELD, HeldCookie.of(held.token, wanted).written, path=page)
    return response


def other_times(wanted: Wanted, starts: tuple[dt.datetime, ...]) -> list[TimeWords]:
    """Return the starts that can be had in place of `wanted`, as the pages say them."""
    must_ask = how_now(wanted.therapist.pk, now=timezone.now()) is domain.How.ASK
    return [
        TimeWords(
            value=starts_value(start, wanted.therapist.slug),
            starts_at=start,
            place=wanted.place,
            therapist=wanted.therapist,
            must_ask=must_ask,
        )
        for start in starts
    ]


def _offer_others(request: HttpRequest, wanted: Wanted, taken: TimeTakenError) -> HttpResponse:
    context = {
        "refusal": taken,
        "choice": Choice(wanted.place, wanted.service, None),
        "times": other_times(wanted, taken.alternatives),
        "wanted": TimeWords(wanted.starts_at, wanted.place, wanted.therapist),
    }
    return render(request, "scheduling/book_taken.html", context, status=409)
