"""New and revised entries as an Atom feed (RFC 4287), for readers who follow the glossary."""

import datetime as dt

from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.utils.feedgenerator import Atom1Feed

from articles.models import GlossaryIndexPage, GlossaryPage
from cms.core.models import PracticeSettings

MOST_ENTRIES = 30


class GlossaryFeed(Feed):
    """The entries that were published or revised last, newest first."""

    feed_type = Atom1Feed
    link = "/glossary/"

    def get_object(self, request: HttpRequest) -> GlossaryIndexPage | None:
        """Return the glossary, if there is one."""
        return GlossaryIndexPage.objects.live().first()

    def title(self, glossary: GlossaryIndexPage | None) -> str:
        """Name the practice and its glossary."""
        name = PracticeSettings.load().practice_name
        return f"{name}: {glossary.title if glossary else 'Glossary'}"

    def subtitle(self, glossary: GlossaryIndexPage | None) -> str:
        """Say what the glossary is for."""
        return glossary.introduction if glossary else ""

    def items(self, glossary: GlossaryIndexPage | None) -> list[GlossaryPage]:
        """Return the entries."""
        if glossary is None:
            return []
        pages = GlossaryPage.objects.child_of(glossary).live().public()
        return list(
            pages.exclude(last_published_at=None).order_by("-last_published_at")[:MOST_ENTRIES]
        )

    def item_title(self, page: GlossaryPage) -> str:
        """Return the term."""
        return page.title

    def item_description(self, page: GlossaryPage) -> str:
        """Return the definition."""
        return page.introduction

    def item_link(self, page: GlossaryPage) -> str:
        """Return where it stands."""
        return page.url or page.url_path

    def item_pubdate(self, page: GlossaryPage) -> dt.datetime | None:
        """Return when it was first published."""
        return page.first_published_at

    def item_updateddate(self, page: GlossaryPage) -> dt.datetime | None:
        """Return when it was last revised."""
        return page.last_published_at
