"""The staff screens for what therapists can be found by."""

from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, TitleFieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSetGroup

from cms.core.viewsets import RecordViewSet, SampleColumn, slug_panel
from scheduling.models import Approach, ClientGroup, Identity, Insurer, Language, Topic


def _name_panel(help_text: str) -> MultiFieldPanel:
    """Return the panel of the name, with what it is for."""
    return MultiFieldPanel(
        [TitleFieldPanel("name", placeholder="Name"), slug_panel()],
        heading="Name",
        help_text=help_text,
    )


class TraitViewSet(RecordViewSet):
    """Records that are a name and an address. Who has which is said on each therapist."""

    list_display = ["name", SampleColumn()]
    search_fields = ["name"]
    list_export = ["name", "slug"]
    inspect_view_fields = ["name"]


class TopicViewSet(TraitViewSet):
    """What clients come with."""

    model = Topic
    icon = "tag"
    panels = [_name_panel("What brings somebody here, in the words that they would use.")]


class ApproachViewSet(TraitViewSet):
    """Ways of working."""

    model = Approach
    icon = "openquote"
    panels = [_name_panel("A way of working, spelled out.")]


class LanguageViewSet(TraitViewSet):
    """Languages of sessions."""

    model = Language
    icon = "globe"
    panels = [_name_panel("As the people who speak it find it: Spanish, American Sign Language.")]


class ClientGroupViewSet(TraitViewSet):
    """Ages, and who comes together."""

    model = ClientGroup
    icon = "group"
    menu_label = "Who is seen"
    list_display = ["name", "by", Column("position", label="Order"), SampleColumn()]
    list_filter = ["by"]
    list_export = ["name", "slug", "by"]
    inspect_view_fields = ["name", "by", "position"]
    panels = [
        _name_panel("Say years of age with it, where they matter: Teenagers (13 to 17)."),
        FieldRowPanel([FieldPanel("by"), FieldPanel("position")]),
    ]


class InsurerViewSet(TraitViewSet):
    """Insurers with which therapists are in network."""

    model = Insurer
    icon = "clipboard-list"
    list_display = ["name", "note", SampleColumn()]
    list_export = ["name", "slug", "note"]
    export_filename = "insurers"
    inspect_view_fields = ["name", "note", "therapists"]
    panels = [
        _name_panel("As it stands on the member’s card."),
        FieldPanel("note"),
    ]


class IdentityViewSet(TraitViewSet):
    """Identities and lived experience that therapists chose to name."""

    model = Identity
    icon = "user"
    menu_label = "Identities"
    panels = [_name_panel("Only what a therapist asked for, in the words of those it is about.")]


class ProfilesViewSetGroup(ModelViewSetGroup):
    """The menu of the choices on therapists' profiles."""

    menu_label = "Profiles"
    menu_name = "profiles"
    menu_icon = "user"
    menu_order = 205
    items = (
        TopicViewSet,
        ApproachViewSet,
        LanguageViewSet,
        ClientGroupViewSet,
        InsurerViewSet,
        IdentityViewSet,
    )
