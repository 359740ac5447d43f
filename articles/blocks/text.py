"""What text in glossary pages may contain."""

from typing import Any

from cms.core.blocks import ParagraphBlock

# Lists have a block of their own, which keeps their terms; headings too, which makes the contents.
INLINE_FEATURES = ["bold", "italic", "link"]


class GlossaryParagraphBlock(ParagraphBlock):
    """Running text with bold, italics and links only."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("features", INLINE_FEATURES)
        super().__init__(**kwargs)

    class Meta:
        description = "One or more paragraphs, with bold, italics and links."
        preview_value = (
            "<p>Worry looks ahead. It asks <i>what if</i>, and it rarely waits for the answer.</p>"
        )
