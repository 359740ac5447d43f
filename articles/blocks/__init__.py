"""Blocks that only glossary pages have."""

from .body import GlossaryBodyBlock
from .dialogue import DialogueBlock
from .key_point import KeyPointBlock
from .references import ReferenceBlock, ReferencesBlock
from .takeaways import TakeawaysBlock
from .terms import TermListBlock
from .video import VideoBlock
from .where_we_see_clients import WhereWeSeeClientsBlock

__all__ = [
    "DialogueBlock",
    "GlossaryBodyBlock",
    "KeyPointBlock",
    "ReferenceBlock",
    "ReferencesBlock",
    "TakeawaysBlock",
    "TermListBlock",
    "VideoBlock",
    "WhereWeSeeClientsBlock",
]
