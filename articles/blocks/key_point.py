"""Key points: the one sentence of a part that must not be missed."""

from wagtail import blocks

from .text import INLINE_FEATURES


class KeyPointBlock(blocks.StructBlock):
    """One sentence, set apart where it belongs."""

    text = blocks.RichTextBlock(
        features=INLINE_FEATURES,
        help_text="One sentence. What sums up the whole page goes into the takeaways.",
    )

    class Meta:
        icon = "pin"
        label = "Key point"
        template = "articles/blocks/key_point_block.html"
        preview_template = "articles/block_preview.html"
        label_format = "Key point: {text}"
        description = "The one sentence of a part of the page that nobody should miss."
        preview_value = {
            "text": "<p>Avoiding what frightens us helps today and makes tomorrow harder.</p>"
        }
