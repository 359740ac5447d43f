"""The staff screens for questions and answers."""

from wagtail.admin.panels import FieldPanel, TitleFieldPanel
from wagtail.admin.ui.tables import Column

from cms.core.viewsets import RecordViewSet, SampleColumn, slug_panel
from home.models import Question


class QuestionViewSet(RecordViewSet):
    """Questions that clients ask, with their answers."""

    model = Question
    icon = "help"
    menu_hook = "register_practice_menu_item"
    menu_order = 50
    list_display = ["text", Column("position", label="Order", sort_key="position"), SampleColumn()]
    search_fields = ["text", "answer"]
    inspect_view_fields = ["text", "anchor", "answer", "position"]
    panels = [
        TitleFieldPanel("text", targets=["anchor"], placeholder="What do clients ask?"),
        FieldPanel("answer"),
        slug_panel("anchor"),
        FieldPanel("position"),
    ]
