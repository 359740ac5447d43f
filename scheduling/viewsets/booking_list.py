"""The list of bookings: filters, order and export."""

import datetime as dt
from typing import Any

import django_filters
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.widgets.button import Button, HeaderButton

from cms.core.audit import AccessRecord, record_accesses
from cms.core.viewsets import RecordIndexView, staff_of
from scheduling.models import Booking
from scheduling.selectors.bookings import bookings_visible_to, next_first, therapists_visible_to

from .book import PERMISSION
from .one_booking import CLIENT_FIELDS, LABELS

SEES_CLIENTS = "scheduling.view_client_details"
INSTANTS = ("starts_at", "ends_at")


def _screen(label: str, name: str, icon: str) -> Button:
    return Button(label, url=reverse(f"booking:{name}"), icon_name=icon, priority=50)


class BookingFilterSet(WagtailFilterSet):
    """By date, status, therapist, place and service; therapists are those the user may see."""

    starts_at = django_filters.DateFromToRangeFilter(
        label="Date of the session", widget=DateRangePickerWidget
    )

    class Meta:
        model = Booking
        fields = ["starts_at", "status", "therapist", "place", "service"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["therapist"].queryset = therapists_visible_to(staff_of(self.request))


class BookingIndexView(RecordIndexView):
    """Lists bookings, without a word about the client.

    So are exports, but for the one with clients' details, for those who may see them: it is
    recorded for each booking that is in it. Instants are those of the practice's clocks.
    """

    list_export: list[str]
    export_headings = {name: LABELS[name] for name in CLIENT_FIELDS}

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Add the client's columns where they are asked for."""
        super().setup(request, *args, **kwargs)
        self.has_clients = self.is_export and request.GET.get("clients") == "1"
        if self.has_clients:
            self.list_export = [*self.list_export, *CLIENT_FIELDS]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse clients' details to those who may not see them."""
        if self.has_clients and not request.user.has_perm(SEES_CLIENTS):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def as_spreadsheet(
        self, queryset: QuerySet[Booking], spreadsheet_format: str
    ) -> HttpResponseBase:
        """Record the export of clients' details, then write it."""
        if self.has_clients:
            record_accesses(
                queryset,
                user=staff_of(self.request),
                details="Client's name, phone, e-mail",
                now=timezone.now(),
                action=AccessRecord.Action.EXPORT,
            )
        response = super().as_spreadsheet(queryset, spreadsheet_format)
        response["Cache-Control"] = "no-store, private"
        return response

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        """Write instants as the clocks of the practice show them; the heading names the zone."""
        if isinstance(value, dt.datetime):
            local = timezone.make_naive(value)
            return local if export_format == self.FORMAT_XLSX else f"{local:%Y-%m-%d %H:%M}"
        return super().preprocess_field_value(field, value, export_format)

    def get_heading(self, queryset: QuerySet[Booking], field: str) -> str:
        """Name the columns as the screens do."""
        if field in INSTANTS:
            name = "Begins" if field == "starts_at" else "Ends"
            return f"{name} ({timezone.get_current_timezone_name()})"
        return super().get_heading(queryset, field)

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """Lead to the rarer screens, and offer the export with clients' details to who may."""
        sees_clients = self.request.user.has_perm(SEES_CLIENTS)
        buttons = super().header_more_buttons
        if sees_clients:
            buttons.append(_screen("Find a client’s bookings", "find", "search"))
            buttons += [
                Button(
                    f"Download {name} with clients’ details (recorded)",
                    url=f"{self.get_export_url(name.lower())}&clients=1",
                    icon_name="download",
                    priority=110,
                )
                for name in ("XLSX", "CSV")
            ]
        return [*buttons, _screen("Why can’t this time be booked?", "why_not", "help")]

    def get_base_queryset(self) -> QuerySet[Booking]:
        """Return what this user may see."""
        return bookings_visible_to(staff_of(self.request))

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        """Lead to the week, and to booking for those who may."""
        week = HeaderButton("Week", url=reverse("booking:week"), icon_name="calendar")
        if not self.request.user.has_perm(PERMISSION):
            return [week]
        book = HeaderButton(
            "Book for a client", url=reverse("booking:book"), icon_name="plus-inverse"
        )
        return [book, week]

    def order_queryset(self, queryset: QuerySet[Booking]) -> QuerySet[Booking]:
        """Show the next session first, unless another order was asked for."""
        if self.is_explicitly_ordered:
            return super().order_queryset(queryset)
        return next_first(queryset, now=timezone.now())
