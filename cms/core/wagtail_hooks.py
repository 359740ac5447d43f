"""What the shared kernel adds to the admin."""

from wagtail import hooks
from wagtail.admin.ui.tables import DateColumn

from .models import AccessRecord
from .viewsets import ReadOnlyViewSet


class AccessRecordViewSet(ReadOnlyViewSet):
    """Who looked at which client's details, and when. It can be read, never changed."""

    model = AccessRecord
    icon = "view"
    menu_hook = "register_reports_menu_item"
    menu_label = "Looks at client details"
    add_to_reference_index = False
    list_display = [
        "record_label",
        DateColumn("at", label="When", sort_key="at"),
        "user_name",
        "action",
        "details",
    ]
    list_filter = {"at": ["date"], "user_name": ["exact"], "record_label": ["exact"]}
    search_fields = ["user_name", "record_label"]
    list_export = ["at", "user_name", "action", "record_label", "details"]
    export_filename = "looks-at-client-details"
    inspect_view_fields = ["at", "user_name", "action", "record_label", "details"]


@hooks.register("register_admin_viewset")
def register_access_records() -> AccessRecordViewSet:
    """Register the audit for those who may read it."""
    return AccessRecordViewSet()
