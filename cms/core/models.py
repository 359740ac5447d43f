"""The abstract page that every page type extends, and the practice's own names and words."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from phonenumber_field.modelfields import PhoneNumberField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.models import Page

from cms.core.audit import AccessRecord

__all__ = ["AccessRecord", "BasePage", "PracticeSettings"]


class BasePage(Page):
    """What all pages of the site share.

    It is abstract on purpose: docs/decisions/0001-page-model.md says why Wagtail's own `Page` table
    stays and WAGTAIL_PAGE_MODEL is not set.
    """

    introduction = models.TextField(
        blank=True,
        help_text="One or two sentences under the title that say what this page is for.",
    )

    content_panels = [*Page.content_panels, FieldPanel("introduction")]

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the pages between the home page and this one, for the breadcrumbs."""
        context = super().get_context(request, *args, **kwargs)
        context["breadcrumbs"] = self.get_ancestors().live().filter(depth__gt=1)
        return context

    @property
    def meta_description(self) -> str:
        """The text for search engines: what the editor wrote for them, else the introduction."""
        return self.search_description or self.introduction


@register_setting(icon="cog", order=10)
class PracticeSettings(BaseGenericSetting):
    """The practice's name, how to reach it, and the words its public pages use.

    It stands in the shared kernel because pages, mails, calendar files and the API all name the
    practice, and imports only go down.
    """

    practice_name = models.CharField(max_length=80, default="Our practice")
    tagline = models.CharField(
        max_length=160, blank=True, help_text="One line under the name in the page footer."
    )
    email = models.EmailField(
        "public e-mail", blank=True, help_text="Shown on the contact page and in mails to clients."
    )
    phone = PhoneNumberField(
        "public phone", blank=True, help_text="Shown on the contact page and in mails to clients."
    )
    is_sample = models.BooleanField(
        default=False,
        editable=False,
        help_text="True while the sample practice is loaded: every page then says so.",
    )
    client_word = models.CharField("one client", max_length=40, default="client")
    clients_word = models.CharField("several clients", max_length=40, default="clients")
    therapist_word = models.CharField("one therapist", max_length=40, default="therapist")
    therapists_word = models.CharField("several therapists", max_length=40, default="therapists")
    session_word = models.CharField("one session", max_length=40, default="session")
    sessions_word = models.CharField("several sessions", max_length=40, default="sessions")

    panels = [
        FieldPanel("practice_name"),
        FieldPanel("tagline"),
        MultiFieldPanel([FieldPanel("email"), FieldPanel("phone")], heading="How to reach us"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel(f"{word}_word"), FieldPanel(f"{word}s_word")])
                for word in ("client", "therapist", "session")
            ],
            heading="Words on public pages",
            help_text="Write them in lower case; pages add a capital where a sentence begins.",
        ),
    ]

    class Meta:
        verbose_name = "Practice"
