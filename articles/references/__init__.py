"""References: what a source is, read from one line of text, and how it is written. Pure."""

from .apa import apa_html
from .parse import looks_like_reference, parse_reference
from .types import KINDS, ParsedReference

__all__ = ["KINDS", "ParsedReference", "apa_html", "looks_like_reference", "parse_reference"]
