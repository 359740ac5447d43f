"""Why a time can't be booked, in words, from the function that decides it."""

from itertools import groupby
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.generic import FormView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets import AdminDateInput

from locations.models import Place
from scheduling import domain
from scheduling.models import Booking, Service, Therapist
from scheduling.selectors.explanations import explain_day


class WhyNotForm(forms.Form):
    """The session that somebody would like, and the day."""

    therapist = forms.ModelChoiceField(Therapist.objects.all())
    service = forms.ModelChoiceField(Service.objects.all())
    place = forms.ModelChoiceField(Place.objects.select_related("jurisdiction"))
    date = forms.DateField(widget=AdminDateInput, help_text="The therapist's local day.")

    def clean_date(self) -> Any:
        """Refuse days that nobody plans for: bookings reach half a year ahead at most."""
        date = self.cleaned_data["date"]
        if abs((date - timezone.localdate()).days) > 366:
            raise forms.ValidationError("Choose a day within a year from today.")
        return date


class Run(NamedTuple):
    """Starts in a row to which the same applies, as the therapist's clock shows them."""

    first: str
    last: str
    is_open: bool
    message: str


class WhyNotView(WagtailAdminTemplateMixin, FormView):
    """Asks for a session and a day, and says of each start whether and why it can't be booked."""

    model = Booking
    form_class = WhyNotForm
    template_name = "scheduling/admin/why_not.html"
    page_title = "Why can’t this time be booked?"
    header_icon = "help"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse those who may not see bookings: the answer says when somebody is taken."""
        if not request.user.has_perm("scheduling.view_booking"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the bookings."""
        bookings = {"url": reverse("booking:index"), "label": "Bookings"}
        return [*self.breadcrumbs_items, bookings, {"url": "", "label": self.page_title}]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer in an address of its own, once something is asked."""
        if not request.GET:
            return super().get(request, *args, **kwargs)
        form = WhyNotForm(request.GET)
        return self.form_valid(form) if form.is_valid() else self.form_invalid(form)

    def form_valid(self, form: WhyNotForm) -> HttpResponse:
        """Show the day."""
        asked = form.cleaned_data
        runs = _runs(asked["therapist"], asked["service"], asked["place"], asked["date"])
        zone = domain.zone_words(asked["therapist"].zone, timezone.now())
        return self.render_to_response(self.get_context_data(form=form, runs=runs, zone=zone))


def _runs(therapist: Therapist, service: Service, place: Place, day: Any) -> list[Run]:
    starts = explain_day(therapist, service, place, day, now=timezone.now(), for_staff=True)
    runs = []
    for (code, message), same in groupby(starts, key=lambda start: (start.code, start.message)):
        clocks = [domain.clock_words(start.starts_at, therapist.zone) for start in same]
        runs.append(Run(clocks[0], clocks[-1], not code, message or "Can be booked."))
    return runs
