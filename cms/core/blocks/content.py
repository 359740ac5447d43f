"""The body of an ordinary page: every family, in any order."""

from wagtail import blocks

from .call_to_action import CallToActionBlock
from .media import PictureBlock
from .notice import NoticeBlock
from .text import HeadingBlock, ParagraphBlock, QuoteBlock


class ContentBlock(blocks.StreamBlock):
    """What an ordinary page may contain."""

    heading = HeadingBlock(group="Text")
    paragraph = ParagraphBlock(group="Text")
    quote = QuoteBlock(group="Text")
    picture = PictureBlock(group="More")
    notice = NoticeBlock(group="More")
    call_to_action = CallToActionBlock(group="More")

    class Meta:
        icon = "form"
        template = "core/blocks/content_block.html"
        description = "The text of a page, made of headings, paragraphs and more."
        preview_value = [
            ("heading", HeadingBlock._meta_class.preview_value),
            ("paragraph", ParagraphBlock._meta_class.preview_value),
        ]
