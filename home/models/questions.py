"""Questions that clients ask, and the page that answers them."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from wagtail.fields import RichTextField

from cms.core.models import BasePage


class Question(models.Model):
    """A question with its answer."""

    text = models.CharField("question", max_length=200)
    anchor = models.SlugField(
        unique=True,
        help_text="The end of the question's own address, /faq/#anchor. People keep such links: "
        "better not to change it.",
    )
    answer = RichTextField(features=["bold", "italic", "link", "ol", "ul"])
    position = models.PositiveSmallIntegerField(
        default=0, help_text="Questions with lower numbers come first."
    )
    is_sample = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.text


class FAQPage(BasePage):
    """All questions with their answers."""

    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    template = "home/faq_page.html"

    class Meta:
        verbose_name = "page of questions"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the questions."""
        return super().get_context(request, *args, **kwargs) | {"questions": Question.objects.all()}
