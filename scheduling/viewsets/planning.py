"""What the screens for a therapist's hours and time off share."""

from typing import Any

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button, HeaderButton

from cms.core.viewsets import RecordEditView, RecordIndexView, RecordInspectView, staff_of
from scheduling.models import Therapist
from scheduling.selectors.planning import therapists_planned_by

SCREENS = {"hours": ("Hours", "time"), "time_off": ("Time off", "calendar-check")}


def planning_links(therapist: Therapist) -> list[dict[str, str]]:
    """Return the addresses of the screens, each with its name and icon."""
    return [
        {"name": name, "url": reverse(f"therapist:{screen}", args=[therapist.pk]), "icon": icon}
        for screen, (name, icon) in SCREENS.items()
    ]


def own_planning_links(user: User) -> list[dict[str, str]]:
    """Return the same for the therapist whose log-in this is, if it is one's."""
    own = therapists_planned_by(user).filter(user=user).first()
    return planning_links(own) if own else []


class PlanningView(WagtailAdminTemplateMixin, TemplateView):
    """A screen about the plans of one therapist, for those who may change them; else a 404."""

    model = Therapist

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Find the therapist."""
        therapists = therapists_planned_by(staff_of(request))
        self.therapist = get_object_or_404(therapists, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        """Name the therapist."""
        return str(self.therapist)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the therapist."""
        listing = {"url": reverse("therapist:index"), "label": "Therapists"}
        record = reverse("therapist:inspect", args=[self.therapist.pk])
        therapist = {"url": record, "label": str(self.therapist)}
        here = {"url": "", "label": self.page_title, "sublabel": str(self.therapist)}
        return [*self.breadcrumbs_items, listing, therapist, here]

    def show(self, **context: Any) -> HttpResponse:
        """Render the screen."""
        return self.render_to_response(self.get_context_data(therapist=self.therapist, **context))


class PlannedMixin:
    """Puts the screens at the head of a therapist's own page, for those who may use them."""

    request: HttpRequest
    object: Therapist

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        """Return a button for each screen."""
        user = staff_of(self.request)
        if not therapists_planned_by(user).filter(pk=self.object.pk).exists():
            return []
        return [
            HeaderButton(link["name"], url=link["url"], icon_name=link["icon"])
            for link in planning_links(self.object)
        ]


class TherapistInspectView(PlannedMixin, RecordInspectView):
    """Shows a therapist's record."""


class TherapistEditView(PlannedMixin, RecordEditView):
    """Edits a therapist's record."""


class TherapistIndexView(RecordIndexView):
    """Lists therapists, with the screens for each."""

    @cached_property
    def planned(self) -> set[int]:
        """The primary keys of the therapists whose plans the user may change."""
        return set(therapists_planned_by(staff_of(self.request)).values_list("pk", flat=True))

    def get_list_more_buttons(self, instance: Therapist) -> list[Any]:
        """Add the screens to the menu of a row."""
        buttons = super().get_list_more_buttons(instance)
        if instance.pk not in self.planned:
            return buttons
        return buttons + [
            Button(link["name"], url=link["url"], icon_name=link["icon"], priority=15)
            for link in planning_links(instance)
        ]
