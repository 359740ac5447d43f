"""The staff screen for one booking: what it is, and what became of it."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from phonenumber_field.phonenumber import PhoneNumber
from wagtail.admin.widgets.button import HeaderButton

from cms.core.audit import record_access
from cms.core.viewsets import RecordInspectView, staff_of
from cms.core.zones import local_time
from scheduling import domain
from scheduling.models import Booking, BookingChange, BookingMail
from scheduling.selectors.bookings import bookings_visible_to
from scheduling.selectors.objections import FOR_STAFF

CLIENT_FIELDS = ("client_name", "client_phone", "client_email")
LABELS = {
    "starts_at": "Begins",
    "ends_at": "Ends",
    "client_name": "Client's name",
    "client_phone": "Client's phone",
    "client_email": "Client's e-mail",
    "client_zone": "Time zone that the client chose",
    "policy": "Policy that the client accepted",
    "cancel_until": "Can be cancelled at no cost until",
    "created_at": "Booked",
    "cancelled_at": "Cancelled",
    "answer_until": "A request until",
    "mails": "Mails",
}

# How staff read what a booking does not have.
MISSING = {
    "client_phone": "Not given",
    "client_email": "Not given: no mails are sent",
    "answer_until": "No",
    "cancelled_at": "No",
    "room": "None: the session is online",
}
_OUTCOME_OPEN = {domain.State.CONFIRMED, *domain.OUTCOMES}


def address_of(booking: Booking) -> str:
    """Return the address of a booking in the admin."""
    return reverse("booking:inspect", args=[booking.pk])


def _mail(mail: BookingMail) -> str:
    if mail.sent_at:
        when = f"sent {local_time(mail.sent_at)}"
    else:
        when = f"due {local_time(mail.due_at)}" if mail.due_at else "not sent yet"
    return f"{mail.get_kind_display()} ({when})"


def _what(change: BookingChange) -> str:
    parts = [change.what]
    if change.moved_from is not None:
        parts.append(f"it was to begin {local_time(change.moved_from)}")
    said = "; ".join(parts)
    if not change.overridden:
        return said
    rules = " ".join(FOR_STAFF.get(code, code) for code in change.overridden)
    return f"{said}, against the rules: {rules}"


def _has_begun(booking: Booking) -> bool:
    """Return whether it can be said now how the session went, or said otherwise than before."""
    return booking.state in _OUTCOME_OPEN and booking.starts_at <= timezone.now()


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
        if not value and field_name in MISSING:
            return MISSING[field_name]
        if field_name == "client_phone":
            return PhoneNumber.from_string(value).as_national
        if field_name == "policy" and self.object.policy_told:
            return f"{value or 'None'} (told by staff)"
        if isinstance(value, dt.datetime):
            return local_time(value)
        return super().get_field_display_value(field_name, field)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what happened to the booking, without the reasons where they are not to be seen."""
        sees_client = self.request.user.has_perm("scheduling.view_client_details")
        history = [
            {
                "at": local_time(change.at),
                "who": change.who,
                "what": _what(change),
                "reason": change.reason if sees_client else "",
            }
            for change in self.object.changes.all()
        ]
        return super().get_context_data(history=history, **kwargs)

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        """Offer what can be done with it now."""
        user, status, key = self.request.user, self.object.status, [self.object.pk]
        buttons = []
        if user.has_perm("scheduling.answer_request") and self.object.waits_for_answer(
            timezone.now()
        ):
            url = reverse("booking:answer", args=key)
            buttons.append(HeaderButton("Answer this request", url=url, icon_name="help"))
        if user.has_perm("scheduling.record_outcome") and _has_begun(self.object):
            url = reverse("booking:outcome", args=key)
            buttons.append(HeaderButton("Say how it went", url=url, icon_name="tick-inverse"))
        if user.has_perm("scheduling.move_booking") and status == Booking.Status.CONFIRMED:
            url = reverse("booking:move", args=key)
            buttons.append(HeaderButton("Move this booking", url=url, icon_name="calendar-alt"))
        if user.has_perm("scheduling.cancel_booking") and status == Booking.Status.CONFIRMED:
            url = reverse("booking:cancel", args=key)
            buttons.append(HeaderButton("Cancel this booking", url=url, icon_name="cross"))
        return buttons
