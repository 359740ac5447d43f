"""The staff screens for sessions that a calendar now holds something else for."""

from typing import Any

import django_filters
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.generic import View
from phonenumber_field.phonenumber import PhoneNumber
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn

from cms.core.audit import record_access
from cms.core.viewsets import ReadOnlyViewSet, RecordIndexView, RecordInspectView, staff_of
from cms.core.zones import local_stretch, local_time
from scheduling.models import Booking, Collision
from scheduling.selectors.collisions import (
    State,
    collisions_visible_to,
    in_state,
    state_of,
    waiting_first,
)
from scheduling.selectors.feeds import feeds_visible_to
from scheduling.services.keep_collision import keep_collision

from .one_booking import CLIENT_FIELDS, LABELS, address_of

KEEP = "scheduling.keep_collision"


class CollisionFilterSet(WagtailFilterSet):
    """By where it stands, therapist and calendar."""

    state = django_filters.ChoiceFilter(
        label="Where it stands",
        choices=[(state.name, state.value) for state in State],
        method="filter_state",
    )

    class Meta:
        model = Collision
        fields = ["state", "booking__therapist", "feed"]

    def filter_state(
        self, collisions: QuerySet[Collision], name: str, value: str
    ) -> QuerySet[Collision]:
        """Keep those that stand so now."""
        return in_state(collisions, State[value], now=timezone.now())


class CollisionIndexView(RecordIndexView):
    """Lists collisions with both sides, without a word about the client."""

    def get_base_queryset(self) -> QuerySet[Collision]:
        """Return what this user may see."""
        return collisions_visible_to(staff_of(self.request))

    def order_queryset(self, queryset: QuerySet[Collision]) -> QuerySet[Collision]:
        """Show first what waits for a decision, unless another order was asked for."""
        if self.is_explicitly_ordered:
            return super().order_queryset(queryset)
        return waiting_first(queryset, now=timezone.now())


class CollisionInspectView(RecordInspectView):
    """Shows the session, what the calendar holds, and what can be done.

    It tells who the client is to those who may know: somebody will have to call. Each such view is
    one row of the audit, written before anything is shown.
    """

    template_name = "scheduling/admin/collision.html"

    def get_object(self, queryset: QuerySet[Collision] | None = None) -> Collision:
        """Return the collision; 404 for one that is another therapist's."""
        return get_object_or_404(
            collisions_visible_to(staff_of(self.request)), pk=self.kwargs["pk"]
        )

    def get_page_title(self) -> str:
        """Say what it is about."""
        return f"{self.object.booking} and the calendar “{self.object.feed.name}”"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the page, and have nobody keep a copy."""
        response = super().get(request, *args, **kwargs)
        response["Cache-Control"] = "no-store, private"
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add both sides in words, and what this user may do."""
        collision, user, now = self.object, staff_of(self.request), timezone.now()
        booking, state = collision.booking, state_of(collision, now=now)
        can_decide = state is State.WAITING
        return super().get_context_data(
            state=state.value,
            is_waiting=can_decide,
            begins=local_time(collision.session_starts_at),
            now_begins=local_time(booking.starts_at),
            taken=local_stretch(collision.busy_from, collision.busy_until),
            found=local_time(collision.found_at),
            client=self._client(booking),
            booking_url=address_of(booking),
            feed_url=self._feed_url(collision),
            may_move=can_decide and user.has_perm("scheduling.move_booking"),
            may_cancel=can_decide and user.has_perm("scheduling.cancel_booking"),
            may_keep=can_decide and user.has_perm(KEEP),
            kept=local_time(collision.kept_at) if collision.kept_at else "",
            ended=local_time(collision.ended_at) if collision.ended_at else "",
            **kwargs,
        )

    def _client(self, booking: Booking) -> dict[str, str]:
        """Return the client's details by label, empty for those who may not see them."""
        user = staff_of(self.request)
        if not user.has_perm("scheduling.view_client_details"):
            return {}
        labels = [LABELS[name] for name in CLIENT_FIELDS]
        record_access(booking, user=user, details=", ".join(labels), now=timezone.now())
        booking.refresh_from_db(fields=CLIENT_FIELDS)
        phone = booking.client_phone
        shown = PhoneNumber.from_string(phone).as_national if phone else "Not given"
        values = [booking.client_name, shown, booking.client_email]
        return dict(zip(labels, values, strict=True))

    def _feed_url(self, collision: Collision) -> str:
        """Return the page of the calendar where this user may see it, else nothing."""
        feeds = feeds_visible_to(staff_of(self.request))
        if not feeds.filter(pk=collision.feed_id).exists():
            return ""
        return reverse("calendarfeed:inspect", args=[collision.feed_id])


class CollisionKeepView(View):
    """Writes on POST that both are right, and returns to the collision."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Keep both, or say that it was decided before."""
        user = staff_of(request)
        if not user.has_perm(KEEP):
            raise PermissionDenied
        collision = get_object_or_404(collisions_visible_to(user), pk=pk)
        if keep_collision(collision.pk, by=user, now=timezone.now()):
            messages.success(request, "Both stay as they are. Nobody is asked about it again.")
        else:
            messages.warning(request, "This was decided, or over, before you answered: see below.")
        return redirect("collision:inspect", collision.pk)


def _state(collision: Collision) -> State:
    return state_of(collision, now=timezone.now())


class CollisionViewSet(ReadOnlyViewSet):
    """Collisions. The program finds them; staff decide about them."""

    model = Collision
    icon = "warning"
    menu_label = "Collisions"
    add_to_reference_index = False
    index_view_class = CollisionIndexView
    inspect_view_class = CollisionInspectView
    inspect_template_name = CollisionInspectView.template_name
    filterset_class = CollisionFilterSet
    search_fields = ["booking__reference", "feed__name"]
    list_display = [
        TitleColumn(
            "session_starts_at",
            label="Session",
            accessor=lambda row: local_time(row.session_starts_at),
            sort_key="session_starts_at",
            url_name="collision:inspect",
        ),
        Column("booking__therapist", label="Therapist", accessor="booking.therapist"),
        Column("booking__place", label="Place", accessor="booking.place"),
        Column("booking__reference", label="Reference", accessor="booking.reference"),
        Column("feed", label="Calendar", accessor="feed.name"),
        Column(
            "busy_from",
            label="Taken in the calendar",
            accessor=lambda row: local_stretch(row.busy_from, row.busy_until),
            sort_key="busy_from",
        ),
        StatusTagColumn(
            "state",
            label="Where it stands",
            accessor=_state,
            primary=lambda row: _state(row) is State.WAITING,
        ),
    ]
    list_export = [
        "booking.reference",
        "session_starts_at",
        "booking.therapist",
        "booking.place",
        "feed.name",
        "busy_from",
        "busy_until",
        "found_at",
        "kept_at",
        "ended_at",
        "ending",
    ]
    export_filename = "collisions"
    inspect_view_fields = ["found_at"]

    def get_urlpatterns(self) -> list[URLPattern]:
        """Add the button of a collision's page."""
        keep = path("keep/<int:pk>/", CollisionKeepView.as_view(), name="keep")
        return [*super().get_urlpatterns(), keep]
