"""The staff screens that every kind of record shares."""

from typing import Any, cast

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Model, ProtectedError, RestrictedError
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.text import capfirst
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import StatusTagColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.slug import SlugInput

USED_ELSEWHERE = (
    "Nothing was changed: {used} belongs to bookings or other records, which would lose it. "
    "Close it or take it out of use instead."
)


def staff_of(request: HttpRequest) -> User:
    """Return who asks for a page of the admin, which lets nobody in who is not logged in."""
    return cast("User", request.user)


def slug_panel(name: str = "slug") -> FieldPanel:
    """Return the panel of a record's address, which fills itself in from the title."""
    return FieldPanel(name, widget=SlugInput, heading="Address on the site")


class SampleColumn(StatusTagColumn):
    """Marks the records that came with the sample practice."""

    def __init__(self) -> None:
        super().__init__("is_sample", label="Sample", accessor=_sample_word, primary=False)


def _sample_word(record: Model) -> str:
    return "sample" if getattr(record, "is_sample", False) else ""


class RecordIndexView(generic.IndexView):
    """Lists records. What it exports is text to a spreadsheet, never a formula."""

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        """Put an apostrophe before a text that a spreadsheet would compute.

        https://owasp.org/www-community/attacks/CSV_Injection; Wagtail does it for .xlsx.
        """
        value = super().preprocess_field_value(field, value, export_format)
        is_formula = isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r"))
        return f"'{value}" if is_formula and export_format == self.FORMAT_CSV else value


class RecordEditView(generic.EditView):
    """Edits a record. Removing a row that others need is an error of the form, not a crash."""

    def form_valid(self, form: BaseForm) -> HttpResponse:
        """Save all of it or nothing."""
        try:
            return super().form_valid(form)
        except (ProtectedError, RestrictedError) as error:
            self.object = self.model._default_manager.get(pk=self.object_pk)
            self.produced_error_message = USED_ELSEWHERE.format(used=_what_is_used(error))
            return self.form_invalid(form)


class RecordInspectView(generic.InspectView):
    """Shows a record to those who may not edit it, in words."""

    def get_page_title(self) -> str:
        """Name the record; that it is shown can be seen."""
        return str(self.object)

    def get_page_subtitle(self) -> str:
        """Nothing more is needed."""
        return ""

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the list."""
        kinds = capfirst(self.model._meta.verbose_name_plural)
        back = {"url": reverse(self.index_url_name), "label": kinds}
        return [*self.breadcrumbs_items, back, {"url": "", "label": str(self.object)}]

    def get_field_label(self, field_name: str, field: Any) -> str:
        """Call rows of another kind by their kind's name."""
        if field is not None and field.auto_created:
            return capfirst(field.related_model._meta.verbose_name_plural)
        return super().get_field_label(field_name, field)

    def get_field_display_value(self, field_name: str, field: Any) -> Any:
        """Say yes and no, and that something is empty."""
        value = super().get_field_display_value(field_name, field)
        if isinstance(value, bool):
            return "Yes" if value else "No"
        return "None" if value in (None, "", "-") else value


class RecordDeleteView(generic.DeleteView):
    """Deletes a record, unless others need it."""

    def form_valid(self, form: BaseForm) -> HttpResponse:
        """Delete all of it or nothing."""
        try:
            with transaction.atomic():
                return super().form_valid(form)
        except (ProtectedError, RestrictedError):
            messages.error(self.request, USED_ELSEWHERE.format(used=f"“{self.object}”"))
            return redirect(self.index_url_name)


def _what_is_used(error: ProtectedError | RestrictedError) -> str:
    """Return the names of what was to be removed, as far as the error tells them."""
    others = getattr(error, "protected_objects", None) or getattr(error, "restricted_objects", None)
    kinds = sorted({str(other._meta.verbose_name_plural) for other in others or ()})
    return f"what you removed is needed by {', '.join(kinds)}; it" if kinds else "what you removed"


class RecordViewSet(ModelViewSet):
    """Lists, adds, edits and deletes one kind of record.

    It keeps no revisions. Records are not in the search index: listings are searched by
    `search_fields`, which never name a private field.
    """

    index_view_class = RecordIndexView
    edit_view_class = RecordEditView
    delete_view_class = RecordDeleteView
    inspect_view_class = RecordInspectView
    copy_view_enabled = False
    inspect_view_enabled = True
    search_backend_name = None
    list_per_page = 50


class ReadOnlyViewSet(RecordViewSet):
    """Lists records and shows each; changing them is left to the program itself."""

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Leave out the addresses that don't exist, so that no page links to them."""
        missing = ("add", "edit", "delete", "history", "usage")
        absent = {f"{name}_url_name": None for name in missing}
        return super().get_common_view_kwargs(**{**absent, **kwargs})

    def get_urlpatterns(self) -> list[URLPattern]:
        """Return the addresses of the listing and of one record."""
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("inspect/<int:pk>/", self.inspect_view, name="inspect"),
        ]

    def register_admin_url_finder(self) -> None:
        """There is no edit page to be found."""
