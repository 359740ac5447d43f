"""The staff screens for services, how clients start, and journeys between offices."""

from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, TitleFieldPanel
from wagtail.admin.ui.tables import BooleanColumn, Column

from cms.core.viewsets import RecordViewSet, SampleColumn, slug_panel
from scheduling.models import Service, StartingStep, TravelTime


class ServiceViewSet(RecordViewSet):
    """What is booked: length, price, where it may happen."""

    model = Service
    icon = "form"
    list_display = [
        "name",
        Column("minutes", label="Minutes", sort_key="minutes"),
        Column("price", label="Price", sort_key="price", accessor=lambda row: f"${row.price}"),
        BooleanColumn("in_person", label="At offices"),
        BooleanColumn("online", label="Online"),
        "bookable_by",
        SampleColumn(),
    ]
    list_filter = ["in_person", "online", "bookable_by"]
    search_fields = ["name", "description"]
    list_export = ["name", "minutes", "price", "price_unit", "in_person", "online"]
    export_filename = "services"
    inspect_view_fields = ["name", "description", "minutes", "price", "price_unit", "bookable_by"]
    panels = [
        MultiFieldPanel(
            [
                TitleFieldPanel("name", placeholder="Name"),
                slug_panel(),
                FieldPanel("description"),
            ],
            heading="What clients read",
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("price"), FieldPanel("price_unit")]),
                FieldRowPanel([FieldPanel("minutes"), FieldPanel("buffer_minutes")]),
            ],
            heading="Price and length",
            help_text="A changed length applies to new bookings; booked sessions keep theirs.",
        ),
        MultiFieldPanel(
            [
                FieldRowPanel(
                    [FieldPanel("in_person"), FieldPanel("online"), FieldPanel("by_phone")]
                ),
                FieldRowPanel([FieldPanel("bookable_by"), FieldPanel("in_series")]),
                FieldPanel("position"),
            ],
            heading="Where, and who may book it",
        ),
    ]


class StartingStepViewSet(RecordViewSet):
    """The steps by which a client starts, told on every page that needs them."""

    model = StartingStep
    icon = "list-ol"
    list_display = ["title", "way", Column("position", label="Order"), SampleColumn()]
    list_filter = ["way"]
    search_fields = ["title", "text"]
    inspect_view_fields = ["way", "title", "text", "position"]
    panels = [FieldPanel(name) for name in ("way", "title", "text", "position")]


class TravelTimeViewSet(RecordViewSet):
    """How long a therapist needs from one office to another."""

    model = TravelTime
    icon = "redirect"
    list_display = ["__str__", Column("minutes", label="Minutes", sort_key="minutes")]
    inspect_view_fields = ["origin", "destination", "minutes"]
    panels = [
        FieldRowPanel([FieldPanel("origin"), FieldPanel("destination")]),
        FieldPanel("minutes", help_text="Kept free between sessions at the two offices."),
    ]
