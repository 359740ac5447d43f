"""What sessions cost."""

from typing import Any

from django.http import HttpRequest

from cms.core.models import BasePage
from scheduling.models import Service


class FeesPage(BasePage):
    """The fees of all services, from their records."""

    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    template = "home/fees_page.html"

    class Meta:
        verbose_name = "fees page"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the services."""
        return super().get_context(request, *args, **kwargs) | {"services": Service.objects.all()}
