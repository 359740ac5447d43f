"""Blocks that only glossary pages have."""

from .body import GlossaryBodyBlock
from .references import ReferenceBlock, ReferencesBlock
from .takeaways import TakeawaysBlock
from .terms import TermListBlock
from .where_we_see_clients import WhereWeSeeClientsBlock

__all__ = [
    "GlossaryBodyBlock",
    "ReferenceBlock",
    "ReferencesBlock",
    "TakeawaysBlock",
    "TermListBlock",
    "WhereWeSeeClientsBlock",
]
