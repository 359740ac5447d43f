"""A page of running text."""

from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from cms.core.blocks import ContentBlock
from cms.core.models import BasePage


class StandardPage(BasePage):
    """Whatever the practice has to say that no record says."""

    body = StreamField(ContentBlock(), blank=True)

    parent_page_types = ["home.HomePage", "home.StandardPage"]
    template = "home/standard_page.html"
    content_panels = [*BasePage.content_panels, FieldPanel("body")]

    class Meta:
        verbose_name = "standard page"
