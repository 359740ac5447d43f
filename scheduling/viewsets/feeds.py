"""The staff screens for the therapists' calendars: how each is doing, and what to do about it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.timesince import timesince
from django.views.generic import View
from wagtail.admin import messages
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
from scheduling.models import CalendarFeed
from scheduling.selectors.feed_week import week_of
from scheduling.selectors.feeds import (
    Condition,
    age_of,
    condition_of,
    feeds_visible_to,
    health_of,
)
from scheduling.services.accept_feed import accept_feed
from scheduling.services.change_feed import change_feed
from scheduling.services.sync_feed import Outcome, sync_feed

from .feed_form import PATIENCE_SECONDS, FeedForm
from .feed_pictures import free_days_of, picture_of_week, trial_of
from .visits_picture import VisitsPicture

OUTCOMES = {
    Outcome.NEW_TIMES: "The calendar was read and its times are taken over.",
    Outcome.UNCHANGED: "The calendar was read. Its times have not changed.",
    Outcome.OVERTAKEN: "The calendar was just being read by the regular visit.",
    Outcome.NOT_READ: "This calendar is switched off, so it was not read.",
    Outcome.DOUBTED: "The calendar was read, but it should be checked: see below.",
    Outcome.FAILED: "The calendar could not be read: see below. What was read before is kept.",
}


class FeedFormMixin:
    """Saves a calendar and goes on to its page, or only shows what would be found there."""

    form: FeedForm
    object: CalendarFeed
    template_name = "scheduling/admin/feed_form.html"

    def form_valid(self, form: Any) -> HttpResponse:
        """Show the week where that was asked for, and store nothing; else save."""
        if not form.is_only_looked_at:
            return super().form_valid(form)  # type: ignore[misc]  # of the view it is mixed into
        self.form = form
        trial = trial_of(form, now=timezone.now())
        return self.render_to_response(self.get_context_data(form=form, trial=trial))  # type: ignore[attr-defined]

    def save_action(self) -> HttpResponse:
        """Visit what was saved at once, so that its page can show it.

        This comes after the transaction: no row stays locked while a server takes its time.
        """
        sync_feed(self.object.pk, now=timezone.now(), seconds=PATIENCE_SECONDS)
        return super().save_action()  # type: ignore[misc]

    def get_success_url(self) -> str:
        """Return the page of the calendar."""
        return _page_of(self.object)


class FeedCreateView(FeedFormMixin, generic.CreateView):
    """Adds a calendar."""


class FeedEditView(FeedFormMixin, RecordEditView):
    """Edits a calendar."""


class FeedIndexView(RecordIndexView):
    """Lists the calendars that the user may see."""

    def get_base_queryset(self) -> QuerySet[CalendarFeed]:
        """Return them without decrypting any address."""
        return feeds_visible_to(staff_of(self.request)).defer("address", "owner_address")


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
            age=age_of(feed, now=now),
            visits=VisitsPicture(feed, now=now),
            times=times.filter(ends_at__gt=now).count(),
            free_days=free_days_of(feed),
            may_act=feed.is_active and staff_of(self.request).has_perm(CHANGE),
            is_doubted=health.condition is Condition.DOUBTED,
            week=feed.succeeded_at and picture_of_week(feed, week_of(feed, now=now)),
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


class FreeDaysView(View):
    """Takes the whole days that a calendar marks as free as taken, or leaves them open again."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Turn the switch over and read the calendar at once, so that its page shows it."""
        if not staff_of(request).has_perm(CHANGE):
            raise PermissionDenied
        feed = get_object_or_404(CalendarFeed.objects.defer("address", "owner_address"), pk=pk)
        feed.free_days_are_busy = request.POST.get("taken") == "1"
        now = timezone.now()
        change_feed(feed, ["free_days_are_busy"], now=now)
        outcome = sync_feed(feed.pk, now=now, seconds=PATIENCE_SECONDS)
        say = messages.success if outcome is Outcome.NEW_TIMES else messages.warning
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
    create_template_name = edit_template_name = FeedFormMixin.template_name
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
        """Add the buttons of a calendar's page."""
        return [
            *super().get_urlpatterns(),
            path("sync/<int:pk>/", FeedActionView.as_view(), name="sync"),
            path("free-days/<int:pk>/", FreeDaysView.as_view(), name="free_days"),
            path("accept/<int:pk>/", FeedActionView.as_view(accept=True), name="accept"),
        ]
