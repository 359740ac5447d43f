"""The list of all glossary entries, from A to Z."""

import unicodedata
from itertools import groupby
from typing import Any

from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from articles.schema_org import term_set
from cms.core.models import BasePage

from .glossary_page import GlossaryPage

OTHER_LETTER = "#"


class GlossaryIndexPage(BasePage):
    """All public entries under their first letters."""

    max_count = 1
    subpage_types = ["articles.GlossaryPage"]
    template = "articles/glossary_index_page.html"
    content_panels = [
        *Page.content_panels,
        FieldPanel(
            "introduction",
            help_text="Who writes these definitions, and for whom. Shown above the list.",
        ),
    ]

    class Meta:
        verbose_name = "glossary"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the entries by letter, and what search engines read."""
        context = super().get_context(request, *args, **kwargs)
        context["letters"] = self.letters(request)
        context["structured_data"] = term_set(self, request)
        return context

    def letters(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        """Return the letters that have entries, each with its entries in alphabetical order."""
        root = self.get_url(request) or self.url_path
        pages = GlossaryPage.objects.child_of(self).live().public()
        rows = pages.values_list("title", "slug", "introduction")
        entries = sorted(
            (
                {"title": title, "url": f"{root}{slug}/", "introduction": text}
                for title, slug, text in rows
            ),
            key=lambda entry: _sort_key(entry["title"]),
        )
        by_letter = groupby(entries, key=lambda entry: first_letter(entry["title"]))
        return [{"letter": letter, "entries": list(group)} for letter, group in by_letter]


def first_letter(title: str) -> str:
    """Return the capital letter under which `title` stands; "#" for what begins with none."""
    key = _sort_key(title)[1]
    return key[0].upper() if key[:1].isalpha() else OTHER_LETTER


def _sort_key(title: str) -> tuple[bool, str]:
    """Order letters before anything else, without regard to case and accents."""
    plain = unicodedata.normalize("NFKD", title).casefold()
    key = "".join(char for char in plain if not unicodedata.combining(char)).lstrip(" “\"'‘(")
    return (not key[:1].isalpha(), key)
