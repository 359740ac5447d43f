"""The staff screens for one booking: what it is, and cancelling it."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import FormView
from phonenumber_field.phonenumber import PhoneNumber
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets.button import HeaderButton

from cms.core.audit import record_access
from cms.core.viewsets import RecordInspectView, staff_of
from cms.core.zones import local_time
from scheduling.models import Booking, BookingMail
from scheduling.selectors.bookings import bookings_visible_to
from scheduling.services.cancel_for_client import cancel_for_client

CLIENT_FIELDS = ("client_name", "client_phone", "client_email")
LABELS = {
    "starts_at": "Begins",
    "ends_at": "Ends",
    "client_name": "Client's name",
    "client_phone": "Client's phone",
    "client_email": "Client's e-mail",
    "client_zone": "Time zone that the client chose",
    "policy": "Policy that the client accepted",
    "cancel_until": "Can be cancelled online until",
    "created_at": "Booked",
    "cancelled_at": "Cancelled",
    "mails": "Mails",
}


def address_of(booking: Booking) -> str:
    """Return the address of a booking in the admin."""
    return reverse("booking:inspect", args=[booking.pk])


def _path_to(booking: Booking) -> list[dict[str, Any]]:
    return [
        {"url": reverse("booking:index"), "label": "Bookings"},
        {"url": address_of(booking), "label": str(booking)},
    ]


def _mail(mail: BookingMail) -> str:
    when = f"sent {local_time(mail.sent_at)}" if mail.sent_at else "not sent yet"
    return f"{mail.get_kind_display()} ({when})"


class OneBookingMixin:
    """Finds the booking of the address among those that the user may see."""

    request: HttpRequest
    kwargs: dict[str, Any]

    def get_object(self, queryset: QuerySet[Booking] | None = None) -> Booking:
        """Return the booking; 404 for one that is another therapist's."""
        return get_object_or_404(bookings_visible_to(staff_of(self.request)), pk=self.kwargs["pk"])


class BookingInspectView(OneBookingMixin, RecordInspectView):
    """Shows one booking, and the client's details to those who may see them.

    Each such view is one row of the audit, written before anything is shown.
    """

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
                self.object, user=staff_of(request), details=", ".join(labels), now=timezone.now()
            )
        response = super().get(request, *args, **kwargs)
        response["Cache-Control"] = "no-store, private"
        return response

    def get_field_label(self, field_name: str, field: Any) -> str:
        """Say it as the desk does."""
        return LABELS.get(field_name) or super().get_field_label(field_name, field)

    def get_field_display_value(self, field_name: str, field: Any) -> Any:
        """Return instants, phones and what may be missing as staff read them."""
        if field_name == "mails":
            return "; ".join(map(_mail, self.object.mails.all())) or "None yet"
        value = getattr(self.object, field_name)
        if field_name == "client_phone":
            return PhoneNumber.from_string(value).as_national if value else "Not given"
        if field_name == "cancelled_at" and value is None:
            return "No"
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

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the booking."""
        here = {"url": "", "label": self.page_title}
        return [*self.breadcrumbs_items, *_path_to(self.object), here]

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
        return address_of(self.object)

    def form_valid(self, form: CancelForm) -> HttpResponse:
        """Cancel it and say so, or say that it was cancelled before."""
        asked_by_client = form.cleaned_data["asked_by"] == CancelForm.CLIENT
        now = timezone.now()
        if cancel_for_client(self.object.pk, asked_by_client=asked_by_client, now=now):
            messages.success(self.request, f"{self.object} is cancelled. Its time is free again.")
        else:
            messages.warning(self.request, f"{self.object} had been cancelled before.")
        return redirect(self.get_success_url())
