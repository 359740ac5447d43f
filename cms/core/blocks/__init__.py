"""The block families that every page type may use: text, media, notice, call to action.

One module per family, one template per block, named after the block.
"""

from .call_to_action import CallToActionBlock
from .content import ContentBlock
from .media import PictureBlock
from .notice import CrisisNoticeBlock, NoticeBlock
from .text import HeadingBlock, ParagraphBlock, QuoteBlock

__all__ = [
    "CallToActionBlock",
    "ContentBlock",
    "CrisisNoticeBlock",
    "HeadingBlock",
    "NoticeBlock",
    "ParagraphBlock",
    "PictureBlock",
    "QuoteBlock",
]
