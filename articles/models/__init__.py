"""Pages of the glossary."""

from .glossary_index_page import GlossaryIndexPage
from .glossary_page import GlossaryPage

__all__ = ["GlossaryIndexPage", "GlossaryPage"]
