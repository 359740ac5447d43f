"""The week of a therapist, an office or a room, as staff look at it."""

import datetime as dt
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets import AdminDateInput
from wagtail.admin.widgets.button import HeaderButton

from cms.core.audit import record_accesses
from cms.core.viewsets import staff_of
from locations.models import Office, Room
from scheduling import domain
from scheduling.models import Booking, Therapist
from scheduling.selectors.bookings import therapists_visible_to
from scheduling.selectors.calendar_week import Entry, Whose, calendar_week, zone_of

from .book import PERMISSION as MAY_BOOK
from .week_table import week_table

SEES_ALL, SEES_CLIENTS = "scheduling.view_all_bookings", "scheduling.view_client_details"
KINDS: dict[str, type[Whose]] = {"therapist": Therapist, "office": Office, "room": Room}
FARTHEST = dt.timedelta(days=3660)


class WeekForm(forms.Form):
    """Whose week, and which. Sent as a query, so that each week is an address of its own."""

    whose = forms.ChoiceField(label="Whose calendar")
    day = forms.DateField(label="A day of the week", widget=AdminDateInput, required=False)

    def __init__(self, data: Any, *, user: User) -> None:
        super().__init__(data)
        groups: dict[str, QuerySet] = {"Therapists": therapists_visible_to(user)}
        if user.has_perm(SEES_ALL):
            groups["Offices"] = Office.objects.select_related("jurisdiction")
            rooms = Room.objects.select_related("office__jurisdiction")
            groups["Rooms"] = rooms.filter(is_active=True)
        self.records: dict[str, Whose] = {
            _value(record): record for group in groups.values() for record in group
        }
        field = self.fields["whose"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # for the type checker
        field.choices = [
            (name, [(_value(record), str(record)) for record in group])
            for name, group in groups.items()
        ]

    def clean_day(self) -> dt.date | None:
        """Refuse days that no calendar has."""
        day = self.cleaned_data["day"]
        if day and abs(day - timezone.localdate()) > FARTHEST:
            raise forms.ValidationError("Choose a day within ten years from today.")
        return day


def _value(record: Whose) -> str:
    return f"{record._meta.model_name}-{record.pk}"


class WeekView(WagtailAdminTemplateMixin, TemplateView):
    """Shows sessions, time off and busy time of one week: as a table, and as a list on a phone.

    Clients' names are shown only to those who may see them and ask for it; then each is recorded.
    """

    model = Booking
    template_name = "scheduling/admin/week.html"
    page_title = "Week"
    header_icon = "calendar"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse those who may not see bookings."""
        if not request.user.has_perm("scheduling.view_booking"):
            raise PermissionDenied
        response = super().dispatch(request, *args, **kwargs)
        response["Cache-Control"] = "no-store, private"
        return response

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the bookings."""
        bookings = {"url": reverse("booking:index"), "label": "Bookings"}
        return [*self.breadcrumbs_items, bookings, {"url": "", "label": self.page_title}]

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        """Lead to the list and to the explanation of a day."""
        return [
            HeaderButton("List", url=reverse("booking:index"), icon_name="list-ul"),
            HeaderButton(
                "Why can’t this time be booked?", url=reverse("booking:why_not"), icon_name="help"
            ),
        ]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the week that is asked for; without a question this week of the first calendar."""
        user = staff_of(request)
        asked = {name: request.GET[name] for name in WeekForm.base_fields if name in request.GET}
        asked.setdefault("whose", self._own(user))
        form = WeekForm(asked, user=user)
        context = self.get_context_data(form=form)
        if form.records and form.is_valid():
            context |= self._week(form.records[form.cleaned_data["whose"]], form.cleaned_data)
        return self.render_to_response(context)

    def _own(self, user: User) -> str:
        therapists = therapists_visible_to(user)
        first = therapists.filter(user=user).first() or therapists.first()
        return _value(first) if first else ""

    def _week(self, whose: Whose, asked: dict[str, Any]) -> dict[str, Any]:
        now, zone = timezone.now(), zone_of(whose)
        today = now.astimezone(zone).date()
        axis = domain.WeekAxis(domain.first_of_week(asked["day"] or today), zone)
        entries = calendar_week(whose, axis, now=now)
        may_see_names = self.request.user.has_perm(SEES_CLIENTS)
        has_names = may_see_names and self.request.GET.get("names") == "1"
        if has_names:
            self._record(entries, now)
        return {
            "whose": whose,
            "kind": whose._meta.model_name,
            "week": week_table(axis, entries),
            "axis": axis,
            "today": today,
            "zone": domain.zone_words(zone, now),
            "earlier": axis.days[0] - dt.timedelta(days=7),
            "later": axis.days[0] + dt.timedelta(days=7),
            "query": asked["whose"],
            "may_book": self.request.user.has_perm(MAY_BOOK),
            "may_see_names": may_see_names,
            "has_names": has_names,
        }

    def _record(self, entries: list[Entry], now: dt.datetime) -> None:
        shown = {entry.booking.pk: entry.booking for entry in entries if entry.booking}
        record_accesses(
            shown.values(), user=staff_of(self.request), details="Client's name", now=now
        )
