"""Moving a booking for a client."""

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from wagtail.admin import messages

from cms.core.viewsets import staff_of
from cms.core.zones import local_time
from scheduling import domain
from scheduling.models import Booking
from scheduling.selectors.objections import judge_for_staff
from scheduling.selectors.openings import Wanted
from scheduling.services.errors import BookingError
from scheduling.services.move_for_client import move_for_client
from scheduling.views.words import TimeWords, read_starts_value, starts_value

from .change_booking import ChangeBookingView
from .desk import free_times, objections_context, override_from
from .desk_forms import OtherTimeForm, OverrideForm


class BookingMoveView(ChangeBookingView):
    """Shows the free times for the same session; a POST moves it, or says what speaks against."""

    template_name = "scheduling/admin/booking_move.html"
    page_title = "Move booking"
    header_icon = "calendar-alt"
    permission = "scheduling.move_booking"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the times."""
        return self._page()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Move it to the time that was chosen or named."""
        chosen = read_starts_value(request.POST.get("opening", ""))
        other = OtherTimeForm(None if chosen else request.POST)
        if not chosen and not other.is_valid():
            return self._page(other=other, status=422)
        starts_at = chosen[0] if chosen else other.starts_at(self.object.place)
        must_say_why = bool(request.POST.get("told"))
        reasons = OverrideForm(request.POST if must_say_why else None)
        if must_say_why and not reasons.is_valid():
            return self._page(starts_at=starts_at, reasons=reasons, status=422)
        user, reason = staff_of(request), reasons["reason"].data or ""
        override = override_from(request, reason)
        try:
            moved = move_for_client(
                self.object, starts_at, user=user, now=timezone.now(), override=override
            )
        except BookingError as refusal:
            return self._page(starts_at=starts_at, reasons=reasons, refusal=refusal, status=409)
        messages.success(request, f"{moved} is moved: it begins {local_time(moved.starts_at)}.")
        return redirect(self.get_success_url())

    def _page(
        self,
        *,
        starts_at: dt.datetime | None = None,
        reasons: OverrideForm | None = None,
        other: OtherTimeForm | None = None,
        refusal: BookingError | None = None,
        status: int = 200,
    ) -> HttpResponse:
        booking, now = self.object, timezone.now()
        context = self.get_context_data(
            form=None,
            is_confirmed=booking.status == Booking.Status.CONFIRMED,
            times=free_times(
                booking.service,
                booking.place,
                booking.therapist,
                self.request.GET.get("day", ""),
                now=now,
            ),
            zone=domain.zone_words(booking.place.jurisdiction.zone, now),
            other=other or OtherTimeForm(),
            reasons=reasons or OverrideForm(),
            refusal=refusal,
        )
        if starts_at:
            wanted = Wanted(booking.therapist, booking.service, booking.place, starts_at)
            judgement = judge_for_staff(wanted, now=now, without=booking)
            context |= objections_context(judgement, wanted, staff_of(self.request))
            context["words"] = TimeWords(starts_at, booking.place, booking.therapist)
            context["value"] = starts_value(starts_at, booking.therapist.slug)
        return self.render_to_response(context, status=status)
