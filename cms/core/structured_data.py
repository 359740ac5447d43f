"""What search engines read on a page: JSON-LD (https://schema.org).

A data block of this type is no script: the Content-Security-Policy's script-src doesn't apply
(https://html.spec.whatwg.org/multipage/scripting.html#prepare-the-script-element).
"""

import json
from typing import Any

from django.utils.safestring import SafeString, mark_safe

CONTEXT = "https://schema.org"
# As django.utils.html.json_script: a title can't end the element it stands in.
_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def known(values: dict[str, Any]) -> dict[str, Any]:
    """Return those of `values` that say something."""
    return {key: value for key, value in values.items() if value}


def as_json_ld(values: dict[str, Any]) -> SafeString:
    """Return `values` as the content of a data block."""
    return mark_safe(json.dumps(values, ensure_ascii=False).translate(_ESCAPES))  # noqa: S308
