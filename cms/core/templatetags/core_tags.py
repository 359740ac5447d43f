"""Template tags that every page uses."""

from typing import NamedTuple

from django import template
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.models import Site

register = template.Library()


class MenuItem(NamedTuple):
    """A page in the menu; `current` is the value of its `aria-current`, if any."""

    title: str
    url: str
    current: str


@register.simple_tag(takes_context=True)
def menu_items(context: template.Context) -> list[MenuItem]:
    """Return the pages that editors marked "show in menus", in the order of the page tree."""
    request: HttpRequest | None = context.get("request")
    site = Site.find_for_request(request) if request else None
    if request is None or site is None:
        return []
    pages = site.root_page.get_children().live().in_menu()
    return [
        MenuItem(page.title, url, _current(url, request.path))
        for page in pages
        if (url := page.get_url(request))
    ]


def _current(url: str, path: str) -> str:
    """Return "page" for the page itself, "true" for what stands below it, else nothing."""
    if url == path:
        return "page"
    return "true" if path.startswith(url) else ""


@register.simple_tag(takes_context=True)
def parts(context: template.Context, hook: str, *subjects: object) -> SafeString:
    """Write what other apps have to show at this point of a page.

    They register a function for `hook`; it takes `subjects` and returns a component, which is
    rendered with the context of the page. So a page can show what its own app knows nothing of.
    """
    found = (part(*subjects) for part in hooks.get_hooks(hook))
    return format_html_join("\n", "{}", ((each.render_html(context),) for each in found))


@register.simple_block_tag(takes_context=True)
def prose(context: template.Context, content: SafeString) -> SafeString:
    """Write running text as the apps finish it: with links, for instance, that nobody typed.

    A function registered for the hook "finish_prose" takes the HTML, which is trusted, the page and
    the request, and returns HTML.
    """
    for finish in hooks.get_hooks("finish_prose"):
        content = finish(content, context.get("page"), context.get("request"))
    return content
