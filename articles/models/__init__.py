"""Pages of the glossary, and what the practice decides about publishing them."""

from .glossary_index_page import GlossaryIndexPage
from .glossary_page import GlossaryPage
from .publishing_settings import PublishingSettings

__all__ = ["GlossaryIndexPage", "GlossaryPage", "PublishingSettings"]
