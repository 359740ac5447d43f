"""The desk reads what people write through the contact page, and notes that it was answered."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views import View
from phonenumber_field.phonenumber import PhoneNumber
from wagtail.admin import messages
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn

from cms.core.audit import record_access
from cms.core.viewsets import ReadOnlyViewSet, RecordInspectView, staff_of
from cms.core.zones import local_time
from home.models import ContactMessage

DETAILS = ("name", "email", "phone", "text")


def _address_of(message: ContactMessage) -> str:
    return reverse("contactmessage:inspect", args=[message.pk])


def _state_of(message: ContactMessage) -> str:
    if message.answered_at:
        return "answered"
    return "may be spam" if message.is_suspect else "waits"


class MessageInspectView(RecordInspectView):
    """Shows one message. That it was read is one row of the audit, written before it is shown."""

    template_name = "home/admin/message.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Record the look, then show the message."""
        record_access(
            self.object, user=staff_of(request), details=", ".join(DETAILS), now=timezone.now()
        )
        response = super().get(request, *args, **kwargs)
        response["Cache-Control"] = "no-store, private"
        return response

    def get_field_display_value(self, field_name: str, field: Any) -> Any:
        """Return instants and phones as staff read them."""
        value = getattr(self.object, field_name)
        if field_name in ("received_at", "answered_at"):
            return local_time(value) if value else "Not yet"
        if field_name == "phone" and value:
            return PhoneNumber.from_string(value).as_national
        return super().get_field_display_value(field_name, field)


class MessageAnsweredView(View):
    """Notes that a message was answered, and by whom; only ever posted to."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Note it once, and lead back to the list."""
        if not request.user.has_perm("home.change_contactmessage"):
            raise PermissionDenied
        message = get_object_or_404(ContactMessage, pk=pk)
        waiting = ContactMessage.objects.filter(pk=message.pk, answered_at=None)
        if waiting.update(answered_at=timezone.now(), answered_by=staff_of(request)):
            messages.success(request, f"{message} is noted as answered.")
        return redirect("contactmessage:index")


class ContactMessageViewSet(ReadOnlyViewSet):
    """Messages from the contact page. Who wrote and what is nowhere in a list."""

    model = ContactMessage
    icon = "mail"
    menu_hook = "register_admin_menu_item"
    menu_label = "Messages"
    menu_order = 150
    add_to_reference_index = False
    inspect_view_class = MessageInspectView
    inspect_template_name = MessageInspectView.template_name
    search_fields: list[str] = []
    list_display = [
        TitleColumn(
            "received_at",
            label="Received",
            accessor=lambda message: local_time(message.received_at),
            sort_key="received_at",
            get_url=_address_of,
        ),
        Column("about", label="From", accessor="get_about_display", sort_key="about"),
        StatusTagColumn(
            "state", label="State", accessor=_state_of, primary=lambda each: not each.answered_at
        ),
    ]
    list_filter = ["about", "is_suspect"]
    list_export = ["received_at", "about", "answered_at"]
    export_filename = "messages"
    inspect_view_fields = [
        "about",
        "name",
        "way",
        "email",
        "phone",
        "text",
        "received_at",
        "answered_at",
        "answered_by",
    ]

    def get_urlpatterns(self) -> list[URLPattern]:
        """Add where it is noted that a message was answered."""
        answered = path("answered/<int:pk>/", MessageAnsweredView.as_view(), name="answered")
        return [*super().get_urlpatterns(), answered]


class MessagesPanel(Component):
    """How many messages wait for an answer, and since when the oldest."""

    name = "messages"
    template_name = "home/admin/messages_panel.html"
    order = 32

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """Return the messages that wait, the oldest first, those that may be spam last."""
        waiting = ContactMessage.objects.filter(answered_at=None).order_by(
            "is_suspect", "received_at"
        )
        return {
            "rows": [
                {
                    "url": _address_of(message),
                    "received": local_time(message.received_at),
                    "about": message.get_about_display(),
                    "is_suspect": message.is_suspect,
                }
                for message in waiting[:10]
            ]
        }
