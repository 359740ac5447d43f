"""What the shared kernel adds to the admin."""

from collections.abc import Iterator

from django.contrib.auth.models import User
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import Button

from .models import AccessRecord
from .second_factor_reset import ResetSecondFactorView, reset_buttons
from .viewsets import ReadOnlyViewSet
from .zones import local_time


class AccessRecordViewSet(ReadOnlyViewSet):
    """Who looked at which client's details, and when. It can be read, never changed."""

    model = AccessRecord
    icon = "view"
    menu_hook = "register_reports_menu_item"
    menu_label = "Looks at client details"
    add_to_reference_index = False
    list_display = [
        "record_label",
        Column("at", label="When", sort_key="at", accessor=lambda row: local_time(row.at)),
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


@hooks.register("register_admin_urls")
def register_second_factor_reset() -> list[URLPattern]:
    """Give the page its address, beside those of the users."""
    view = ResetSecondFactorView.as_view()
    return [path("users/<int:pk>/second-factor/", view, name="reset_second_factor")]


@hooks.register("register_user_listing_buttons")
def add_second_factor_reset(user: User, request_user: User) -> Iterator[Button]:
    """Offer it in the list of users."""
    return reset_buttons(user, request_user)


@hooks.register("register_account_menu_item")
def add_log_in_to_account(request: HttpRequest) -> dict[str, str]:
    """Lead from "Account" to the password and the second factor."""
    return {
        "url": reverse("mfa_index"),
        "label": "Password and second factor",
        "help_text": "Change your password, see your recovery codes, or set up a new phone.",
    }


@hooks.register("construct_help_menu")
def leave_out_wagtails_news(request: HttpRequest, items: list[MenuItem]) -> None:
    """Leave out what concerns developers, and the badge that asks to read it."""
    items[:] = [item for item in items if not item.name.startswith("whats-new")]
