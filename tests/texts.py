"""What a page says."""

import html
import re


def text(response):
    """Return the words of a page, as somebody reads them."""
    body = re.sub(r"<(script|style).*?</\1>", "", response.content.decode(), flags=re.S)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())
