"""A therapist's weekly hours as a picture, with what comes of them shown before it is saved."""

import datetime as dt
from typing import Any

from django import forms
from django.db import transaction
from django.forms.models import BaseInlineFormSet, inlineformset_factory
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from wagtail.admin import messages
from wagtail.log_actions import log

from cms.core.viewsets import staff_of
from scheduling import domain
from scheduling.models import SchedulingSettings, Therapist, WorkingHours
from scheduling.selectors.hours_week import HoursWeek, hours_week

from .planning import PlanningView
from .week_picture import Layer, WeekPicture

SPARE_ROWS = 2
SAVE = "save"


def _date_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _time_input() -> forms.TimeInput:
    return forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


HoursFormSet = inlineformset_factory(
    Therapist,
    WorkingHours,
    formset=BaseInlineFormSet,
    fields=["weekday", "starts", "ends", "office", "online", "valid_from", "valid_until"],
    widgets={
        "starts": _time_input(),
        "ends": _time_input(),
        "valid_from": _date_input(),
        "valid_until": _date_input(),
    },
    labels={
        "starts": "From",
        "ends": "To",
        "online": "Online too",
        "valid_from": "First date",
        "valid_until": "Last date",
    },
    help_texts=dict.fromkeys(("starts", "ends", "office", "online"), ""),
    extra=SPARE_ROWS,
)


class WeekForm(forms.Form):
    """Which week the picture shows."""

    week = forms.DateField(label="Show the week from", widget=_date_input(), required=False)

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.latest = today + dt.timedelta(days=SchedulingSettings.load().horizon_days)

    def clean_week(self) -> dt.date | None:
        """Refuse weeks that nobody can book."""
        week = self.cleaned_data["week"]
        if week and not self.today <= week <= self.latest:
            words = f"{domain.day_words(self.today)} to {domain.day_words(self.latest)}"
            raise forms.ValidationError(f"Clients can book from {words}: choose one of these days.")
        return week

    @property
    def first(self) -> dt.date:
        """The first day to show: the one that was asked for, else today."""
        asked = self.cleaned_data.get("week") if self.is_bound and self.is_valid() else None
        return asked or self.today


class HoursView(PlanningView):
    """Shows the week that the hours give; changed ones are looked at before they are saved."""

    template_name = "scheduling/admin/hours.html"
    page_title = "Hours"
    header_icon = "time"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the hours that are stored."""
        week = WeekForm(request.GET or None, today=self._today())
        return self._show(week, HoursFormSet(instance=self.therapist), None)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show what would come of the hours, or save them."""
        week = WeekForm(request.POST, today=self._today())
        rows = HoursFormSet(_with_spare_rows(request.POST, self.therapist), instance=self.therapist)
        if not rows.is_valid():
            messages.error(request, "Nothing was saved: see below what has to be corrected.")
            return self._show(week, rows, None)
        if SAVE not in request.POST:
            return self._show(week, rows, _hours_in(rows))
        with transaction.atomic():
            rows.save()
            log(self.therapist, "wagtail.edit", user=staff_of(request))
        messages.success(request, "The hours are saved. Sessions that are booked stay booked.")
        return redirect(request.path)

    def _today(self) -> dt.date:
        return timezone.now().astimezone(self.therapist.zone).date()

    def _show(
        self, week: WeekForm, rows: BaseInlineFormSet, hours: list[WorkingHours] | None
    ) -> HttpResponse:
        """Render the screen; the picture is of `hours`, else of what is stored."""
        now = timezone.now()
        found = hours_week(self.therapist, first=week.first, now=now, hours=hours)
        return self.show(
            week=week,
            rows=rows,
            is_trial=hours is not None,
            picture=_picture(self.therapist, found),
            zone=domain.zone_words(self.therapist.zone, now),
        )


def _with_spare_rows(data: QueryDict, therapist: Therapist) -> QueryDict:
    """Return what was posted with rows enough that some are left to fill in."""
    rows = HoursFormSet(data, instance=therapist)
    if not rows.management_form.is_valid():
        return data
    blank = sum(not form.has_changed() for form in rows.extra_forms)
    total = rows.total_form_count()
    missing = range(total, total + max(SPARE_ROWS - blank, 0))
    more = data.copy()
    more[f"{rows.prefix}-TOTAL_FORMS"] = str(total + len(missing))
    for number in missing:
        more[f"{rows.prefix}-{number}-online"] = "on"  # as an untouched row says
    return more


def _hours_in(rows: BaseInlineFormSet) -> list[WorkingHours]:
    """Return the hours that would be stored."""
    return [
        form.instance
        for form in rows.forms
        if (form.instance.pk or form.has_changed()) and form not in rows.deleted_forms
    ]


def _picture(therapist: Therapist, week: HoursWeek) -> WeekPicture:
    layers = [Layer("taken", "Taken", week.taken)]
    for lane, place in enumerate(week.places):
        layers.append(Layer("hours", f"Hours {place.where}", place.open, lane))
        layers.append(Layer("free", f"Clients could book {place.where}", place.free, lane))
    return WeekPicture(week.days, therapist.zone, layers, title="The week by these hours")
