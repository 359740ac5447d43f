"""Template tags of glossary pages."""

from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from articles.checks import by_check
from articles.checks.entry import check_entry
from articles.entries import entries_of, neighbours_of, related_to
from articles.models import GlossaryPage
from articles.references.citations import Source, link_citations

register = template.Library()


@register.simple_tag(takes_context=True)
def body_with_citations(context: template.Context, page: GlossaryPage) -> SafeString:
    """Write the body of `page`; citations in it lead to their references."""
    html = page.body.render_as_block(context.flatten())
    sources = [Source(tuple(each.author_list), each["year"]) for each in page.references()]
    return mark_safe(link_citations(html, sources))  # noqa: S308  (rendered by our templates)


@register.inclusion_tag("articles/includes/nearby.html", takes_context=True)
def nearby_entries(context: template.Context, page: GlossaryPage) -> dict[str, Any]:
    """Show entries on the same topics, and those before and after `page` in the alphabet."""
    glossary = page.get_parent()
    entries = entries_of(glossary, context.get("request"))
    return {
        "related": related_to(page, entries),
        "neighbours": neighbours_of(page, entries),
        "glossary": glossary,
    }


@register.inclusion_tag("articles/includes/findings_in_preview.html", takes_context=True)
def findings_in_preview(context: template.Context, page: GlossaryPage) -> dict[str, Any]:
    """List what is to be looked at before `page` is published, in the editor's preview alone."""
    if not getattr(context.get("request"), "is_preview", False):
        return {"kinds": []}
    return {"kinds": by_check(each for found in check_entry(page).values() for each in found)}
