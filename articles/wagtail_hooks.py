"""What the glossary adds to the admin, and to other rooms of the house."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString, mark_safe
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.userbar import BaseItem, ContentCheckerItem
from wagtail.models import Page

from .checks import Level
from .checks.editor import EntryChecker
from .checks.entry import check_entry
from .models import GlossaryPage
from .terms import link_terms
from .terms.of_site import terms_of_site
from .views import BeforePublishingView


@hooks.register("finish_prose")
def link_terms_in_prose(html: str, page: Page | None, request: HttpRequest | None) -> SafeString:
    """Link the first mention of each entry of the glossary in the text of any page."""
    if isinstance(page, GlossaryPage) and not page.links_terms:
        return mark_safe(html)  # noqa: S308  (rendered by our templates)
    own = (page.get_url(request) or "") if isinstance(page, GlossaryPage) else ""
    return mark_safe(link_terms(html, terms_of_site(request), own=own))  # noqa: S308


@hooks.register("register_admin_urls")
def register_before_publishing() -> list[URLPattern]:
    """Give the list of what is left to do its address."""
    view = BeforePublishingView.as_view()
    return [path("glossary/<int:pk>/before-publishing/", view, name="before_publishing")]


@hooks.register("construct_wagtail_userbar")
def check_entries_in_the_editor(
    request: HttpRequest, items: list[BaseItem], page: Page | None
) -> None:
    """Let the editor's side panel name what our checks find in the preview."""
    items[:] = [
        EntryChecker(in_editor=item.in_editor) if isinstance(item, ContentCheckerItem) else item
        for item in items
    ]


@hooks.register("before_publish_page")
def show_what_is_left_to_do(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Show the findings before an entry is published; its draft has been saved by now."""
    if isinstance(page, GlossaryPage) and any(check_entry(page).values()):
        return redirect("before_publishing", page.pk)
    return None


@hooks.register("before_bulk_action")
def refuse_to_publish_unsettled_entries(
    request: HttpRequest, action_type: str, objects: Sequence[Page], action: object
) -> HttpResponse | None:
    """Publish none of several pages while something in one of them must be settled first."""
    pages = [page.specific for page in objects] if action_type == "publish" else []
    entries = [page for page in pages if isinstance(page, GlossaryPage)]
    drafts = [entry.get_latest_revision_as_object() for entry in entries]
    unsettled = [draft for draft in drafts if check_entry(draft)[Level.STOP]]
    if not unsettled:
        return None
    names = ", ".join(f"“{draft.title}”" for draft in unsettled)
    messages.error(request, f"Nothing was published. Something must be settled first in {names}.")
    return redirect(reverse("before_publishing", args=[unsettled[0].pk]))
