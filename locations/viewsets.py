"""The staff screens for offices, service areas, jurisdictions and neighborhoods."""

from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    TitleFieldPanel,
)
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSetGroup

from cms.core.viewsets import RecordViewSet, SampleColumn, slug_panel
from cms.core.zones import TimeZoneSelect

from .models import Jurisdiction, Neighborhood, Office, ServiceArea

WHERE_ON_THE_MAP = FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")])

OPENING = MultiFieldPanel(
    [
        FieldRowPanel([FieldPanel("opens_on"), FieldPanel("closed_on")]),
        FieldPanel("position"),
    ],
    heading="Opening and order",
    help_text="To close it for good, give the first day without sessions. Nothing is deleted.",
)


class OfficeViewSet(RecordViewSet):
    """Offices with their rooms and hours."""

    model = Office
    icon = "home"
    list_display = ["name", "neighborhood", "city", "opens_on", "closed_on", SampleColumn()]
    list_filter = ["jurisdiction", "city"]
    search_fields = ["name", "neighborhood", "street", "city", "zip_code"]
    list_export = ["name", "neighborhood", "street", "city", "zip_code", "opens_on", "closed_on"]
    export_filename = "offices"
    inspect_view_fields = ["name", "neighborhood", "street", "city", "zip_code", "jurisdiction"]
    panels = [
        MultiFieldPanel(
            [
                TitleFieldPanel("name", placeholder="South Loop"),
                slug_panel(),
                FieldPanel("neighborhood"),
                FieldPanel("jurisdiction"),
            ],
            heading="Name",
        ),
        MultiFieldPanel(
            [
                FieldPanel("street"),
                FieldRowPanel([FieldPanel("city"), FieldPanel("zip_code")]),
                FieldPanel("phone"),
                WHERE_ON_THE_MAP,
            ],
            heading="Address and phone",
        ),
        MultiFieldPanel(
            [
                FieldPanel("arrival"),
                FieldPanel("accessibility"),
                FieldPanel("transit"),
                FieldPanel("parking"),
            ],
            heading="Getting there",
            help_text="Clients read this before their first session. Leave out what is not sure.",
        ),
        InlinePanel(
            "hours",
            heading="When the door is open",
            label="hours",
            panels=[
                FieldRowPanel([FieldPanel("weekday"), FieldPanel("opens"), FieldPanel("closes")])
            ],
            help_text="Shown to clients. When sessions can be booked depends on each therapist.",
        ),
        InlinePanel(
            "rooms",
            heading="Rooms",
            label="room",
            panels=[FieldRowPanel([FieldPanel("name"), FieldPanel("is_active")])],
            help_text=(
                "A session in person takes one room. Without a room in use, none is offered."
            ),
        ),
        OPENING,
    ]


class ServiceAreaViewSet(RecordViewSet):
    """Where clients may be during an online session."""

    model = ServiceArea
    icon = "globe"
    menu_label = "Online service areas"
    list_display = ["name", "jurisdiction", "opens_on", "closed_on", SampleColumn()]
    list_filter = ["jurisdiction"]
    search_fields = ["name"]
    list_export = ["name", "jurisdiction", "opens_on", "closed_on"]
    export_filename = "service-areas"
    inspect_view_fields = ["name", "jurisdiction", "rules", "opens_on", "closed_on"]
    panels = [
        MultiFieldPanel(
            [
                TitleFieldPanel("name", placeholder="Illinois"),
                slug_panel(),
                FieldPanel("jurisdiction"),
            ],
            heading="Name",
            help_text=(
                "Clients who are here during the session can be seen online by therapists "
                "licensed here."
            ),
        ),
        FieldPanel("rules"),
        OPENING,
    ]


class JurisdictionViewSet(RecordViewSet):
    """States, and the District, that license therapists."""

    model = Jurisdiction
    icon = "clipboard-list"
    list_display = ["name", "code", "time_zone", SampleColumn()]
    search_fields = ["name", "code"]
    inspect_view_fields = ["name", "code", "time_zone", "licence_lookup_url"]
    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("code")]),
        FieldPanel("time_zone", widget=TimeZoneSelect),
        FieldPanel("licence_lookup_url"),
    ]


class NeighborhoodViewSet(RecordViewSet):
    """Neighborhoods named on public pages."""

    model = Neighborhood
    icon = "site"
    list_display = ["name", Column("position", label="Order", sort_key="position"), SampleColumn()]
    search_fields = ["name"]
    inspect_view_fields = ["name", "latitude", "longitude", "position"]
    panels = [FieldPanel("name"), WHERE_ON_THE_MAP, FieldPanel("position")]


class PracticeViewSetGroup(ModelViewSetGroup):
    """The menu of where the practice sees clients."""

    menu_label = "Practice"
    menu_name = "practice"
    menu_icon = "home"
    menu_order = 210
    submenu_hook = "register_practice_menu_item"  # upper rooms add their records here
    items = (OfficeViewSet, ServiceAreaViewSet, JurisdictionViewSet, NeighborhoodViewSet)
