"""What search engines read about the glossary: https://schema.org/DefinedTerm, as JSON-LD.

A data block of this type is no script: the Content-Security-Policy's script-src doesn't apply
(https://html.spec.whatwg.org/multipage/scripting.html#prepare-the-script-element).
"""

import json
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe
from wagtail.models import Page

_CONTEXT = "https://schema.org"
# As django.utils.html.json_script: a title can't end the element it stands in.
_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def defined_term(page: Any, request: HttpRequest) -> SafeString:
    """Return what a glossary entry says about itself."""
    parent = page.get_parent()
    return _as_json(
        {
            "@context": _CONTEXT,
            "@type": "DefinedTerm",
            "name": page.title,
            "description": page.meta_description,
            "url": page.get_full_url(request),
            "inDefinedTermSet": _named("DefinedTermSet", parent, request),
            "dateModified": page.last_published_at and page.last_published_at.isoformat(),
        }
    )


def term_set(page: Any, request: HttpRequest) -> SafeString:
    """Return what the glossary says about itself."""
    description = {"description": page.meta_description}
    return _as_json({"@context": _CONTEXT} | _named("DefinedTermSet", page, request) | description)


def _named(kind: str, page: Page, request: HttpRequest) -> dict[str, Any]:
    return {"@type": kind, "name": page.title, "url": page.get_full_url(request)}


def _as_json(values: dict[str, Any]) -> SafeString:
    known = {key: value for key, value in values.items() if value}
    return mark_safe(json.dumps(known, ensure_ascii=False).translate(_ESCAPES))  # noqa: S308
