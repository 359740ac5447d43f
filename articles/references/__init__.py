"""References: what a source is, read from one line of text. Pure: standard library only."""

from .parse import looks_like_reference, parse_reference
from .types import KINDS, ParsedReference

__all__ = ["KINDS", "ParsedReference", "looks_like_reference", "parse_reference"]
