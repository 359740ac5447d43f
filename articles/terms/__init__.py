"""Terms: the titles and other names of entries, which become links in the text of every page."""

from .linking import Term, link_terms

__all__ = ["Term", "link_terms"]
