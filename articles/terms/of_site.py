"""The terms of the site, from its public entries."""

from django.http import HttpRequest

from articles.models import GlossaryIndexPage, GlossaryPage
from articles.models.glossary_page import names_of

from .linking import Term


def terms_of_site(request: HttpRequest | None = None) -> list[Term]:
    """Return every name of every public entry whose mentions are to be linked.

    Where two entries claim a name, the one that has it as its title gets it.
    """
    glossary = GlossaryIndexPage.objects.live().first()
    if glossary is None:
        return []
    root = glossary.get_url(request) or glossary.url_path
    entries = GlossaryPage.objects.child_of(glossary).live().public()
    rows = entries.filter(is_linked_from_text=True).values_list(
        "title", "other_names", "introduction", "slug"
    )
    terms = [
        Term(name, f"{root}{slug}/", definition)
        for title, other_names, definition, slug in rows.order_by("pk")
        for name in names_of(title, other_names)
    ]
    titles = {title.casefold(): f"{root}{slug}/" for title, *_, slug in rows}
    return [term for term in terms if titles.get(term.name.casefold(), term.href) == term.href]
