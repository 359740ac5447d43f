"""Text: headings, paragraphs, quotations."""

from typing import Any

from wagtail import blocks


class HeadingBlock(blocks.StructBlock):
    """A heading. Its address on the page is the block's id, so rewording it breaks no link."""

    text = blocks.CharBlock(max_length=200, help_text="A few words, or the question it answers.")
    level = blocks.ChoiceBlock(
        choices=[("2", "Main heading"), ("3", "Heading below a main heading")],
        default="2",
        help_text="Start with a main heading; never skip one.",
    )

    class Meta:
        icon = "title"
        template = "core/blocks/heading_block.html"
        label_format = "{text}"
        description = "Begins a new part of the page. Readers and screen readers jump to it."
        preview_value = {"text": "What does a first session look like?", "level": "2"}
        form_layout = blocks.BlockGroup(children=["text"], settings=["level"])


class ParagraphBlock(blocks.RichTextBlock):
    """Running text. Headings and pictures have blocks of their own."""

    FEATURES = ("bold", "italic", "link", "ul", "ol")

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("features", list(self.FEATURES))
        super().__init__(**kwargs)

    class Meta:
        icon = "pilcrow"
        template = "core/blocks/paragraph_block.html"
        description = "One or more paragraphs, with bold, italic, links and simple lists."
        preview_value = (
            "<p>You decide what to talk about, and how far to go. "
            "<b>Nothing has to be prepared</b>: it is enough to come as you are.</p>"
        )


class QuoteBlock(blocks.StructBlock):
    """Somebody's words, and whose they are."""

    text = blocks.TextBlock(
        label="Quotation", help_text="The words themselves, without quote marks."
    )
    source = blocks.CharBlock(
        required=False, max_length=200, help_text="Who said or wrote it, and where."
    )

    class Meta:
        icon = "openquote"
        template = "core/blocks/quote_block.html"
        description = "The words of somebody else, set apart, with their source."
        preview_value = {
            "text": "I came with a list. We talked about the thing that was not on it.",
            "source": "A sample client, after the first session",
        }
