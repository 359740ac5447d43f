"""The staff screens for bookings."""

from django.urls import URLPattern, path
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn

from cms.core.viewsets import ReadOnlyViewSet
from cms.core.zones import local_time
from scheduling.models import Booking

from .book import BookDetailsView, BookView
from .booking_list import BookingFilterSet, BookingIndexView
from .change_booking import BookingAnswerView, BookingCancelView, BookingOutcomeView
from .find_bookings import BookingFindView
from .move import BookingMoveView
from .one_booking import CLIENT_FIELDS, BookingInspectView, address_of
from .week import WeekView
from .why_not import WhyNotView


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
        Column("service", label="Service", sort_key="service__name"),
        Column("place", label="Place", sort_key="place__name"),
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
