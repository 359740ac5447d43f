"""The staff screens for the therapists' calendars: how each is doing, and what to do about it."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.timesince import timesince
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn
from wagtail.admin.views import generic

from cms.core.viewsets import (
    RecordEditView,
    RecordIndexView,
    RecordViewSet,
    SampleColumn,
    staff_of,
)
from scheduling.ical import CalendarError
from scheduling.models import CalendarFeed
from scheduling.selectors.feed_week import week_of
from scheduling.selectors.feeds import Condition, condition_of, feeds_visible_to, health_of
from scheduling.services.accept_feed import accept_feed
from scheduling.services.change_feed import change_feed
from scheduling.services.read_feed import read_feed
from scheduling.services.sync_feed import Outcome, sync_feed

PATIENCE_SECONDS = 10.0

OUTCOMES = {
    Outcome.NEW_TIMES: "The calendar was read and its times are taken over.",
    Outcome.UNCHANGED: "The calendar was read. Its times have not changed.",
    Outcome.OVERTAKEN: "The calendar was just being read by the regular visit.",
    Outcome.NOT_READ: "This calendar is switched off, so it was not read.",
    Outcome.DOUBTED: "The calendar was read, but it should be checked: see below.",
    Outcome.FAILED: "The calendar could not be read: see below. What was read before is kept.",
}


class FeedForm(WagtailAdminModelForm):
    """A calendar's settings. The address is never shown again once it was saved.

    A new address is tried before it is saved: an address that can't be read would leave its
    therapist without any time to offer.
    """

    class Meta:
        widgets = {"address": forms.PasswordInput(attrs={"autocomplete": "off"}, render_value=True)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["therapist"].disabled = True
            self.initial["address"] = ""
            self.fields["address"].required = False
            self.fields["address"].help_text = "Leave empty to keep the address that is stored."

    def clean_address(self) -> str:
        """Keep the stored address where none was typed."""
        typed = self.cleaned_data["address"].strip()
        return typed or self.instance.address

    def clean(self) -> dict[str, Any]:
        """Try the calendar, so that whoever typed the address reads at once what is wrong."""
        cleaned = super().clean()
        if "address" in self.changed_data and not self.errors:
            trial = CalendarFeed(**{name: cleaned[name] for name in self._meta.fields})
            try:
                read_feed(trial, now=timezone.now(), afresh=True, seconds=PATIENCE_SECONDS)
            except CalendarError as error:
                self.add_error("address", f"{error.message} Nothing was saved.")
        return cleaned

    def save(self, commit: bool = True) -> CalendarFeed:  # noqa: FBT001, FBT002 - Django's own
        """Save what was changed and visit the calendar at once, so that its page can show it."""
        feed = super().save(commit=False)
        now = timezone.now()
        change_feed(feed, self.changed_data, now=now)
        sync_feed(feed.pk, now=now, seconds=PATIENCE_SECONDS)
        return feed


class FeedCreateView(generic.CreateView):
    """Adds a calendar and goes on to its page, where what it gives can be seen."""

    def get_success_url(self) -> str:
        """Return the page of the calendar."""
        return _page_of(self.object)


class FeedEditView(RecordEditView):
    """Edits a calendar and goes on to its page."""

    def get_success_url(self) -> str:
        """Return the page of the calendar."""
        return _page_of(self.object)


class FeedIndexView(RecordIndexView):
    """Lists the calendars that the user may see."""

    def get_base_queryset(self) -> QuerySet[CalendarFeed]:
        """Return them without decrypting their addresses."""
        return feeds_visible_to(staff_of(self.request)).defer("address")


class FeedInspectView(generic.InspectView):
    """The page of one calendar."""

    page_title = "Calendar"
    template_name = "scheduling/admin/feed.html"

    def get_object(self, queryset: QuerySet[CalendarFeed] | None = None) -> CalendarFeed:
        """Return the calendar; 404 for one that is another therapist's."""
        feeds = feeds_visible_to(staff_of(self.request)).defer("address")
        return get_object_or_404(feeds, pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add how the calendar is doing."""
        feed, now = self.object, timezone.now()
        times = feed.open_times if feed.role == CalendarFeed.Role.OPEN else feed.busy_times
        health = health_of(feed, now=now)
        return super().get_context_data(
            health=health,
            age=timesince(feed.succeeded_at, now) if feed.succeeded_at else "",
            times=times.filter(ends_at__gt=now).count(),
            free_days=[dt.datetime.fromisoformat(start) for start, _ in feed.free_days],
            may_act=feed.is_active and staff_of(self.request).has_perm(CHANGE),
            is_doubted=health.condition is Condition.DOUBTED,
            week=week_of(feed, now=now) if feed.succeeded_at else [],
            **kwargs,
        )


CHANGE = "scheduling.change_calendarfeed"


class FeedActionView(View):
    """Does something about one calendar on POST and returns to its page."""

    accept = False

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Visit the calendar now, or believe what it says."""
        if not staff_of(request).has_perm(CHANGE):
            raise PermissionDenied
        feed = get_object_or_404(CalendarFeed.objects.defer("address"), pk=pk)
        now = timezone.now()
        if self.accept:
            outcome = accept_feed(feed.pk, now=now)
        else:
            outcome = sync_feed(feed.pk, now=now, seconds=PATIENCE_SECONDS)
        is_well = outcome not in (Outcome.FAILED, Outcome.DOUBTED)
        say = messages.success if is_well else messages.warning
        say(request, OUTCOMES[outcome])
        return redirect(_page_of(feed))


def _page_of(feed: CalendarFeed) -> str:
    return reverse("calendarfeed:inspect", args=[feed.pk])


def _condition(feed: CalendarFeed) -> Condition:
    return condition_of(feed, now=timezone.now())


def _last_success(feed: CalendarFeed) -> str:
    return f"{timesince(feed.succeeded_at)} ago" if feed.succeeded_at else "never"


class FeedViewSet(RecordViewSet):
    """Calendars that therapists keep elsewhere."""

    model = CalendarFeed
    icon = "date"
    add_to_reference_index = False
    index_view_class = FeedIndexView
    add_view_class = FeedCreateView
    edit_view_class = FeedEditView
    inspect_view_class = FeedInspectView
    inspect_template_name = FeedInspectView.template_name
    search_fields = ["name", "therapist__name"]
    list_filter = ["therapist", "role", "is_active", "error_code"]
    list_display = [
        TitleColumn("name", label="Calendar", accessor=str, get_url=_page_of, sort_key="name"),
        StatusTagColumn(
            "condition",
            label="Condition",
            accessor=_condition,
            primary=lambda feed: _condition(feed) is Condition.WELL,
        ),
        Column("succeeded_at", label="Last read", accessor=_last_success, sort_key="succeeded_at"),
        SampleColumn(),
    ]
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("therapist"), FieldPanel("name")]),
            FieldPanel("address"),
            FieldPanel("is_active"),
            MultiFieldPanel(
                [
                    FieldPanel("role"),
                    FieldPanel("free_days_are_busy"),
                    FieldPanel("owner_address"),
                ],
                heading="How events are understood",
            ),
        ],
        base_form_class=FeedForm,
    )

    def get_urlpatterns(self) -> list[URLPattern]:
        """Add the two buttons of a calendar's page."""
        return [
            *super().get_urlpatterns(),
            path("sync/<int:pk>/", FeedActionView.as_view(), name="sync"),
            path("accept/<int:pk>/", FeedActionView.as_view(accept=True), name="accept"),
        ]
