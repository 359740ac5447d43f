"""The list of all glossary entries, from A to Z."""

from itertools import groupby
from typing import Any

from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from articles.entries import Entry, entries_of, find_entries, first_letter
from articles.schema_org import term_set
from cms.core.models import BasePage
from scheduling.models import Topic


class GlossaryIndexPage(BasePage):
    """All public entries under their first letters, and a search among them."""

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
        """Add the entries by letter, or those that the reader searches for."""
        context = super().get_context(request, *args, **kwargs)
        typed = " ".join(request.GET.get("q", "").replace("\x00", "").split())
        topics = Topic.objects.filter(glossary_entries__live=True).distinct()
        topic = next((each for each in topics if each.slug == request.GET.get("topic")), None)
        entries = entries_of(self, request, topic=topic.slug if topic else "")
        context |= {
            "typed": typed,
            "topics": topics,
            "topic": topic,
            "found": find_entries(typed, entries, self) if typed else None,
            "letters": by_letter(entries),
            "structured_data": term_set(self, request),
        }
        return context

    def letters(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        """Return the letters that have entries, each with its entries in alphabetical order."""
        return by_letter(entries_of(self, request))


def by_letter(entries: list[Entry]) -> list[dict[str, Any]]:
    """Return the first letters of `entries`, each with its entries; `entries` are in order."""
    groups = groupby(entries, key=lambda entry: first_letter(entry.title))
    return [{"letter": letter, "entries": list(group)} for letter, group in groups]
