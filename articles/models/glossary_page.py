"""One entry of the glossary."""

from html import unescape
from typing import Any, NamedTuple

from django.db import models
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest
from django.utils.html import strip_tags
from django.utils.text import Truncator
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from articles.blocks import GlossaryBodyBlock
from articles.blocks.references import ReferenceValue
from articles.schema_org import entry_data
from cms.core.models import BasePage
from scheduling.models import Topic

DESCRIPTION_LENGTH = 155
# Adults read non-fiction in English silently at 175 to 300 words a minute, on average 238:
# Brysbaert, 2019, https://doi.org/10.1016/j.jml.2019.104047
WORDS_PER_MINUTE = 238


class ContentsEntry(NamedTuple):
    """A line of the table of contents: the anchor, the words, and 2 or 3 for its level."""

    anchor: str
    text: str
    level: int


class GlossaryPage(BasePage):
    """A definition, written by the practice's therapists, with its sources."""

    body = StreamField(
        GlossaryBodyBlock(),
        blank=True,
        help_text="Begin with what the term means. Then headings, lists, takeaways and references.",
    )
    topics = ParentalManyToManyField(
        Topic,
        blank=True,
        related_name="glossary_entries",
        help_text="What the entry is about. The page then shows who works with it and when they "
        "are free, and leads to other entries of the topic.",
    )
    other_names = models.TextField(
        blank=True,
        help_text="Synonyms, plurals and abbreviations, one a line. Readers find the entry by "
        "them, and their mention in other pages leads here too.",
    )
    is_linked_from_text = models.BooleanField(
        "link mentions of this term",
        default=True,
        help_text="The first mention on each page of the site becomes a link, with the definition "
        "beside it. Switch it off for a word that is mostly used in another sense.",
    )
    links_terms = models.BooleanField(
        "link other terms in this text",
        default=True,
        help_text="Switch it off where links would be in the way.",
    )
    source_name = models.CharField(max_length=255, blank=True, editable=False)
    source_digest = models.CharField(
        max_length=64,
        blank=True,
        editable=False,
        db_index=True,
        help_text="SHA-256 of the file that was imported: the same file updates this page.",
    )

    parent_page_types = ["articles.GlossaryIndexPage"]
    subpage_types: list[str] = []
    template = "articles/glossary_page.html"
    content_panels = [
        *Page.content_panels,
        FieldPanel(
            "introduction",
            heading="Definition in one sentence",
            help_text="Shown under the title, in the list from A to Z and in search results.",
        ),
        FieldPanel("body"),
    ]
    promote_panels = [
        *Page.promote_panels,
        MultiFieldPanel(
            [
                FieldPanel("topics", widget=CheckboxSelectMultiple),
                FieldPanel("other_names"),
                FieldPanel("is_linked_from_text"),
                FieldPanel("links_terms"),
            ],
            heading="Topics, finding and linking",
        ),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("introduction"),
        index.SearchField("other_names", boost=5),
        index.AutocompleteField("other_names"),
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = "glossary entry"
        verbose_name_plural = "glossary entries"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the table of contents, and what search engines read."""
        context = super().get_context(request, *args, **kwargs)
        context["contents"] = self.contents()
        context["structured_data"] = entry_data(self, request)
        return context

    def contents(self) -> list[ContentsEntry]:
        """Return the headings of the body, in order."""
        return [entry for entry in map(_contents_entry, self.body) if entry.text]

    def references(self) -> list[ReferenceValue]:
        """Return the sources of the page, in the order of their numbers."""
        found = (block.value["references"] for block in self.body.blocks_by_name("references"))
        return [reference for references in found for reference in references]

    def reading_minutes(self) -> int:
        """Return how many minutes the text takes to read, without its references; at least 1."""
        texts = [
            text
            for child in self.body
            if child.block_type != "references"
            for text in child.block.get_searchable_content(child.value)
        ]
        words = sum(len(text.split()) for text in [self.introduction, *texts])
        return max(1, round(words / WORDS_PER_MINUTE))

    @property
    def names(self) -> list[str]:
        """The title and the other names, each once."""
        return names_of(self.title, self.other_names)

    @property
    def meta_description(self) -> str:
        """The text for search engines: the editor's own, the definition, or how the body begins."""
        if self.search_description or self.introduction:
            return super().meta_description
        first = next((block for block in self.body if block.block_type == "paragraph"), None)
        text = unescape(strip_tags(str(first.value))).strip() if first else ""
        return Truncator(text).chars(DESCRIPTION_LENGTH)


def names_of(title: str, other_names: str) -> list[str]:
    """Return the names by which an entry is known: its title and each line of `other_names`."""
    lines = (line.strip() for line in [title, *other_names.splitlines()])
    return list(dict.fromkeys(filter(None, lines)))


def _contents_entry(block: Any) -> ContentsEntry:
    if block.block_type == "heading":
        return ContentsEntry(block.id, block.value["text"], int(block.value["level"]))
    if block.block_type in ("takeaways", "references"):
        return ContentsEntry(block.id, block.value["heading"], 2)
    return ContentsEntry("", "", 2)
