"""Notices: what a reader must not miss."""

from wagtail import blocks


class NoticeBlock(blocks.StructBlock):
    """A short text set apart from the rest."""

    heading = blocks.CharBlock(required=False, max_length=120)
    text = blocks.RichTextBlock(features=["bold", "italic", "link"])
    kind = blocks.ChoiceBlock(
        choices=[("info", "Good to know"), ("good", "Good news"), ("warning", "Important")],
        default="info",
        help_text="Keep “Important” for what concerns safety, money or a deadline.",
    )

    class Meta:
        icon = "warning"
        template = "core/blocks/notice_block.html"
        label_format = "{heading}"
        description = "A few lines set apart because nobody should miss them."
        preview_value = {
            "heading": "Before you come",
            "text": "<p>Please tell us if you need step-free access. We will choose the room.</p>",
            "kind": "info",
        }
        form_layout = blocks.BlockGroup(children=["heading", "text"], settings=["kind"])


class CrisisNoticeBlock(blocks.StaticBlock):
    """Whom to call in a crisis. It has nothing to type: the numbers stand in one place."""

    class Meta:
        icon = "help"
        label = "Crisis notice"
        template = "core/blocks/crisis_notice_block.html"
        admin_text = (
            "Shows whom to call in danger or in a crisis. Put it before text that speaks of "
            "self-harm or suicide."
        )
        description = "Tells readers in danger or in a crisis whom to call, day and night."
        preview_value = None
