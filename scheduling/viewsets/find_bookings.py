"""Finding the bookings of a client who calls."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.generic import FormView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.core.audit import AccessRecord, record_access
from cms.core.viewsets import staff_of
from cms.core.zones import local_time
from scheduling.models import Booking
from scheduling.selectors.bookings import bookings_visible_to, next_first, with_email

from .one_booking import address_of


class FindForm(forms.Form):
    """The address that the client booked with."""

    email = forms.EmailField(
        label="The client's e-mail",
        help_text=(
            "The whole address that they booked with. Names can't be searched: they are stored "
            "so that only the page of a booking can show them."
        ),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )


class BookingFindView(WagtailAdminTemplateMixin, FormView):
    """Asks for an address and lists the bookings made with it.

    The address is posted, so that it stands in no address bar, history or log. What is found is
    recorded like a look at the booking.
    """

    model = Booking
    form_class = FindForm
    template_name = "scheduling/admin/booking_find.html"
    page_title = "Find a client’s bookings"
    header_icon = "search"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse those who may not see clients' details."""
        if not request.user.has_perm("scheduling.view_client_details"):
            raise PermissionDenied
        response = super().dispatch(request, *args, **kwargs)
        response["Cache-Control"] = "no-store, private"
        return response

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the list."""
        bookings = {"url": reverse("booking:index"), "label": "Bookings"}
        return [*self.breadcrumbs_items, bookings, {"url": "", "label": self.page_title}]

    def form_valid(self, form: FindForm) -> HttpResponse:
        """Show what was found, after writing down that it was."""
        user, now = staff_of(self.request), timezone.now()
        bookings = with_email(bookings_visible_to(user), form.cleaned_data["email"])
        rows = []
        for booking in next_first(bookings, now=now):
            record_access(
                booking,
                user=user,
                details="Client's e-mail",
                now=now,
                action=AccessRecord.Action.SEARCH,
            )
            rows.append(
                {
                    "booking": booking,
                    "when": local_time(booking.starts_at),
                    "url": address_of(booking),
                }
            )
        return self.render_to_response(self.get_context_data(form=form, rows=rows, was_asked=True))
