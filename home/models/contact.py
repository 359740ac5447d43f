"""How to reach the practice."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail import hooks

from cms.core.models import BasePage


class ContactPage(BasePage):
    """Help in a crisis first, then the right way for whoever writes or calls, and a form."""

    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    template = "home/contact_page.html"

    class Meta:
        verbose_name = "contact page"

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the page with its form, or take in what was written."""
        (answer,) = hooks.get_hooks("answer_contact_page")
        return answer(self, request)
