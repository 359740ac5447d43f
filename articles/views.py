"""The screen between "Publish" and the public: what is left to do in an entry."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.generic import TemplateView
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from .checks import Finding, Level, by_check
from .checks.entry import check_entry
from .models import GlossaryPage


class BeforePublishingView(WagtailAdminTemplateMixin, TemplateView):
    """Lists the findings in the draft; publishes it where nothing has to be settled first."""

    template_name = "articles/admin/before_publishing.html"
    page_title = "Before publishing"
    header_icon = "tasks"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the draft; refuse those who may not publish it."""
        super().setup(request, *args, **kwargs)
        page = get_object_or_404(GlossaryPage, pk=kwargs["pk"])
        if not page.permissions_for_user(request.user).can_publish():
            raise PermissionDenied
        self.draft: GlossaryPage = page.get_latest_revision_as_object()
        self.findings: dict[Level, list[Finding]] = check_entry(self.draft)

    def get_page_subtitle(self) -> str:
        """Name the entry."""
        return self.draft.title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the editor."""
        return [
            *self.breadcrumbs_items,
            {"url": self._editor, "label": self.draft.title},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the findings, kind by kind, those first that stop the publication."""
        return super().get_context_data(
            must=by_check(self.findings[Level.STOP]),
            should=by_check(self.findings[Level.WARN]),
            editor=self._editor,
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Publish the draft, unless something in it stops that."""
        if self.findings[Level.STOP]:
            return self.get(request, *args, **kwargs)
        revision = self.draft.latest_revision
        if revision is not None and (self.draft.has_unpublished_changes or not self.draft.live):
            PublishPageRevisionAction(revision, user=request.user).execute()
        messages.success(request, f"“{self.draft.title}” has been published.")
        return redirect("wagtailadmin_explore", self.draft.get_parent().pk)

    @property
    def _editor(self) -> str:
        return reverse("wagtailadmin_pages:edit", args=[self.draft.pk])
