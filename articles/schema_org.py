"""What search engines read about the glossary, as JSON-LD: https://schema.org/DefinedTerm in its
set, the https://schema.org/MedicalWebPage that explains it, its sources and where it stands.
"""

from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString
from wagtail.models import Page

from cms.core.models import PracticeSettings
from cms.core.structured_data import CONTEXT, as_json_ld, known

_KINDS = {"article": "ScholarlyArticle", "book": "Book", "chapter": "Chapter", "report": "Report"}


def entry_data(page: Any, request: HttpRequest) -> SafeString:
    """Return what a glossary entry says about itself: the page, its term and its breadcrumbs."""
    url = page.get_full_url(request)
    term = {
        "@type": "DefinedTerm",
        "@id": f"{url}#term",
        "name": page.title,
        "alternateName": page.names[1:],
        "description": page.meta_description,
        "url": url,
        "inDefinedTermSet": _named("DefinedTermSet", page.get_parent(), request),
    }
    web_page = {
        "@type": "MedicalWebPage",
        "@id": url,
        "url": url,
        "name": page.title,
        "description": page.meta_description,
        "inLanguage": "en-US",
        "about": {"@id": term["@id"]},
        "datePublished": _date(page.first_published_at),
        "dateModified": _date(page.last_published_at),
        "publisher": {"@type": "Organization", "name": PracticeSettings.load().practice_name},
        "citation": [_citation(reference) for reference in page.references()],
        "breadcrumb": {"@id": f"{url}#breadcrumbs"},
    }
    ancestors = page.get_ancestors(inclusive=True).filter(depth__gt=1)
    crumbs = {
        "@type": "BreadcrumbList",
        "@id": f"{url}#breadcrumbs",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": each.title, "item": each.full_url}
            for place, each in enumerate(ancestors, 1)
        ],
    }
    graph = [known(each) for each in (web_page, term, crumbs)]
    return as_json_ld({"@context": CONTEXT, "@graph": graph})


def term_set(page: Any, request: HttpRequest) -> SafeString:
    """Return what the glossary says about itself."""
    description = {"description": page.meta_description}
    named = _named("DefinedTermSet", page, request)
    return as_json_ld(known({"@context": CONTEXT} | named | description))


def _citation(reference: Any) -> dict[str, Any]:
    kind = _KINDS.get(reference["kind"], "CreativeWork")
    container = {"name": reference["container"]} if reference["container"] else None
    return known(
        {
            "@type": kind,
            "name": reference["title"] or reference["original"],
            "author": [{"@type": "Person", "name": name} for name in reference.author_list],
            "datePublished": reference["year"],
            "isPartOf": container
            and {"@type": "Periodical" if kind == "ScholarlyArticle" else "CreativeWork"}
            | container,
            "url": reference.href,
        }
    )


def _named(kind: str, page: Page, request: HttpRequest) -> dict[str, Any]:
    return {"@type": kind, "name": page.title, "url": page.get_full_url(request)}


def _date(instant: Any) -> str | None:
    return instant and instant.isoformat()
