"""The first page of the site."""

from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from cms.core.models import BasePage
from scheduling.models import Topic

from .questions import Question

FIRST_QUESTIONS = 6


class HomePage(BasePage):
    """Who the practice is, where it sees people, how to start, and when there is time.

    All but the headline and the words under it comes from records.
    """

    headline = models.CharField(
        max_length=120, help_text="The first words that a visitor reads, in large letters."
    )

    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "scheduling.TherapistsPage",
        "locations.LocationsPage",
        "home.FeesPage",
        "home.FAQPage",
        "articles.GlossaryIndexPage",
        "home.ContactPage",
        "home.StandardPage",
    ]
    template = "home/home_page.html"
    content_panels = [*Page.content_panels, FieldPanel("headline"), FieldPanel("introduction")]

    class Meta:
        verbose_name = "home page"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add what people come with and what they ask first."""
        return super().get_context(request, *args, **kwargs) | {
            "topics": Topic.objects.treated(),
            "questions": Question.objects.all()[:FIRST_QUESTIONS],
        }

    def serve(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Answer with the page, or lead an old address of the kind `/?p=123` to what it was."""
        if "p" in request.GET:
            return _to_old_number(request, request.GET["p"])
        return super().serve(request, *args, **kwargs)


def _to_old_number(request: HttpRequest, number: str) -> HttpResponse:
    """Lead to where the redirect noted for `/?p=<number>` leads, else to the first page.

    Wagtail's own middleware looks only at addresses that aren't found, and `/` always is.
    """
    noted = None
    if number.isdecimal():
        site = Site.find_for_request(request)
        noted = Redirect.get_for_site(site).filter(old_path=f"/?p={number}").first()
    if noted is None or not noted.link:
        return redirect("/")
    return redirect(noted.link, permanent=noted.is_permanent)
