"""The staff screens that change a booking: cancelling it, and saying how the session went."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from cms.core.viewsets import staff_of
from cms.core.zones import local_time
from scheduling.models import Booking
from scheduling.selectors.requests import obstacle_to
from scheduling.services.answer_request import Answer, answer_request
from scheduling.services.cancel_for_client import cancel_for_client
from scheduling.services.change_status import staff
from scheduling.services.errors import BookingError, ChangeRefusedError
from scheduling.services.record_outcome import record_outcome

from .one_booking import OneBookingMixin, address_of


class ReasonForm(forms.Form):
    """Why something is done to a booking."""

    reason = forms.CharField(
        label="Why?",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=(
            "If somebody may ask later. It is kept with the booking, for those who may see the "
            "client's details; clients don't see it."
        ),
    )


class CancelForm(ReasonForm):
    """Who wants the booking cancelled."""

    CLIENT, PRACTICE = "client", "practice"
    asked_by = forms.ChoiceField(
        label="Who asked for it?",
        choices=[(CLIENT, "The client"), (PRACTICE, "The practice")],
        widget=forms.RadioSelect,
        help_text=(
            "If the client asks after the time until which it costs nothing, it counts as "
            "cancelled late. What the practice cancels never does."
        ),
    )
    field_order = ("asked_by", "reason")


class OutcomeForm(ReasonForm):
    """How the session went."""

    outcome = forms.ChoiceField(
        label="How did it go?",
        choices=[
            (Booking.Status.COMPLETED.value, "The session took place"),
            (Booking.Status.NO_SHOW.value, "The client did not come"),
        ],
        widget=forms.RadioSelect,
        help_text="Nobody is sent a mail about it, and you can correct it later.",
    )
    field_order = ("outcome", "reason")


class AnswerForm(ReasonForm):
    """What is said to a client who asked for a time."""

    answer = forms.ChoiceField(
        label="What is the answer?",
        choices=[
            (Answer.ACCEPT.value, "Accept: the session is booked"),
            (Answer.NOT_FREE.value, "Decline: the time is not free, so close it as time off"),
            (Answer.DECLINE.value, "Decline, and offer the time to others"),
            (Answer.WITHDRAW.value, "The client no longer wants it"),
        ],
        widget=forms.RadioSelect,
        help_text="The client is told by e-mail; where it is declined, with other times.",
    )
    field_order = ("answer", "reason")


class ChangeBookingView(
    OneBookingMixin, PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView
):
    """Shows the booking and asks; on POST it acts. The action's own permission is asked as well."""

    model = Booking
    template_name = "scheduling/admin/booking_change.html"
    any_permission_required = ["view"]
    permission = ""
    action_label = ""
    keep_label = ""
    is_serious = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse those who may not do it."""
        if not request.user.has_perm(self.permission):
            raise PermissionDenied
        self.object = self.get_object()
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the booking."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse("booking:index"), "label": "Bookings"},
            {"url": address_of(self.object), "label": str(self.object)},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what is about to be changed."""
        return super().get_context_data(
            object=self.object,
            starts_at=local_time(self.object.starts_at),
            cancel_until=local_time(self.object.cancel_until),
            explanation=self.get_explanation(),
            back_url=self.get_success_url(),
            **kwargs,
        )

    def get_explanation(self) -> str:
        """Return what is to be known before it is done."""
        return ""

    def get_success_url(self) -> str:
        """Return to the booking."""
        return address_of(self.object)


class BookingCancelView(ChangeBookingView):
    """Asks, then cancels."""

    form_class = CancelForm
    page_title = "Cancel booking"
    header_icon = "cross"
    permission = "scheduling.cancel_booking"
    action_label = "Cancel this booking"
    keep_label = "Keep it"
    is_serious = True

    def get_explanation(self) -> str:
        """Say who is told, and whether it is late by now."""
        told = "The client and the therapist are told by e-mail, and the time is free again."
        if timezone.now() <= self.object.cancel_until:
            return told
        return f"{told} If the client asks for it, it counts as cancelled late by now."

    def form_valid(self, form: CancelForm) -> HttpResponse:
        """Cancel it and say so, or say that it was cancelled before."""
        was_cancelled = cancel_for_client(
            self.object.pk,
            asked_by_client=form.cleaned_data["asked_by"] == CancelForm.CLIENT,
            by=staff(staff_of(self.request)),
            now=timezone.now(),
            reason=form.cleaned_data["reason"],
        )
        if was_cancelled:
            messages.success(self.request, f"{self.object} is cancelled. Its time is free again.")
        else:
            messages.warning(self.request, f"{self.object} had been cancelled before.")
        return redirect(self.get_success_url())


class BookingAnswerView(ChangeBookingView):
    """Asks for the answer to a request, and gives it."""

    form_class = AnswerForm
    page_title = "Answer a request"
    header_icon = "help"
    permission = "scheduling.answer_request"
    action_label = "Answer"
    keep_label = "Leave it open"

    def get_explanation(self) -> str:
        """Say what speaks against it since it was asked for."""
        obstacle = obstacle_to(self.object, now=timezone.now())
        return f"Since it was asked for: {obstacle.message}" if obstacle else ""

    def form_valid(self, form: AnswerForm) -> HttpResponse:
        """Answer and say what the booking is now, or say why that can't be."""
        try:
            booking = answer_request(
                self.object.pk,
                Answer(form.cleaned_data["answer"]),
                by=staff(staff_of(self.request)),
                now=timezone.now(),
                reason=form.cleaned_data["reason"],
            )
        except BookingError as refusal:
            messages.error(self.request, str(refusal))
        else:
            said = f"{booking} is answered: {booking.get_status_display()}. The client is told."
            messages.success(self.request, said)
        return redirect(self.get_success_url())


class BookingOutcomeView(ChangeBookingView):
    """Asks how the session went, and writes it down."""

    form_class = OutcomeForm
    page_title = "How the session went"
    header_icon = "tick-inverse"
    permission = "scheduling.record_outcome"
    action_label = "Save"
    keep_label = "Leave it as it is"

    def form_valid(self, form: OutcomeForm) -> HttpResponse:
        """Write it down and say so, or say why it can't be."""
        took_place = form.cleaned_data["outcome"] == Booking.Status.COMPLETED
        try:
            record_outcome(
                self.object.pk,
                took_place=took_place,
                by=staff(staff_of(self.request)),
                now=timezone.now(),
                reason=form.cleaned_data["reason"],
            )
        except ChangeRefusedError as refusal:
            messages.error(self.request, str(refusal))
        else:
            said = "took place" if took_place else "did not take place: the client did not come"
            messages.success(self.request, f"Saved: the session {said}.")
        return redirect(self.get_success_url())
