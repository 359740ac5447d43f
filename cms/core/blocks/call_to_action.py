"""Calls to action: the one next step that a page offers."""

from wagtail import blocks

BOOKING_PATH = "/book/"


class CallToActionValue(blocks.StructValue):
    """Knows where the button leads."""

    @property
    def href(self) -> str:
        """The address of the chosen page while it is public, else of the booking page."""
        page = self.get("page")
        return page.url if page is not None and page.live else BOOKING_PATH


class CallToActionBlock(blocks.StructBlock):
    """A heading, a sentence and one button."""

    heading = blocks.CharBlock(max_length=120, default="Would you like to talk about it?")
    text = blocks.TextBlock(
        required=False, help_text="One or two sentences: what happens after the button."
    )
    label = blocks.CharBlock(
        max_length=40,
        default="Book a time",
        help_text="What the button says: a verb and its object.",
    )
    page = blocks.PageChooserBlock(
        required=False, help_text="Where the button leads. Empty: to the booking page."
    )

    class Meta:
        icon = "pick"
        template = "core/blocks/call_to_action_block.html"
        value_class = CallToActionValue
        label_format = "{label}"
        description = "Offers the next step with one button, usually at the end of a page."
        preview_value = {
            "heading": "Would you like to talk about it?",
            "text": "Choose a time in an office or online. You need no account.",
            "label": "Book a time",
            "page": None,
        }
