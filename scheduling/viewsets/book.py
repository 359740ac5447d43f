"""Booking a time for a client: choosing it, and writing down who the client is."""

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.views.generic import TemplateView
from wagtail.admin import messages

from cms.core.viewsets import staff_of
from scheduling import domain
from scheduling.models import Policy
from scheduling.selectors.bookings import therapists_visible_to
from scheduling.selectors.holds import live_hold
from scheduling.selectors.objections import judge_for_staff
from scheduling.selectors.openings import Wanted, nearest_starts
from scheduling.services import tokens
from scheduling.services.book_for_client import book_for_client
from scheduling.services.confirm_booking import ClientDetails
from scheduling.services.errors import (
    ALTERNATIVES,
    BookingError,
    HoldExpiredError,
    ObjectionsError,
    TimeTakenError,
)
from scheduling.services.hold_for_client import hold_for_client, token_of
from scheduling.views.hold import other_times
from scheduling.views.words import TimeWords, read_starts_value, starts_value

from .desk import MAY_OVERRIDE, DeskView, free_times, objections_context, override_from
from .desk_forms import ClientForm, OtherTimeForm, OverrideForm, WhatForm
from .one_booking import address_of

PERMISSION = "scheduling.book_for_client"


def book_url(wanted: Wanted) -> str:
    """Return the address at which `wanted` is booked for a client."""
    asked = {
        "service": wanted.service.pk,
        "place": wanted.place.pk,
        "therapist": wanted.therapist.pk,
        "at": f"{wanted.starts_at:%Y-%m-%dT%H:%MZ}",
    }
    return f"{reverse('booking:book_details')}?{urlencode(asked)}"


class BookView(DeskView, TemplateView):
    """Asks what, where and with whom, and shows the free times; a POST takes one of them."""

    permission = PERMISSION
    template_name = "scheduling/admin/book.html"
    page_title = "Book for a client"
    header_icon = "plus-inverse"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the questions, and once they are answered the times."""
        form = WhatForm(request.GET, user=staff_of(request))
        if not ("service" in request.GET and "place" in request.GET):
            form.is_bound = False
            form.initial = {name: request.GET.get(name) for name in form.fields}
        return self._page(form)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Hold the chosen time, and lead to the page that books it or says what speaks against."""
        form = WhatForm(request.POST, user=staff_of(request))
        other = None if "opening" in request.POST else OtherTimeForm(request.POST)
        wanted = self._wanted(form, other) if form.is_valid() else None
        if wanted is None:
            return self._page(form, other)
        try:
            hold_for_client(
                wanted,
                user=staff_of(request),
                may_override=request.user.has_perm(MAY_OVERRIDE),
                now=timezone.now(),
            )
        except TimeTakenError as taken:
            messages.warning(request, str(taken))
            return self._page(form)
        except ObjectionsError:
            pass  # the next page says which
        return redirect(book_url(wanted))

    def _wanted(self, form: WhatForm, other: OtherTimeForm | None) -> Wanted | None:
        """Return what was chosen, or named in `other`; None where that can't be meant."""
        therapist, place = form.cleaned_data["therapist"], form.cleaned_data["place"]
        service = form.cleaned_data["service"]
        if other is not None:
            if not (therapist and other.is_valid()):
                return None
            return Wanted(therapist, service, place, other.starts_at(place))
        chosen = read_starts_value(self.request.POST["opening"])
        therapists = therapists_visible_to(staff_of(self.request))
        therapist = therapists.filter(slug=chosen[1]).first() if chosen else None
        return Wanted(therapist, service, place, chosen[0]) if chosen and therapist else None

    def _page(self, form: WhatForm, other: OtherTimeForm | None = None) -> HttpResponse:
        context = self.get_context_data(form=form, other=other or OtherTimeForm())
        if form.is_bound and form.is_valid():
            asked = form.cleaned_data
            context |= {
                "chosen": asked,
                "times": free_times(**asked, day=self._day(), now=timezone.now()),
                "query": urlencode({name: self._value(name) for name in form.fields}),
                "zone": domain.zone_words(asked["place"].jurisdiction.zone, timezone.now()),
            }
        return self.render_to_response(context)

    def _day(self) -> str:
        return self.request.GET.get("day", "")

    def _value(self, name: str) -> str:
        return (self.request.POST or self.request.GET).get(name, "")


