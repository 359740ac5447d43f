"""The staff screens for the calendars of sessions that therapists subscribe to."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.log_actions import log

from cms.core.viewsets import (
    RecordDeleteView,
    RecordEditView,
    RecordIndexView,
    RecordInspectView,
    RecordViewSet,
    staff_of,
)
from cms.core.zones import local_time
from scheduling.models import OutgoingFeed
from scheduling.selectors.outgoing_feeds import (
    address_of,
    outgoing_feeds_visible_to,
    therapists_without_feed,
)
from scheduling.services.renew_outgoing_feed import renew_outgoing_feed

CHANGE = "scheduling.change_outgoingfeed"


def page_of(feed: OutgoingFeed) -> str:
    """Return the address of a session calendar's page in the admin."""
    return reverse("outgoingfeed:inspect", args=[feed.pk])


class OutgoingFeedForm(WagtailAdminModelForm):
    """For whom, and how much it says. The address is made by the program."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        therapist = self.fields["therapist"]
        if self.instance.pk:
            therapist.disabled = True
        else:
            therapist.queryset = therapists_without_feed(self.for_user)
            therapist.help_text = "Only therapists without a session calendar are listed."

    def save(self, commit: bool = True) -> OutgoingFeed:  # noqa: FBT001, FBT002 - Django's own
        """Save it; a new one gets its address."""
        feed = super().save(commit=False)
        if feed.pk is None:
            renew_outgoing_feed(feed, now=timezone.now())
        else:
            feed.save(update_fields=["shows_details"])
        return feed


class OneOutgoingFeedMixin:
    """Finds the session calendar of the address among those that the user may see."""

    request: HttpRequest
    kwargs: dict[str, Any]

    def get_object(self, queryset: QuerySet[OutgoingFeed] | None = None) -> OutgoingFeed:
        """Return it; 404 for another therapist's."""
        feeds = outgoing_feeds_visible_to(staff_of(self.request))
        return get_object_or_404(feeds, pk=self.kwargs["pk"])


class OutgoingFeedIndexView(RecordIndexView):
    """Lists the session calendars that the user may see, without their addresses."""

    def get_base_queryset(self) -> QuerySet[OutgoingFeed]:
        """Return what this user may see."""
        return outgoing_feeds_visible_to(staff_of(self.request))


class OutgoingFeedCreateView(generic.CreateView):
    """Makes a session calendar and goes on to its page, where the address stands."""

    def get_success_url(self) -> str:
        """Return the page of the new one."""
        return page_of(self.object)


class OutgoingFeedEditView(OneOutgoingFeedMixin, RecordEditView):
    """Changes how much it says."""

    def get_success_url(self) -> str:
        """Return its page."""
        return page_of(self.object)


class OutgoingFeedDeleteView(OneOutgoingFeedMixin, RecordDeleteView):
    """Revokes the address."""

    page_title = "Revoke"
    success_message = "The address is revoked: who had it reads nothing more."

    @property
    def confirmation_message(self) -> str:
        """Say what will happen, and to whom."""
        return (
            "Revoke this address? Calendar programs that read it find nothing there from now on. "
            "The bookings stay as they are, and a new address can be made at any time."
        )


class OutgoingFeedInspectView(OneOutgoingFeedMixin, RecordInspectView):
    """Shows the address to those who may change it, and how to subscribe to it."""

    template_name = "scheduling/admin/outgoing_feed.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the page, and have nobody keep a copy."""
        response = super().get(request, *args, **kwargs)
        response["Cache-Control"] = "no-store, private"
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the address where this user may have it."""
        may_change = staff_of(self.request).has_perm(CHANGE)
        return super().get_context_data(
            may_change=may_change,
            address=address_of(self.object) if may_change else "",
            since=local_time(self.object.created_at),
            **kwargs,
        )


class OutgoingFeedRenewView(View):
    """Makes a new address on POST; the one before leads nowhere from then on."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Renew the address and return to the page."""
        user = staff_of(request)
        if not user.has_perm(CHANGE):
            raise PermissionDenied
        feed = get_object_or_404(outgoing_feeds_visible_to(user), pk=pk)
        renew_outgoing_feed(feed, now=timezone.now())
        log(instance=feed, action="wagtail.edit", title=f"{feed}: new address")
        messages.success(
            request, "This is the new address. The one before leads nowhere from now on."
        )
        return redirect(page_of(feed))


class OutgoingFeedViewSet(RecordViewSet):
    """Calendars of sessions that therapists subscribe to with their own calendar program."""

    model = OutgoingFeed
    icon = "calendar-alt"
    menu_label = "Session calendars"
    add_to_reference_index = False
    index_view_class = OutgoingFeedIndexView
    add_view_class = OutgoingFeedCreateView
    edit_view_class = OutgoingFeedEditView
    delete_view_class = OutgoingFeedDeleteView
    inspect_view_class = OutgoingFeedInspectView
    inspect_template_name = OutgoingFeedInspectView.template_name
    inspect_view_fields = ["therapist", "shows_details", "created_at"]
    search_fields = ["therapist__name"]
    list_display = [
        TitleColumn("therapist", label="Therapist", get_url=page_of, sort_key="therapist__name"),
        Column(
            "shows_details",
            label="Says",
            accessor=lambda feed: "service and place" if feed.shows_details else "“Busy” only",
            sort_key="shows_details",
        ),
        Column(
            "created_at",
            label="Address since",
            accessor=lambda feed: local_time(feed.created_at),
            sort_key="created_at",
        ),
    ]
    edit_handler = ObjectList(
        [FieldPanel("therapist"), FieldPanel("shows_details")], base_form_class=OutgoingFeedForm
    )

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Leave out the addresses that don't exist, so that no page links to them."""
        absent = {"history_url_name": None, "usage_url_name": None}
        return super().get_common_view_kwargs(**{**absent, **kwargs})

    def get_urlpatterns(self) -> list[URLPattern]:
        """Leave out history and usage, which know nobody's own, and add the renewal."""
        kept = [
            pattern
            for pattern in super().get_urlpatterns()
            if pattern.name not in ("history", "history_results", "usage")
        ]
        renew = path("renew/<int:pk>/", OutgoingFeedRenewView.as_view(), name="renew")
        return [*kept, renew]
