"""Takeaways: what a reader should remember."""

from wagtail import blocks

from .text import INLINE_FEATURES


class TakeawaysBlock(blocks.StructBlock):
    """A few sentences that sum the page up."""

    heading = blocks.CharBlock(required=False, max_length=120, default="Takeaways")
    points = blocks.ListBlock(
        blocks.RichTextBlock(features=INLINE_FEATURES, label="Takeaway"),
        min_num=1,
        help_text="Three to five sentences. Each should make sense without the page.",
    )

    class Meta:
        icon = "tick-inverse"
        template = "articles/blocks/takeaways_block.html"
        preview_template = "articles/block_preview.html"
        label_format = "{heading}"
        description = "What a reader should remember, in a few sentences of its own box."
        preview_value = {
            "heading": "Takeaways",
            "points": [
                "<p>Panic passes, whether or not you fight it.</p>",
                "<p>Slow breathing out tells the body that the danger is over.</p>",
            ],
        }
