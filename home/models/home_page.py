"""The first page of the site."""

from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from cms.core.models import BasePage


class HomePage(BasePage):
    """Who the practice is, where it sees people, how to start, and when there is time.

    All but the headline and the words under it comes from records.
    """

    headline = models.CharField(
        max_length=120, help_text="The first words that a visitor reads, as large text."
    )

    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    template = "home/home_page.html"
    content_panels = [*Page.content_panels, FieldPanel("headline"), FieldPanel("introduction")]

    class Meta:
        verbose_name = "home page"

    def serve(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Answer with the page, or lead an old address of the kind `/?p=123` to what it was."""
        if "p" in request.GET:
            return HttpResponseRedirect(_target_of_old_number(request, request.GET["p"]))
        return super().serve(request, *args, **kwargs)


def _target_of_old_number(request: HttpRequest, number: str) -> str:
    """Return where the redirect that editors noted for `/?p=<number>` leads, else the first page.

    Wagtail's own middleware looks only at addresses that aren't found, and `/` always is.
    """
    site = Site.find_for_request(request)
    redirect = Redirect.get_for_site(site).filter(old_path=f"/?p={number}").first()
    return redirect.link if redirect and redirect.link else "/"
