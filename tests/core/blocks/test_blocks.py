"""Every block of the shared families: rendered alone, in its preview, with its words to editors."""

import pytest
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page

from cms.core.blocks import ContentBlock
from tests.previews import preview

BLOCKS = ContentBlock().child_blocks


@pytest.mark.parametrize("name", BLOCKS)
def test_a_block_tells_editors_what_it_is_for(name):
    block = BLOCKS[name]
    assert block.get_description()
    assert block.meta.icon != "placeholder"
    assert block.is_previewable
    assert block.meta.template == f"core/blocks/{name}_block.html"


@pytest.mark.parametrize("name", BLOCKS)
def test_a_block_shows_a_preview_in_the_sites_own_clothes(name):
    html = preview(BLOCKS[name])
    assert "core/css/tokens" in html
    assert html.count("<main>") == 1
    assert " style=" not in html


def test_a_whole_body_has_a_preview():
    html = preview(ContentBlock())
    assert "What does a first session look like?" in html
    assert "Nothing has to be prepared" in html


def test_a_heading_is_reached_by_the_id_of_its_block():
    body = ContentBlock().to_python(
        [{"type": "heading", "id": "abc-1", "value": {"text": "Where to begin", "level": "3"}}]
    )
    assert body.render_as_block().strip() == '<h3 id="abc-1">Where to begin</h3>'


def test_a_quotation_without_a_source_has_no_caption():
    html = BLOCKS["quote"].render(BLOCKS["quote"].to_python({"text": "Words", "source": ""}))
    assert "<blockquote><p>Words</p></blockquote>" in html
    assert "figcaption" not in html


def test_text_is_escaped_outside_rich_text():
    value = BLOCKS["call_to_action"].to_python({"heading": "<b>A</b>", "text": "", "label": "Go"})
    html = BLOCKS["call_to_action"].render(value)
    assert "&lt;b&gt;A&lt;/b&gt;" in html
    assert 'href="/book/"' in html


@pytest.mark.django_db
def test_a_picture_is_rendered_small_enough_for_a_phone(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    image = Image.objects.create(title="Chair", file=get_test_image_file(size=(1000, 600)))
    block = BLOCKS["picture"]
    value = block.to_python(
        {
            "image": {"image": image.pk, "alt_text": "A chair", "decorative": False},
            "caption": "The room",
        }
    )
    html = block.render(value)
    assert 'alt="A chair"' in html
    assert "480w" in html
    assert "The room" in html


@pytest.mark.django_db
def test_a_button_leads_to_its_page_only_while_that_is_public():
    home = Page.objects.get(depth=2)
    block = BLOCKS["call_to_action"]
    page = home.add_child(instance=Page(title="Fees", slug="fees"))
    value = block.to_python({"heading": "A", "text": "", "label": "See", "page": page.pk})
    assert 'href="/fees/"' in block.render(value)
    page.unpublish()
    value = block.to_python({"heading": "A", "text": "", "label": "See", "page": page.pk})
    assert 'href="/book/"' in block.render(value)