class BookDetailsView(DeskView, TemplateView):
    """Shows the time and what speaks against it, asks who the client is, and books."""

    permission = PERMISSION
    template_name = "scheduling/admin/book_details.html"
    page_title = "Book for a client"
    header_icon = "plus-inverse"

    @cached_property
    def wanted(self) -> Wanted | None:
        """What the address asks for; None where it asks for nothing that there is."""
        form = WhatForm(self.request.GET, user=staff_of(self.request))
        chosen = read_starts_value(f"{self.request.GET.get('at', '')}~x")
        if not (chosen and form.is_valid() and form.cleaned_data["therapist"]):
            return None
        asked = form.cleaned_data
        return Wanted(asked["therapist"], asked["service"], asked["place"], chosen[0])

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the page; without a time that could be meant, lead back to choose one."""
        if self.wanted is None:
            messages.warning(request, "Choose the time once more.")
            return redirect("booking:book")
        return self._page(self.wanted, self._client_form(), OverrideForm())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Book it, or show what is missing, what speaks against it, or what else is free."""
        if self.wanted is None:
            return self.get(request)
        wanted = self.wanted
        if other := read_starts_value(request.POST.get("opening", "")):
            wanted = wanted._replace(starts_at=other[0])
        must_say_why = bool(request.POST.get("told"))
        form = self._client_form(request.POST)
        reasons = OverrideForm(request.POST if must_say_why else None)
        if not form.is_valid() or (must_say_why and not reasons.is_valid()):
            return self._page(wanted, form, reasons, status=422)
        try:
            booked = book_for_client(
                wanted,
                self._client(form, wanted),
                user=staff_of(request),
                idempotency_key=form.cleaned_data["key"],
                now=timezone.now(),
                override=override_from(request, reasons["reason"].data or ""),
            )
        except (ObjectionsError, TimeTakenError, HoldExpiredError) as refusal:
            return self._page(wanted, form, reasons, refusal=refusal, status=409)
        has_mail = bool(booked.booking.client_email)
        told = "The client gets a mail." if has_mail else "No mail was sent: tell the client."
        messages.success(request, f"{booked.booking} is made. {told}")
        return redirect(address_of(booked.booking))

    def _client_form(self, data: Any = None) -> ClientForm:
        policy = Policy.objects.first()
        initial = {"key": tokens.new_token(), "policy": policy.version if policy else ""}
        return ClientForm(data, shown_policy=policy, initial=initial)

    def _client(self, form: ClientForm, wanted: Wanted) -> ClientDetails:
        cleaned = form.cleaned_data
        zone = wanted.place.jurisdiction.time_zone
        return ClientDetails(cleaned["name"], cleaned["email"], str(cleaned["phone"] or ""), zone)

    def _page(
        self,
        wanted: Wanted,
        form: ClientForm,
        reasons: OverrideForm,
        *,
        refusal: BookingError | None = None,
        status: int = 200,
    ) -> HttpResponse:
        now, user = timezone.now(), staff_of(self.request)
        held = live_hold(tokens.digest(token_of(user, wanted)), now=now)
        asked_at = held.created_at if held else now
        judgement = judge_for_staff(wanted, now=now, without=held, asked_at=asked_at)
        is_lost = refusal is not None and judgement.opening is None
        alternatives = nearest_starts(wanted, ALTERNATIVES, now=now) if is_lost else ()
        policy = form.shown_policy
        notice = dt.timedelta(hours=policy.notice_hours if policy else 0)
        until = domain.cutoff(wanted.starts_at, notice)
        again = {"service": wanted.service.pk, "place": wanted.place.pk}
        context = self.get_context_data(
            wanted=wanted,
            words=TimeWords(wanted.starts_at, wanted.place, wanted.therapist),
            value=starts_value(wanted.starts_at, wanted.therapist.slug),
            held_until=held and TimeWords(held.expires_at, wanted.place, wanted.therapist),
            policy=policy,
            until=until > now and TimeWords(until, wanted.place, wanted.therapist),
            form=form,
            reasons=reasons,
            refusal=refusal,
            times=other_times(wanted, alternatives),
            back_url=f"{reverse('booking:book')}?{urlencode(again)}",
            **objections_context(judgement, wanted, user),
        )
        return self.render_to_response(context, status=status)
