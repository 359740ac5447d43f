"""The staff screens for bookings."""

import django_filters
from django.db.models import QuerySet
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn
from wagtail.admin.widgets.button import HeaderButton

from cms.core.viewsets import ReadOnlyViewSet, RecordIndexView, staff_of
from cms.core.zones import local_time
from scheduling.models import Booking
from scheduling.selectors.bookings import bookings_visible_to, next_first

from .book import PERMISSION, BookDetailsView, BookView
from .change_booking import BookingAnswerView, BookingCancelView, BookingOutcomeView
from .find_bookings import BookingFindView
from .move import BookingMoveView
from .one_booking import CLIENT_FIELDS, BookingInspectView, address_of
from .week import WeekView
from .why_not import WhyNotView


class BookingFilterSet(WagtailFilterSet):
    """By date, status, therapist, place and service."""

    starts_at = django_filters.DateFromToRangeFilter(
        label="Date of the session", widget=DateRangePickerWidget
    )

    class Meta:
        model = Booking
        fields = ["starts_at", "status", "therapist", "place", "service"]


class BookingIndexView(RecordIndexView):
    """Lists bookings, without a word about the client."""

    def get_base_queryset(self) -> QuerySet[Booking]:
        """Return what this user may see."""
        return bookings_visible_to(staff_of(self.request))

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        """Lead to the other screens about bookings, each for those who may use it."""
        screens = (
            ("Book for a client", "book", "plus-inverse", PERMISSION),
            ("Week", "week", "calendar", None),
            ("Find a client’s bookings", "find", "search", "scheduling.view_client_details"),
            ("Why can’t this time be booked?", "why_not", "help", None),
        )
        return [
            HeaderButton(label, url=reverse(f"booking:{name}"), icon_name=icon)
            for label, name, icon, permission in screens
            if permission is None or self.request.user.has_perm(permission)
        ]

    def order_queryset(self, queryset: QuerySet[Booking]) -> QuerySet[Booking]:
        """Show the next session first, unless another order was asked for."""
        if self.is_explicitly_ordered:
            return super().order_queryset(queryset)
        return next_first(queryset, now=timezone.now())


class BookingViewSet(ReadOnlyViewSet):
    """Bookings. Clients make them, or staff for them; their details are nowhere in a list."""

    model = Booking
    icon = "calendar-check"
    add_to_reference_index = False
    index_view_class = BookingIndexView
    inspect_view_class = BookingInspectView
    inspect_template_name = BookingInspectView.template_name
    filterset_class = BookingFilterSet
    search_fields = ["reference"]
    list_display = [
        TitleColumn(
            "starts_at",
            label="Session",
            accessor=lambda booking: local_time(booking.starts_at),
            sort_key="starts_at",
            get_url=address_of,
        ),
        Column("therapist", label="Therapist", sort_key="therapist__name"),
        Column("service", label="Service"),
        Column("place", label="Place"),
        StatusTagColumn(
            "status",
            label="Status",
            accessor="get_status_display",
            sort_key="status",
            primary=lambda booking: booking.status == Booking.Status.CONFIRMED,
        ),
        Column("reference", label="Reference", sort_key="reference"),
    ]
    list_export = ["reference", "starts_at", "ends_at", "therapist", "service", "place", "status"]
    export_filename = "bookings"
    inspect_view_fields = [
        "status",
        *CLIENT_FIELDS,
        "starts_at",
        "ends_at",
        "therapist",
        "service",
        "place",
        "room",
        "client_zone",
        "policy",
        "cancel_until",
        "created_at",
        "cancelled_at",
        "answer_until",
        "mails",
    ]

    def get_urlpatterns(self) -> list[URLPattern]:
        """Add the pages that change one, find and explain."""
        return [
            *super().get_urlpatterns(),
            path("cancel/<int:pk>/", self.construct_view(BookingCancelView), name="cancel"),
            path("answer/<int:pk>/", self.construct_view(BookingAnswerView), name="answer"),
            path("outcome/<int:pk>/", self.construct_view(BookingOutcomeView), name="outcome"),
            path("move/<int:pk>/", self.construct_view(BookingMoveView), name="move"),
            path("book/", self.construct_view(BookView), name="book"),
            path("book/details/", self.construct_view(BookDetailsView), name="book_details"),
            path("find/", self.construct_view(BookingFindView), name="find"),
            path("why-not/", self.construct_view(WhyNotView), name="why_not"),
            path("week/", self.construct_view(WeekView), name="week"),
        ]
