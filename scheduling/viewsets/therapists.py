"""The staff screens for therapists."""

from django.forms import CheckboxSelectMultiple
from django.urls import URLPattern, path
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
    TitleFieldPanel,
)
from wagtail.admin.ui.tables import BooleanColumn

from cms.core.viewsets import RecordViewSet, SampleColumn, slug_panel
from cms.core.zones import TimeZoneSelect
from scheduling import domain
from scheduling.models import Therapist

from .hours import HoursView
from .planning import TherapistEditView, TherapistIndexView, TherapistInspectView
from .time_off import TimeOffView

WHERE = FieldRowPanel([FieldPanel("office"), FieldPanel("online")])

PROFILE = [
    MultiFieldPanel(
        [
            TitleFieldPanel("name", placeholder="Name"),
            slug_panel(),
            FieldRowPanel([FieldPanel("credentials"), FieldPanel("pronouns")]),
            FieldPanel("introduction"),
        ],
        heading="What clients read",
    ),
    MultiFieldPanel(
        [
            FieldPanel("services", widget=CheckboxSelectMultiple),
            FieldPanel("topics", widget=CheckboxSelectMultiple),
            FieldPanel("approaches", widget=CheckboxSelectMultiple),
            FieldPanel("languages", widget=CheckboxSelectMultiple),
            FieldPanel("client_groups", widget=CheckboxSelectMultiple),
        ],
        heading="What they offer",
        help_text="Clients search by these. The choices are kept under Profiles in the menu.",
    ),
    MultiFieldPanel(
        [
            FieldPanel("accepts_self_pay"),
            FieldPanel("insurers", widget=CheckboxSelectMultiple),
        ],
        heading="How sessions are paid",
    ),
    MultiFieldPanel(
        [
            FieldPanel("identities", widget=CheckboxSelectMultiple),
            FieldPanel("about_identity"),
        ],
        heading="Identity and lived experience",
        help_text="For the therapist alone to decide: nothing here is needed, or ever guessed.",
    ),
    MultiFieldPanel(
        [FieldPanel("is_active"), FieldPanel("accepts_clients"), FieldPanel("position")],
        heading="On the site",
    ),
    MultiFieldPanel([FieldPanel("user"), FieldPanel("email")], heading="For staff only"),
]

LICENSES = [
    InlinePanel(
        "licences",
        heading="Licenses",
        label="license",
        panels=[
            FieldRowPanel([FieldPanel("jurisdiction"), FieldPanel("number")]),
            FieldPanel("authority"),
            FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_until")]),
        ],
        help_text=(
            "A session is offered only where a license is valid on its day: at an office in its "
            "state, online where the client will be. "
            f"Therapist and desk get a mail {domain.WARNING_DAYS_WORDS} days before one ends."
        ),
    )
]

HOURS = [
    FieldPanel("time_zone", widget=TimeZoneSelect),
    InlinePanel(
        "working_hours",
        heading="Weekly hours",
        label="hours",
        panels=[
            FieldRowPanel([FieldPanel("weekday"), FieldPanel("starts"), FieldPanel("ends")]),
            WHERE,
            FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_until")]),
        ],
        help_text="Dates may stay empty: the hours then hold every week.",
    ),
    InlinePanel(
        "hours_exceptions",
        heading="Other hours on single dates",
        label="date with other hours",
        panels=[
            FieldRowPanel([FieldPanel("date"), FieldPanel("starts"), FieldPanel("ends")]),
            WHERE,
        ],
        help_text="They replace the weekly hours of that date.",
    ),
    InlinePanel(
        "time_off",
        heading="Time off",
        label="time off",
        panels=[
            FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
            FieldPanel("note"),
        ],
        help_text="No session is offered then. Sessions that are booked already stay booked.",
    ),
]


class TherapistViewSet(RecordViewSet):
    """Therapists with their licences, hours and time off."""

    model = Therapist
    icon = "group"
    index_view_class = TherapistIndexView
    edit_view_class = TherapistEditView
    inspect_view_class = TherapistInspectView
    list_display = [
        "name",
        "credentials",
        BooleanColumn("is_active", label="On the site", sort_key="is_active"),
        BooleanColumn("accepts_clients", label="New clients", sort_key="accepts_clients"),
        SampleColumn(),
    ]
    list_filter = [
        "is_active",
        "accepts_clients",
        "services",
        "topics",
        "languages",
        "client_groups",
        "insurers",
        "accepts_self_pay",
    ]
    search_fields = ["name", "credentials"]
    list_export = ["name", "credentials", "pronouns", "is_active", "accepts_clients"]
    export_filename = "therapists"
    inspect_view_fields = [
        "name",
        "credentials",
        "pronouns",
        "introduction",
        "services",
        "topics",
        "approaches",
        "languages",
        "client_groups",
        "insurers",
        "accepts_self_pay",
        "identities",
        "about_identity",
        "licences",
        "working_hours",
        "hours_exceptions",
        "time_zone",
        "is_active",
        "accepts_clients",
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(PROFILE, heading="Profile"),
            ObjectList(LICENSES, heading="Licenses"),
            ObjectList(HOURS, heading="Hours and time off"),
        ]
    )

    def get_urlpatterns(self) -> list[URLPattern]:
        """Add the screens with which therapists plan their own time."""
        return [
            *super().get_urlpatterns(),
            path("hours/<int:pk>/", self.construct_view(HoursView), name="hours"),
            path("time-off/<int:pk>/", self.construct_view(TimeOffView), name="time_off"),
        ]
