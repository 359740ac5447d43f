"""Where the practice sees clients, from the records."""

from wagtail import blocks


class WhereWeSeeClientsBlock(blocks.StaticBlock):
    """The sentence about offices and online sessions. It has nothing to type, so nothing drifts."""

    class Meta:
        icon = "site"
        label = "Where we see clients"
        template = "articles/blocks/where_we_see_clients_block.html"
        preview_template = "articles/block_preview.html"
        admin_text = (
            "Shows where clients are seen, made from the offices, service areas and neighborhoods "
            "in the records. Change it there, and every page follows."
        )
        description = "Says where clients are seen, always as the records have it today."
        preview_value = None
