"""Videos, as links: nothing is loaded from another site before the reader goes there."""

from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from wagtail import blocks


class VideoValue(blocks.StructValue):
    """Knows where its video is shown."""

    @property
    def host(self) -> str:
        """The name of the site that shows the video, without www."""
        return (urlsplit(self["address"]).hostname or "").removeprefix("www.")


class VideoBlock(blocks.StructBlock):
    """A link to a video elsewhere, with what it shows and how long it takes."""

    title = blocks.CharBlock(max_length=150, help_text="What the video is called.")
    address = blocks.URLBlock(help_text="Where it can be watched. Begins with https://.")
    minutes = blocks.IntegerBlock(
        required=False, min_value=1, max_value=600, help_text="How long it is, in minutes."
    )
    summary = blocks.TextBlock(
        required=False,
        rows=2,
        help_text="What it shows, for readers who can't or don't want to watch it.",
    )

    class Meta:
        icon = "media"
        label = "Video"
        template = "articles/blocks/video_block.html"
        preview_template = "articles/block_preview.html"
        value_class = VideoValue
        label_format = "Video: {title}"
        description = "A link to a video on another site, which learns of no reader before a click."
        preview_value = {
            "title": "Breathing out slowly (a sample)",
            "address": "https://example.org/breathing",
            "minutes": 4,
            "summary": "Somebody sits on a chair and breathes out for longer than in.",
        }

    def clean(self, value: dict) -> VideoValue:
        """Refuse an address that is not encrypted on its way."""
        cleaned = super().clean(value)
        if not cleaned["address"].startswith("https://") and not self.is_deferred_validation:
            error = ValidationError("The address of a video begins with https://.")
            raise blocks.StructBlockValidationError(block_errors={"address": error})
        return cleaned
