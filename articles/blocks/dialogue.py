"""Example dialogues: who says what, line by line."""

from wagtail import blocks


class _LineBlock(blocks.StructBlock):
    """What one person says before the other does."""

    speaker = blocks.CharBlock(
        max_length=60, help_text="A first name, or a part such as Partner. Never a client's."
    )
    words = blocks.TextBlock(rows=2, label="Says", help_text="Without quotation marks.")

    class Meta:
        label = "Line"
        label_format = "{speaker}: {words}"


class DialogueBlock(blocks.StructBlock):
    """An invented conversation that shows how something sounds."""

    caption = blocks.CharBlock(
        required=False, max_length=200, help_text="What the conversation shows."
    )
    lines = blocks.ListBlock(_LineBlock(), min_num=2)

    class Meta:
        icon = "comment"
        label = "Example dialogue"
        template = "articles/blocks/dialogue_block.html"
        preview_template = "articles/block_preview.html"
        label_format = "Dialogue: {caption}"
        description = "An invented conversation, line by line, that shows how something sounds."
        preview_value = {
            "caption": "Asking for a pause in an argument",
            "lines": [
                {"speaker": "Kim", "words": "I can feel that I am about to shout."},
                {"speaker": "Alex", "words": "Let us stop here and go on after dinner."},
            ],
        }
