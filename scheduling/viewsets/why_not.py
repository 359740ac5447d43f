"""Why a time can't be booked, in words, from the function that decides it."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.generic import FormView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets import AdminDateInput

from cms.core.viewsets import staff_of
from locations.models import Place
from scheduling import domain
from scheduling.models import Booking, Service, Therapist
from scheduling.selectors.bookings import therapists_visible_to
from scheduling.selectors.explanations import Start, explain_day
from scheduling.selectors.objections import OVERRIDABLE, Doubt
from scheduling.views.words import starts_value

from .book import PERMISSION
from .desk import MAY_OVERRIDE

# What keeps a time from clients and not from staff, and "" for what is free.
NOT_FOR_STAFF = frozenset({"", domain.Rule.STAFF_ONLY.value, Doubt.NO_NEW_CLIENTS.value})


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


@dataclass(frozen=True, slots=True)
class Run:
    """Starts in a row to which the same applies, each as a form's value and by the clock.

    `code` and `message` say what applies; `action` is what the user can do about it, if anything.
    """

    starts: tuple[tuple[str, str], ...]
    code: str
    message: str
    action: str

    @property
    def first(self) -> str:
        """The first of them, as the therapist's clock shows it."""
        return self.starts[0][1]

    @property
    def last(self) -> str:
        """The last of them."""
        return self.starts[-1][1]

    @property
    def is_open(self) -> bool:
        """Whether nothing speaks against them."""
        return not self.code


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
        if not all(name in request.GET for name in WhyNotForm.base_fields):
            known = {
                name: request.GET[name] for name in WhyNotForm.base_fields if name in request.GET
            }
            form = WhyNotForm(initial=known)
            return self.render_to_response(self.get_context_data(form=form))
        form = WhyNotForm(request.GET)
        return self.form_valid(form) if form.is_valid() else self.form_invalid(form)

    def form_valid(self, form: WhyNotForm) -> HttpResponse:
        """Show the day."""
        asked, user = form.cleaned_data, staff_of(self.request)
        now, therapist = timezone.now(), asked["therapist"]
        starts = explain_day(
            therapist, asked["service"], asked["place"], asked["date"], now=now, for_staff=True
        )
        may_book = user.has_perm(PERMISSION) and therapist in therapists_visible_to(user)
        actions = _actions(may_override=user.has_perm(MAY_OVERRIDE)) if may_book else {}
        runs = _runs(starts, therapist, actions)
        zone = domain.zone_words(therapist.zone, now)
        context = self.get_context_data(form=form, runs=runs, zone=zone, may_book=may_book)
        return self.render_to_response(context)


def _actions(*, may_override: bool) -> dict[str, str]:
    """Return what staff can do, by the code of what keeps clients from a start."""
    overriding = dict.fromkeys(OVERRIDABLE, "Book anyway") if may_override else {}
    return overriding | dict.fromkeys(NOT_FOR_STAFF, "Book")


def _runs(starts: list[Start], therapist: Therapist, actions: dict[str, str]) -> list[Run]:
    return [
        Run(
            tuple(
                (
                    starts_value(start.starts_at, therapist.slug),
                    domain.clock_words(start.starts_at, therapist.zone),
                )
                for start in same
            ),
            code,
            message or "Can be booked.",
            actions.get(code, ""),
        )
        for (code, message), same in groupby(starts, key=lambda each: (each.code, each.message))
    ]
