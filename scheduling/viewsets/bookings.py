"""The staff screens for bookings: a list, one booking, and cancelling it."""

import datetime as dt
from typing import Any, cast

import django_filters
from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, StatusTagColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets.button import HeaderButton

from cms.core.audit import record_access
from cms.core.viewsets import ReadOnlyViewSet, SampleColumn
from scheduling.models import Booking
from scheduling.selectors.bookings import bookings_visible_to, next_first
from scheduling.services.cancel_for_client import cancel_for_client

CLIENT_FIELDS = ("client_name", "client_email", "client_phone")


def local_time(instant: dt.datetime) -> str:
    """Return an instant as staff read it: "Tue, Jan 5, 2027, 9:00 a.m. CST"."""
    return date_format(timezone.localtime(instant), "D, M j, Y, g:i a T")


def _staff(request: HttpRequest) -> User:
    """Return who asks; the admin lets nobody in who is not logged in."""
    return cast("User", request.user)


class BookingFilterSet(WagtailFilterSet):
    """By date, status, therapist, place and service."""

    starts_at = django_filters.DateFromToRangeFilter(
        label="Date of the session", widget=DateRangePickerWidget
    )

    class Meta:
        model = Booking
        fields = ["starts_at", "status", "therapist", "place", "service"]


class BookingIndexView(generic.IndexView):
    """Lists bookings, without a word about the client."""

    def get_base_queryset(self) -> QuerySet[Booking]:
        """Return what this user may see."""
        return bookings_visible_to(_staff(self.request))

    def order_queryset(self, queryset: QuerySet[Booking]) -> QuerySet[Booking]:
        """Show the next session first, unless another order was asked for."""
        if self.is_explicitly_ordered:
            return super().order_queryset(queryset)
        return next_first(queryset, now=timezone.now())


class OneBookingMixin:
    """Finds the booking of the address among those that the user may see."""

    request: HttpRequest
    kwargs: dict[str, Any]

    def get_object(self, queryset: QuerySet[Booking] | None = None) -> Booking:
        """Return the booking; 404 for one that is another therapist's."""
        return get_object_or_404(bookings_visible_to(_staff(self.request)), pk=self.kwargs["pk"])


class BookingInspectView(OneBookingMixin, generic.InspectView):
    """Shows one booking, and the client's details to those who may see them.

    Each such view is one row of the audit, written before anything is shown.
    """

    page_title = "Booking"
    template_name = "scheduling/admin/booking.html"

    def get_fields(self) -> list[str]:
        """Leave out the client's details where the user may not see them."""
        fields = super().get_fields()
        if self.request.user.has_perm("scheduling.view_client_details"):
            return fields
        return [name for name in fields if name not in CLIENT_FIELDS]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Record the look, then show the booking."""
        labels = [
            str(self.get_field_label(name, None)) for name in CLIENT_FIELDS if name in self.fields
        ]
        if labels:
            record_access(
                self.object, user=_staff(request), details=", ".join(labels), now=timezone.now()
            )
        response = super().get(request, *args, **kwargs)
        response["Cache-Control"] = "no-store, private"
        return response

    def get_field_display_value(self, field_name: str, field: Any) -> Any:
        """Return instants and what may be missing as staff read them."""
        value = getattr(self.object, field_name)
        if isinstance(value, dt.datetime):
            return local_time(value)
        if field_name == "room" and value is None:
            return "None: the session is online"
        return super().get_field_display_value(field_name, field)

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        """Offer to cancel what can be cancelled."""
        may_cancel = self.request.user.has_perm("scheduling.cancel_booking")
        if not may_cancel or self.object.status != Booking.Status.CONFIRMED:
            return []
        url = reverse("booking:cancel", args=[self.object.pk])
        return [HeaderButton("Cancel this booking", url=url, icon_name="cross")]


class CancelForm(forms.Form):
    """Who wants the booking cancelled."""

    CLIENT, PRACTICE = "client", "practice"
    asked_by = forms.ChoiceField(
        label="Who asked for it?",
        choices=[(CLIENT, "The client"), (PRACTICE, "The practice")],
        widget=forms.RadioSelect,
        help_text=(
            "If the client asks after the time until which they could cancel online, it counts as "
            "cancelled late. What the practice cancels never does."
        ),
    )


class BookingCancelView(
    OneBookingMixin, PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView
):
    """Asks, then cancels."""

    model = Booking
    form_class = CancelForm
    template_name = "scheduling/admin/booking_cancel.html"
    page_title = "Cancel booking"
    header_icon = "cross"
    any_permission_required = ["view"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse those who may not cancel."""
        if not request.user.has_perm("scheduling.cancel_booking"):
            raise PermissionDenied
        self.object = self.get_object()
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        """Name the booking."""
        return self.object.reference

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what is about to be cancelled."""
        return super().get_context_data(
            object=self.object,
            starts_at=local_time(self.object.starts_at),
            cancel_until=local_time(self.object.cancel_until),
            back_url=self.get_success_url(),
            **kwargs,
        )

    def get_success_url(self) -> str:
        """Return to the booking."""
        return reverse("booking:inspect", args=[self.object.pk])

    def form_valid(self, form: CancelForm) -> HttpResponse:
        """Cancel it and say so, or say that it was cancelled before."""
        asked_by_client = form.cleaned_data["asked_by"] == CancelForm.CLIENT
        now = timezone.now()
        if cancel_for_client(self.object.pk, asked_by_client=asked_by_client, now=now):
            messages.success(self.request, f"{self.object} is cancelled. Its time is free again.")
        else:
            messages.warning(self.request, f"{self.object} had been cancelled before.")
        return redirect(self.get_success_url())


def _starts_at(booking: Booking) -> str:
    return local_time(booking.starts_at)


class BookingViewSet(ReadOnlyViewSet):
    """Bookings. They are made by clients; staff see them and cancel them."""

    model = Booking
    icon = "calendar-check"
    add_to_reference_index = False
    index_view_class = BookingIndexView
    inspect_view_class = BookingInspectView
    inspect_template_name = BookingInspectView.template_name
    filterset_class = BookingFilterSet
    search_fields = ["reference"]
    list_display = [
        "reference",
        Column("starts_at", label="Session", accessor=_starts_at, sort_key="starts_at"),
        Column("therapist", label="Therapist", sort_key="therapist__name"),
        Column("service", label="Service"),
        Column("place", label="Place"),
        StatusTagColumn(
            "status",
            label="Status",
            accessor="get_status_display",
            sort_key="status",
            primary=lambda booking: booking.status == Booking.Status.CONFIRMED,
        ),
        SampleColumn(),
    ]
    list_export = ["reference", "starts_at", "ends_at", "therapist", "service", "place", "status"]
    export_filename = "bookings"
    inspect_view_fields = [
        "status",
        "starts_at",
        "ends_at",
        "therapist",
        "service",
        "place",
        "room",
        *CLIENT_FIELDS,
        "client_zone",
        "policy",
        "cancel_until",
        "created_at",
        "cancelled_at",
    ]

    def get_urlpatterns(self) -> list[URLPattern]:
        """Add the page that cancels."""
        view = self.construct_view(BookingCancelView)
        return [*super().get_urlpatterns(), path("cancel/<int:pk>/", view, name="cancel")]
