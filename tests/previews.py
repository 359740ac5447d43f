"""Rendering a block's preview as the editor's block chooser does."""

from django.template.loader import render_to_string
from django.test import RequestFactory


def preview(block):
    """Return the preview page of `block`."""
    value = block.get_preview_value()
    context = {
        "request": RequestFactory().get("/"),
        "block_def": block,
        "bound_block": block.bind(value),
        "page_title": "Preview",
    }
    template = block.get_preview_template(value, context)
    return render_to_string(template, block.get_preview_context(value, context))
