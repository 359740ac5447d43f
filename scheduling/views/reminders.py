"""The reminders of a session, on the page that its private link opens."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from scheduling.forms import RemindersForm
from scheduling.models import Booking, BookingMail, SchedulingSettings
from scheduling.services.cancel_booking import find_by_link
from scheduling.services.choose_reminders import choose_reminders
from scheduling.services.errors import BookingClosedError, LinkUnknownError

from .words import TimeWords


@never_cache
@require_POST
def reminders(request: HttpRequest, token: str) -> HttpResponse:
    """Have the client reminded as they choose now, and lead back to the session."""
    try:
        booking = find_by_link(token)
        form = _form(booking, request.POST)
        if form.is_valid():
            choose_reminders(token, form.cleaned_data["reminders"], now=timezone.now())
    except LinkUnknownError as refusal:
        context = {"refusal": refusal}
        return render(request, "scheduling/book_link_unknown.html", context, status=404)
    except BookingClosedError:
        pass  # the page that it leads to says so
    page = reverse("book:session", args=[token])
    return HttpResponseRedirect(f"{page}#reminders", status=303)


def reminders_context(booking: Booking) -> dict[str, Any]:
    """Return the form with what is chosen, and when the reminders come that are still to come."""
    planned = booking.mails.filter(kind=BookingMail.Kind.CLIENT_REMINDER, sent_at=None)
    coming = planned.filter(due_at__gt=timezone.now()).order_by("due_at")
    return {
        "form": _form(booking),
        "reminders": [
            TimeWords(due_at, booking.place, booking.therapist)
            for due_at in coming.values_list("due_at", flat=True)
            if due_at
        ],
    }


def _form(booking: Booking, data: Any = None) -> RemindersForm:
    """Return the form with what the practice offers and what was chosen before, if that differs."""
    chosen = booking.reminder_hours
    offered = {*SchedulingSettings.load().offered_reminders, *chosen}
    return RemindersForm(data, offered=sorted(offered, reverse=True), chosen=chosen)
