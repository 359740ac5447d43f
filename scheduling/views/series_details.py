"""The page of the held dates of a series: who the client is, and the policy; then the bookings."""

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from scheduling import domain
from scheduling.forms import OTHERS, DetailsForm
from scheduling.selectors.openings import Wanted
from scheduling.services import claim_time, tokens
from scheduling.services.confirm_series import SeriesWish, confirm_series
from scheduling.services.errors import BookingError, CalendarUncertainError, DatesTakenError

from .details import client_from, details_form
from .held import BOOKED_SERIES, HeldCookie, SeriesCookie, booked_page, set_cookie
from .words import TimeWords


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def series_details(request: HttpRequest, key: str) -> HttpResponse:
    """Show the form of the held dates (GET), or book them (POST)."""
    if page := booked_page(request):
        return HttpResponseRedirect(page, status=303)
    cookie, dates = HeldCookie.read(request), SeriesCookie.read(request)
    wanted = cookie.wanted() if cookie else None
    if cookie is None or wanted is None or dates is None:
        return render(request, "scheduling/book_hold_unknown.html", status=404)
    view = _View(request, key, cookie.token, wanted, dates.wish)
    return view.book() if request.method == "POST" else view.show()


class _View:
    """One visit to the page."""

    def __init__(
        self, request: HttpRequest, key: str, token: str, wanted: Wanted, wish: SeriesWish
    ) -> None:
        self.request, self.key, self.token = request, key, token
        self.wanted, self.wish = wanted, wish

    def show(self) -> HttpResponse:
        """Show the form as it is at first."""
        return self._page(details_form({"key": tokens.new_token()}))

    def book(self) -> HttpResponse:
        """Book the dates, or say which of them are lost."""
        form = details_form(data=self.request.POST)
        if not form.is_valid():
            return self._page(form, status=422)
        if self.request.POST.get("rule") == OTHERS:
            self.wish = SeriesWish(self.wish.starts, self.wish.weeks)
        try:
            booked = confirm_series(
                self.token,
                self.wanted,
                self.wish,
                client_from(form, self.wanted),
                idempotency_key=form.cleaned_data["key"],
                now=timezone.now(),
            )
        except (DatesTakenError, CalendarUncertainError) as refusal:
            return self._page(form, refusal=refusal, status=409)
        link = tokens.series_token(booked.series.reference)
        response = HttpResponseRedirect(reverse("book:series", args=[link]), status=303)
        path = reverse("book:details", args=[self.key])
        set_cookie(self.request, response, BOOKED_SERIES, link, path=path)
        return response

    def _page(
        self, form: DetailsForm, *, refusal: BookingError | None = None, status: int = 200
    ) -> HttpResponse:
        lost = refusal.lost if isinstance(refusal, DatesTakenError) else ()
        context = {
            "form": form,
            "wanted": self.wanted,
            "refusal": refusal,
            "lost": [self._words(start) for start in lost],
            "rows": [self._row(start, form) for start in self.wish.starts if start not in lost],
            "all_or_nothing": self.wish.all_or_nothing,
            "others": OTHERS,
            "policy": form.shown_policy,
            "back": reverse("book:details", args=[self.key]),
            "series_page": reverse("book:choose_series", args=[self.key])
            + f"?weeks={self.wish.weeks}&count={len(self.wish.starts)}",
        } | self._clock()
        return render(self.request, "scheduling/book_series_details.html", context, status=status)

    def _clock(self) -> dict[str, Any]:
        """Return until when all the dates are held; nothing where one of them no longer is."""
        now = timezone.now()
        holds = claim_time.own_holds(tokens.digest(self.token)).filter(expires_at__gt=now)
        held = {hold.starts_at: hold.expires_at for hold in holds}
        if not set(self.wish.starts) <= held.keys():
            return {"until": None}
        until = min(held[start] for start in self.wish.starts)
        return {"until": self._words(until), "seconds_left": int((until - now).total_seconds())}

    def _row(self, start: dt.datetime, form: DetailsForm) -> tuple[TimeWords, TimeWords | None]:
        """Return a date, and until when it can be changed online, if it can."""
        policy = form.shown_policy
        notice = dt.timedelta(hours=policy.notice_hours if policy else 0)
        until = domain.cutoff(start, notice)
        return self._words(start), self._words(until) if until > timezone.now() else None

    def _words(self, moment: dt.datetime) -> TimeWords:
        return TimeWords(moment, self.wanted.place, self.wanted.therapist)
