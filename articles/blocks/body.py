"""The body of a glossary page."""

from wagtail import blocks

from cms.core.blocks import (
    CallToActionBlock,
    CrisisNoticeBlock,
    HeadingBlock,
    NoticeBlock,
    PictureBlock,
    QuoteBlock,
)

from .dialogue import DialogueBlock
from .key_point import KeyPointBlock
from .references import ReferencesBlock
from .takeaways import TakeawaysBlock
from .terms import TermListBlock
from .text import GlossaryParagraphBlock
from .video import VideoBlock
from .where_we_see_clients import WhereWeSeeClientsBlock


class GlossaryBodyBlock(blocks.StreamBlock):
    """What a glossary page may contain."""

    heading = HeadingBlock(group="Text")
    paragraph = GlossaryParagraphBlock(group="Text")
    term_list = TermListBlock(group="Text")
    key_point = KeyPointBlock(group="Text")
    dialogue = DialogueBlock(group="Text")
    quote = QuoteBlock(group="Text")
    picture = PictureBlock(group="Text")
    video = VideoBlock(group="Text")
    notice = NoticeBlock(group="Text")
    crisis_notice = CrisisNoticeBlock(group="Text")
    takeaways = TakeawaysBlock(group="At the end")
    references = ReferencesBlock(group="At the end")
    where_we_see_clients = WhereWeSeeClientsBlock(group="At the end")
    call_to_action = CallToActionBlock(group="At the end")

    class Meta:
        icon = "form"
        template = "core/blocks/content_block.html"
        description = "The text of a glossary page."
        block_counts = {
            "references": {"max_num": 1},
            "where_we_see_clients": {"max_num": 1},
        }
        preview_value = [
            ("heading", HeadingBlock._meta_class.preview_value),
            ("paragraph", GlossaryParagraphBlock._meta_class.preview_value),
        ]
