"""Time off in two clicks: which days, and what is booked in them, before anything is saved."""

import datetime as dt
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from wagtail.admin import messages
from wagtail.admin.widgets import AdminDateInput
from wagtail.log_actions import log

from cms.core.viewsets import staff_of
from scheduling import domain
from scheduling.models import Booking, Therapist
from scheduling.selectors.planning import sessions_within
from scheduling.services.take_time_off import days_off, end_time_off, take_time_off

from .one_booking import address_of
from .planning import PlanningView

FARTHEST = dt.timedelta(days=730)


class DaysForm(forms.Form):
    """The first and the last day, both included."""

    first = forms.DateField(label="First day", widget=AdminDateInput)
    last = forms.DateField(label="Last day", widget=AdminDateInput)

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean(self) -> dict[str, Any]:
        """Refuse days that are out of order, over, or too far away to be meant."""
        days = super().clean() or {}
        first, last = days.get("first"), days.get("last")
        if first and last and last < first:
            self.add_error("last", "The last day comes before the first.")
        elif last and last < self.today:
            self.add_error("last", "These days are over.")
        elif last and last > self.today + FARTHEST:
            self.add_error("last", "Choose days within two years from today.")
        elif first and first < self.today - FARTHEST:
            self.add_error("first", "The first day is over for long. Begin with today.")
        return days


class TimeOffView(PlanningView):
    """Offers the usual days, each with what is booked in it, and any others to look at first."""

    template_name = "scheduling/admin/time_off.html"
    page_title = "Time off"
    header_icon = "calendar-check"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the usual days, and those that were asked for."""
        is_asked = "first" in request.GET or "last" in request.GET
        return self._show(DaysForm(request.GET if is_asked else None, today=self._today()))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Close the days, or open those that were closed."""
        if "remove" in request.POST:
            return self._open_again(request.POST["remove"])
        form = DaysForm(request.POST, today=self._today())
        if not form.is_valid():
            return self._show(form)
        first, last = form.cleaned_data["first"], form.cleaned_data["last"]
        take_time_off(self.therapist, first, last)
        log(self.therapist, "wagtail.edit", user=staff_of(self.request), title=str(self.therapist))
        booked = sessions_within(self.therapist, days_off(self.therapist, first, last)).count()
        said = f"No session is offered {_words(first, last)}."
        if booked:
            messages.warning(self.request, f"{said} {_still_booked(booked)}")
        else:
            messages.success(self.request, said)
        return redirect(self.request.path)

    def _open_again(self, key: str) -> HttpResponse:
        if key.isascii() and key.isdigit() and end_time_off(self.therapist, int(key)):
            log(self.therapist, "wagtail.edit", user=staff_of(self.request))
            messages.success(self.request, "The time off is taken back.")
        else:
            messages.warning(self.request, "Nothing was changed: that time off is gone already.")
        return redirect(self.request.path)

    def _today(self) -> dt.date:
        return timezone.now().astimezone(self.therapist.zone).date()

    def _show(self, form: DaysForm) -> HttpResponse:
        asked = None
        if form.is_bound and form.is_valid():
            asked = _choice(
                self.therapist, "", form.cleaned_data["first"], form.cleaned_data["last"]
            )
        now, zone = timezone.now(), self.therapist.zone
        return self.show(
            form=form,
            asked=asked,
            choices=[_choice(self.therapist, *each) for each in domain.periods_from(self._today())],
            taken=[
                {"key": each.pk, "words": _moments(each.starts_at, each.ends_at, self.therapist)}
                for each in self.therapist.time_off.filter(ends_at__gt=now)
            ],
            zone=domain.zone_words(zone, now),
        )


def _choice(therapist: Therapist, name: str, first: dt.date, last: dt.date) -> dict[str, Any]:
    """Return days that can be taken off, in words, and the sessions that lie in them."""
    sessions = sessions_within(therapist, days_off(therapist, first, last))
    return {
        "name": name,
        "words": _words(first, last),
        "first": first.isoformat(),
        "last": last.isoformat(),
        "sessions": [(address_of(each), _session(each, therapist)) for each in sessions],
    }


def _session(booking: Booking, therapist: Therapist) -> str:
    zone = therapist.zone
    day = domain.short_day_words(booking.starts_at.astimezone(zone).date())
    when = f"{day}, {domain.clock_words(booking.starts_at, zone)}"
    return f"{when}: {booking.service}, {booking.place} ({booking.get_status_display()})"


def _words(first: dt.date, last: dt.date) -> str:
    if first == last:
        return f"on {domain.day_words(first)}"
    return f"from {domain.day_words(first)} to {domain.day_words(last)}"


def _moments(start: dt.datetime, end: dt.datetime, therapist: Therapist) -> str:
    """Return the days where the time is whole days, and the moments where it is not."""
    zone = therapist.zone
    first, last = (
        each.astimezone(zone).date() for each in (start, end - dt.timedelta(microseconds=1))
    )
    if days_off(therapist, first, last) == domain.Interval(start, end):
        return _words(first, last)
    return f"from {domain.moment_words(start, zone)} to {domain.moment_words(end, zone)}"


def _still_booked(count: int) -> str:
    if count == 1:
        return "One session in it stays booked until somebody moves or cancels it."
    return f"{count} sessions in it stay booked until somebody moves or cancels them."
