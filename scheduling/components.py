"""What this app shows on pages of others."""

from typing import Any

from wagtail.admin.ui.components import Component

from cms.core.models import PracticeSettings
from locations.models import Office, Place


class TimesAtPlace(Component):
    """The next free times at an office, or online in a jurisdiction."""

    template_name = "scheduling/components/times_at_place.html"

    def __init__(self, place: Place) -> None:
        self.place = place

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """Return the place, the office that it is if it is one, and the practice's words."""
        office = None if self.place.is_online else Office.objects.get(pk=self.place.pk)
        return {"place": self.place, "office": office, "practice": PracticeSettings.load()}
