"""How to reach the practice."""

from cms.core.models import BasePage


class ContactPage(BasePage):
    """Help in a crisis first, then the right way for whoever writes or calls."""

    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    template = "home/contact_page.html"

    class Meta:
        verbose_name = "contact page"
