"""The page of a hold: who the client is, and the policy; then the booking."""

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from scheduling import domain
from scheduling.forms import SHORTEST_SERIES, DetailsForm, SeriesForm
from scheduling.models import Hold, Policy, SchedulingSettings
from scheduling.selectors.freshness import how_now
from scheduling.selectors.holds import live_hold
from scheduling.selectors.openings import Wanted
from scheduling.services import tokens
from scheduling.services.book_time import book_time
from scheduling.services.confirm_booking import ClientDetails
from scheduling.services.errors import BookingError, CalendarUncertainError, TimeTakenError
from scheduling.services.release_hold import release_hold

from .choose import Choice
from .held import BOOKED, HELD, SERIES, HeldCookie, booked_page, set_cookie
from .hold import other_times
from .words import TimeWords, read_starts_value


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def details(request: HttpRequest, key: str) -> HttpResponse:
    """Show the form of a held time (GET), or book it (POST)."""
    if page := booked_page(request):
        return HttpResponseRedirect(page, status=303)
    cookie = HeldCookie.read(request)
    wanted = cookie.wanted() if cookie else None
    if cookie is None or wanted is None:
        return render(request, "scheduling/book_hold_unknown.html", status=404)
    if request.method == "POST":
        return _book(request, cookie, wanted)
    held = live_hold(tokens.digest(cookie.token), now=timezone.now())
    form = details_form({"key": tokens.new_token()})
    return _page(request, form, wanted, held, status=200 if held else 410)


@never_cache
@require_POST
def release(request: HttpRequest, key: str) -> HttpResponse:
    """Let the time go and lead back to the free times."""
    cookie = HeldCookie.read(request)
    wanted = cookie.wanted() if cookie else None
    back = reverse("book:choose")
    if cookie and wanted:
        release_hold(cookie.token, now=timezone.now())
        day = wanted.starts_at.astimezone(wanted.place.jurisdiction.zone).date()
        back += f"?{Choice(wanted.place, wanted.service, None).query}&day={day}"
    response = HttpResponseRedirect(back, status=303)
    for name in (HELD, SERIES):
        response.delete_cookie(name, path=reverse("book:details", args=[key]))
    return response


def _book(request: HttpRequest, cookie: HeldCookie, wanted: Wanted) -> HttpResponse:
    chosen = read_starts_value(request.POST.get("opening", ""))
    if chosen:
        wanted = wanted._replace(starts_at=chosen[0])
    form = details_form(data=request.POST)
    if not form.is_valid():
        held = live_hold(tokens.digest(cookie.token), now=timezone.now())
        return _page(request, form, wanted, held, status=422)
    now = timezone.now()
    try:
        booked = book_time(
            cookie.token,
            wanted,
            client_from(form, wanted),
            idempotency_key=form.cleaned_data["key"],
            now=now,
        )
    except (TimeTakenError, CalendarUncertainError) as refusal:
        held = live_hold(tokens.digest(cookie.token), now=now)
        return _page(request, form, wanted, held, status=409, refusal=refusal)
    link = tokens.link_token(booked.booking.reference)
    response = HttpResponseRedirect(reverse("book:session", args=[link]), status=303)
    set_cookie(request, response, BOOKED, link, path=request.path)
    return response


def details_form(initial: dict[str, Any] | None = None, data: Any = None) -> DetailsForm:
    """Return the form, with the policy that the client is shown."""
    return DetailsForm(data, initial=initial, shown_policy=Policy.objects.first())


def series_form(wanted: Wanted, data: Any = None) -> SeriesForm | None:
    """Return the form for more dates of `wanted`; None where it is booked one at a time."""
    limit = SchedulingSettings.load().series_limit
    if not wanted.service.in_series or limit < SHORTEST_SERIES:
        return None
    return SeriesForm(data, limit=limit)


def client_from(form: DetailsForm, wanted: Wanted) -> ClientDetails:
    """Return what a valid form says of the client, whose clock is the one at the place."""
    cleaned = form.cleaned_data
    zone = wanted.place.jurisdiction.time_zone
    return ClientDetails(
        cleaned["name"],
        cleaned["email"],
        str(cleaned["phone"]),
        zone,
        tuple(cleaned["reminders"]),
    )


def _page(
    request: HttpRequest,
    form: DetailsForm,
    wanted: Wanted,
    held: Hold | None,
    *,
    status: int,
    refusal: BookingError | None = None,
) -> HttpResponse:
    alternatives = refusal.alternatives if isinstance(refusal, TimeTakenError) else ()
    context = {
        "form": form,
        "wanted": wanted,
        "words": TimeWords(wanted.starts_at, wanted.place, wanted.therapist),
        "must_ask": how_now(wanted.therapist.pk, now=timezone.now()) is domain.How.ASK,
        "held": held,
        "seconds_left": held and int((held.expires_at - timezone.now()).total_seconds()),
        "until": held and TimeWords(held.expires_at, wanted.place, wanted.therapist),
        "policy": form.shown_policy,
        "cancel_until": _cancel_until(form.shown_policy, wanted),
        "refusal": refusal,
        "times": other_times(wanted, alternatives),
        "choice": Choice(wanted.place, wanted.service, None),
        "series_form": held and not alternatives and series_form(wanted),
        "series_page": f"{request.path}series/",
    }
    return render(request, "scheduling/book_details.html", context, status=status)


def _cancel_until(policy: Policy | None, wanted: Wanted) -> TimeWords | None:
    """Return until when cancelling would cost nothing; None where it is late already."""
    notice = dt.timedelta(hours=policy.notice_hours if policy else 0)
    until = domain.cutoff(wanted.starts_at, notice)
    if until <= timezone.now():
        return None
    return TimeWords(until, wanted.place, wanted.therapist)
