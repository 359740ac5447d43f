"""Visits to the pages that everybody may see."""

from typing import Any

from django.core.files.base import ContentFile
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.views import defaults
from wagtail.blocks import StreamBlock, StructBlock
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

from articles.blocks import ReferenceBlock, TermListBlock
from cms.core.blocks import CallToActionBlock, PictureBlock
from cms.core.views import csrf_failure
from home.models import StandardPage
from tests.architecture.inventory import stream_fields
from tests.catalogue import PUBLIC_PAGES
from tests.previews import preview

from .recorder import Visits

WORD = "a sample password"


def visit_public_pages(visits: Visits) -> None:
    """Open each public page, and what stands beside the pages."""
    for address in (*PUBLIC_PAGES, "/sitemap.xml", "/robots.txt", "/glossary.atom"):
        visits.get(address)
    visits.get("/favicon.ico", status=302)
    visits.get("/no-such-page/", status=404)


def visit_all_blocks(visits: Visits) -> None:
    """Open a page of each type that has blocks, with each of them filled, and their previews."""
    for field in stream_fields():
        children = field.stream_block.child_blocks.items()
        value = [(name, example(block)) for name, block in children]
        slug = f"everything-{field.model._meta.model_name}"
        page = field.model(title="Everything", slug=slug, **{field.name: value})
        visits.get(Page.objects.get(depth=2).add_child(instance=page).url)
        preview(field.stream_block)
        for _, block in children:
            preview(block)


def example(block: StructBlock | StreamBlock | Any) -> Any:
    """Return a value of `block` in which nothing is empty: its preview, filled up."""
    value = block.get_preview_value()
    if isinstance(block, PictureBlock):
        picture = Image.objects.create(title="Chair", file=get_test_image_file())
        picture.contextual_alt_text, picture.decorative = "A chair", False
        value["image"] = picture
    elif isinstance(block, CallToActionBlock):
        value["page"] = StandardPage.objects.first()
    elif isinstance(block, TermListBlock):
        return block.normalize({"points": points(3), "numbered": True})
    elif "references" in getattr(block, "child_blocks", {}):
        for name in ReferenceBlock().child_blocks:
            value["references"][0][name] = value["references"][0][name] or "https://example.org/"
    return value


def points(levels: int) -> list[dict[str, Any]]:
    """Return a point with points below it, so many levels deep."""
    point = {"term": "Term", "explanation": "<p>What it means.</p>"}
    below = {"points": points(levels - 1), "numbered": True} if levels > 1 else {}
    return [point | below]


def visit_private_pages(visits: Visits) -> None:
    """Open a page and a document that ask for a password."""
    page = StandardPage.objects.first()
    restriction = PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.PASSWORD, password=WORD
    )
    visits.get(page.url)
    answer = {"password": WORD, "return_url": page.url}
    visits.post(f"/_util/authenticate_with_password/{restriction.pk}/{page.pk}/", answer)

    folder = Collection.get_first_root_node().add_child(instance=Collection(name="Private"))
    document = Document.objects.create(
        title="Form", file=ContentFile(b"text", "form.txt"), collection=folder
    )
    restriction = CollectionViewRestriction.objects.create(
        collection=folder, restriction_type=CollectionViewRestriction.PASSWORD, password=WORD
    )
    visits.get(document.url)
    answer = {"password": WORD, "return_url": document.url}
    visits.post(f"/documents/authenticate_with_password/{restriction.pk}/", answer)


def visit_errors(visits: Visits) -> None:
    """Show the pages that say what went wrong."""
    request = HttpRequest()
    request.META = {"SERVER_NAME": "testserver", "SERVER_PORT": "80"}
    defaults.server_error(request)
    defaults.permission_denied(request, PermissionError())
    csrf_failure(request)
    render_to_string("429.html", request=request)  # allauth's answer to too many tries
