"""What the glossary adds to other rooms of the house."""

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe
from wagtail import hooks
from wagtail.models import Page

from .models import GlossaryPage
from .terms import link_terms
from .terms.of_site import terms_of_site


@hooks.register("finish_prose")
def link_terms_in_prose(html: str, page: Page | None, request: HttpRequest | None) -> SafeString:
    """Link the first mention of each entry of the glossary in the text of any page."""
    if isinstance(page, GlossaryPage) and not page.links_terms:
        return mark_safe(html)  # noqa: S308  (rendered by our templates)
    own = (page.get_url(request) or "") if isinstance(page, GlossaryPage) else ""
    return mark_safe(link_terms(html, terms_of_site(request), own=own))  # noqa: S308
