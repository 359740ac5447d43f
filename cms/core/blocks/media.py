"""Media: pictures."""

from wagtail import blocks
from wagtail.images.blocks import ImageBlock


class PictureBlock(blocks.StructBlock):
    """A picture with its text alternative, or marked as decoration."""

    image = ImageBlock(
        label="Picture",
        help_text="Say what the picture tells, or mark it as decoration if it tells nothing.",
    )
    caption = blocks.CharBlock(
        required=False, max_length=250, help_text="Shown under the picture to everybody."
    )

    class Meta:
        icon = "image"
        template = "core/blocks/picture_block.html"
        preview_template = "core/blocks/previews/picture_block.html"
        label_format = "Picture: {caption}"
        description = "A picture, described for people who don't see it, with a caption if wished."
        preview_value = {"image": None, "caption": "The waiting room of an office"}
