"""Template tags of glossary pages."""

from django import template
from django.utils.safestring import SafeString, mark_safe

from articles.models import GlossaryPage
from articles.references.citations import Source, link_citations

register = template.Library()


@register.simple_tag(takes_context=True)
def body_with_citations(context: template.Context, page: GlossaryPage) -> SafeString:
    """Write the body of `page`; citations in it lead to their references."""
    html = page.body.render_as_block(context.flatten())
    sources = [Source(tuple(each.author_list), each["year"]) for each in page.references()]
    return mark_safe(link_citations(html, sources))  # noqa: S308  (rendered by our templates)
