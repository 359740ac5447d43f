"""Which pages the sample practice brought."""

from django.db import models
from wagtail.models import Page


class SamplePage(models.Model):
    """A note that a page came with the sample practice.

    It is not a field of the page: a copy that an editor makes of a sample page is the editor's own.
    """

    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"Sample page {self.page_id}"
