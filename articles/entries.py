"""Reads of the glossary's public entries: the list, what a search finds, and what lies near one."""

import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Count, QuerySet
from django.http import HttpRequest
from wagtail.models import Page

from articles.finding import Named, find_by_name, words_of
from articles.models.glossary_page import GlossaryPage, names_of

MOST_TYPED = 100
MOST_FOUND = 50
MOST_RELATED = 4


class Entry(NamedTuple):
    """What lists say of an entry."""

    key: int
    title: str
    url: str
    introduction: str
    other_names: str


class Neighbours(NamedTuple):
    """The entries before and after one in alphabetical order, as far as there are any."""

    before: Entry | None
    after: Entry | None


def entries_of(
    glossary: Page, request: HttpRequest | None = None, *, topic: str = ""
) -> list[Entry]:
    """Return the public entries in alphabetical order, of all topics or of one (by its slug)."""
    pages = GlossaryPage.objects.child_of(glossary).live().public()
    if topic:
        pages = pages.filter(topics__slug=topic)
    return sorted(_entries(pages, glossary, request), key=lambda entry: sort_key(entry.title))


def find_entries(typed: str, entries: list[Entry], glossary: Page) -> list[Entry]:
    """Return those of `entries` that `typed` may mean: by name first, then by their text."""
    # Words alone, in small letters: SQLite's full-text search takes signs and capitals as orders.
    words = " ".join(words_of(typed[:MOST_TYPED]))
    known = {entry.key: entry for entry in entries}
    names = [Named(entry.key, names_of(entry.title, entry.other_names)) for entry in entries]
    found = find_by_name(words, names)
    if words:
        pages = GlossaryPage.objects.child_of(glossary).live()
        found += [page.pk for page in pages.search(words, operator="and")[:MOST_FOUND]]
    return [known[key] for key in dict.fromkeys(found) if key in known]


def neighbours_of(page: GlossaryPage, entries: list[Entry]) -> Neighbours:
    """Return what stands before and after `page` in `entries`."""
    keys = [entry.key for entry in entries]
    if page.pk not in keys:
        return Neighbours(None, None)
    place = keys.index(page.pk)
    after = entries[place + 1] if place + 1 < len(entries) else None
    return Neighbours(entries[place - 1] if place else None, after)


def related_to(page: GlossaryPage, entries: list[Entry]) -> list[Entry]:
    """Return up to four other entries that share topics with `page`, those with most first."""
    shared = dict(
        GlossaryPage.objects.filter(topics__in=[topic.pk for topic in page.topics.all()])
        .exclude(pk=page.pk)
        .values_list("pk")
        .annotate(Count("topics"))
    )
    related = [entry for entry in entries if entry.key in shared]
    return sorted(related, key=lambda entry: -shared[entry.key])[:MOST_RELATED]


def first_letter(title: str) -> str:
    """Return the capital letter under which `title` stands; "#" for what begins with none."""
    key = sort_key(title)[1]
    return key[0].upper() if key[:1].isalpha() else "#"


def sort_key(title: str) -> tuple[bool, str]:
    """Order letters before anything else, without regard to case and accents."""
    plain = unicodedata.normalize("NFKD", title).casefold()
    key = "".join(char for char in plain if not unicodedata.combining(char)).lstrip(" “\"'‘(")
    return (not key[:1].isalpha(), key)


def _entries(
    pages: QuerySet[GlossaryPage], glossary: Page, request: HttpRequest | None
) -> Iterable[Entry]:
    root = glossary.get_url(request) or glossary.url_path
    rows = pages.values_list("pk", "title", "slug", "introduction", "other_names")
    for key, title, slug, introduction, other_names in rows:
        yield Entry(key, title, f"{root}{slug}/", introduction, other_names)
