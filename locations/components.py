"""What this app shows on pages of others."""

from typing import Any

from django.utils import timezone
from wagtail.admin.ui.components import Component

from .models import Office


class OfficesInFooter(Component):
    """The open offices with address and phone."""

    template_name = "locations/components/offices_in_footer.html"

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """Return the offices that are open today."""
        offices = Office.objects.open_on(timezone.localdate()).select_related("jurisdiction")
        return {"offices": offices}
