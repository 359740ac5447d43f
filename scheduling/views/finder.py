"""The page on which a client finds a therapist."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from scheduling.forms import FilterForm
from scheduling.models import TherapistsPage
from scheduling.selectors import choices
from scheduling.selectors.finder import Finder

from .facets import facets_of


def find_therapists(page: TherapistsPage, request: HttpRequest) -> HttpResponse:
    """Show whom the filters of the address find, those first who are free soonest.

    A filter that can't be used is named, limits nothing, and makes the answer a 400.
    """
    now = timezone.now()
    form = FilterForm(
        request.GET,
        place=choices.bookable_places(today=timezone.localdate(now)),
        service=choices.bookable_services(),
    )
    finder = Finder(form.search, now=now)
    context = {
        "form": form,
        "found": finder.find(),
        "facets": facets_of(form, finder),
        "on": form.switched_on({}),
    }
    response = page.render(request, context_overrides=context)
    response.status_code = 200 if form.is_valid() else 400
    return response
