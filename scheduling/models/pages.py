"""The page that lists the therapists, and the public profile of each."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from wagtail import hooks
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from cms.core.models import BasePage

from .therapists import Therapist


class TherapistsPage(RoutablePageMixin, BasePage):
    """All therapists; each has an address below it. Therapists are records, not pages."""

    max_count = 1
    subpage_types: list[str] = []
    template = "scheduling/therapists_page.html"

    class Meta:
        verbose_name = "therapists page"

    @path("")
    def index(self, request: HttpRequest) -> HttpResponse:
        """Let the finder answer: it stands above the models, and registers itself for the hook."""
        (find,) = hooks.get_hooks("find_therapists")
        return find(self, request)

    @path("<slug:slug>/", name="therapist")
    def therapist(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Show one therapist: who they are, what they work with, where they are licensed."""
        therapists = Therapist.objects.public().prefetch_related(
            "topics",
            "approaches",
            "languages",
            "client_groups",
            "identities",
            "insurers",
            "services",
            "licences__jurisdiction",
        )
        therapist = therapists.filter(slug=slug).first()
        if therapist is None:
            raise Http404("There is no therapist at this address.")
        return self.render(
            request,
            template="scheduling/therapist_page.html",
            context_overrides={
                "therapist": therapist,
                "licences": therapist.valid_licences(timezone.localdate()),
                "breadcrumbs": [*self.get_ancestors().live().filter(depth__gt=1), self],
            },
        )

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict]:
        """Return this page and the profile of each therapist."""
        root = self.get_full_url(request)
        slugs = Therapist.objects.public().values_list("slug", flat=True)
        return [
            *super().get_sitemap_urls(request),
            *({"location": f"{root}{slug}/"} for slug in slugs),
        ]
