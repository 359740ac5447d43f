"""The page that lists the offices, and the public page of each."""

import datetime as dt

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from cms.core.models import BasePage

from .offices import Office
from .service_areas import ServiceArea


class LocationsPage(RoutablePageMixin, BasePage):
    """All offices and service areas; each office has its own address below it.

    Offices are records, not pages: every other page, mail and search result shows the same ones.
    """

    max_count = 1
    subpage_types: list[str] = []
    template = "locations/locations_page.html"

    class Meta:
        verbose_name = "locations page"

    @path("")
    def index(self, request: HttpRequest) -> HttpResponse:
        """List the offices that are open or will open, and the service areas."""
        today = timezone.localdate()
        return self.render(
            request,
            context_overrides={
                "offices": _not_closed(Office.objects.select_related("jurisdiction"), today),
                "service_areas": ServiceArea.objects.open_on(today).select_related("jurisdiction"),
            },
        )

    @path("<slug:slug>/", name="office")
    def office(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Show one office: where it is, how to get there, and when it is open."""
        office = Office.objects.select_related("jurisdiction").filter(slug=slug).first()
        if office is None:
            raise Http404("There is no office at this address.")
        breadcrumbs = [*self.get_ancestors().live().filter(depth__gt=1), self]
        return self.render(
            request,
            template="locations/office_page.html",
            context_overrides={
                "office": office,
                "is_closed": bool(office.closed_on and office.closed_on <= timezone.localdate()),
                "breadcrumbs": breadcrumbs,
            },
        )

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict]:
        """Return this page and the page of each office that is not closed."""
        offices = _not_closed(Office.objects.all(), timezone.localdate())
        root = self.get_full_url(request)
        return [
            *super().get_sitemap_urls(request),
            *({"location": f"{root}{office.slug}/"} for office in offices),
        ]


def _not_closed(offices: QuerySet[Office], today: dt.date) -> QuerySet[Office]:
    return offices.exclude(closed_on__lte=today).prefetch_related("hours")
