"""What this app shows on pages of others."""

from typing import Any

from wagtail.admin.ui.components import Component

from locations.models import Place


class TimesAtPlace(Component):
    """The next free times at an office, or online in a jurisdiction."""

    template_name = "scheduling/components/times_at_place.html"

    def __init__(self, place: Place) -> None:
        self.place = place

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """Return the place."""
        return {"place": self.place}
