"""Every block of glossary pages: rendered alone, in its preview, with its words to editors."""

import re

import pytest
from django.core.exceptions import ValidationError

from articles.blocks import GlossaryBodyBlock, ReferenceBlock
from locations.models import Jurisdiction, Office
from tests.previews import preview

BLOCKS = GlossaryBodyBlock().child_blocks
OURS = [
    "term_list",
    "key_point",
    "dialogue",
    "video",
    "takeaways",
    "references",
    "where_we_see_clients",
]


def render(kind, value, block_id="id-1"):
    raw = [{"type": kind, "id": block_id, "value": value}]
    return GlossaryBodyBlock().to_python(raw).render_as_block()


def text_of(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.mark.django_db
@pytest.mark.parametrize("name", BLOCKS)
def test_a_block_tells_editors_what_it_is_for_and_shows_it(name):
    block = BLOCKS[name]
    assert block.get_description()
    assert block.meta.icon != "placeholder"
    assert block.is_previewable
    html = preview(block)
    assert "core/css/tokens" in html
    assert " style=" not in html


@pytest.mark.parametrize("name", OURS)
def test_a_template_is_named_after_its_block(name):
    assert BLOCKS[name].meta.template == f"articles/blocks/{name}_block.html"
    assert BLOCKS[name].meta.preview_template == "articles/block_preview.html"


def test_a_whole_body_has_a_preview():
    assert "it rarely waits for the answer" in preview(GlossaryBodyBlock())


def point(text, term="", points=(), *, numbered=False):
    return {
        "term": term,
        "explanation": f"<p>{text}</p>",
        "points": list(points),
        "numbered": numbered,
    }


def test_terms_that_are_all_explained_are_a_list_of_definitions():
    html = render("term_list", {"points": [point("One", "A"), point("Two", "B")]})
    assert re.findall(r"<dt>(.*?)</dt>", html) == ["A", "B"]
    assert "<ul>" not in html


def test_a_list_with_a_point_that_explains_no_term_has_bullets():
    html = render("term_list", {"points": [point("One", "A"), point("Two")]})
    assert "<dl>" not in html
    assert '<strong class="term">A:</strong>' in html
    assert text_of(html) == "A: One Two"


def test_steps_are_numbered_and_points_below_them_are_not():
    below = [point("Below", points=[{"term": "T", "explanation": "<p>Deepest</p>"}])]
    html = render("term_list", {"points": [point("One", points=below)], "numbered": True})
    assert html.index("<ol>") < html.index("<ul>") < html.index("<dl>")
    assert text_of(html) == "One Below T Deepest"


def test_the_heading_of_takeaways_names_their_part_of_the_page():
    html = render("takeaways", {"heading": "Remember", "points": ["<p>One</p>"]})
    assert 'aria-labelledby="id-1"' in html
    assert '<h2 id="id-1">Remember</h2>' in html
    assert "<h2" not in render("takeaways", {"heading": "", "points": ["<p>One</p>"]})


def test_a_dialogue_names_who_speaks_and_escapes_what_is_said():
    lines = [{"speaker": "Kim", "words": "<b>No</b>"}, {"speaker": "Alex", "words": "Yes"}]
    html = render("dialogue", {"caption": "Two views", "lines": lines})
    assert text_of(html) == "Kim &lt;b&gt;No&lt;/b&gt; Alex Yes Two views"
    assert re.findall(r"<dt>(.*?)</dt>", html) == ["Kim", "Alex"]


def test_a_key_point_is_text_in_which_terms_are_linked():
    html = render("key_point", {"text": "<p>Panic <b>passes</b>.</p>"})
    assert "<b>passes</b>" in html
    assert "data-unlinked" not in html


VIDEO = {"title": "Rest", "address": "https://www.example.org/v", "minutes": 1, "summary": ""}


def test_a_video_is_a_link_that_says_where_it_leads_and_loads_nothing():
    html = render("video", VIDEO)
    assert 'href="https://www.example.org/v"' in html
    assert text_of(html) == "Watch “Rest” on example.org (1 minute)"
    assert not re.search(r"<(iframe|img|script|video)", html)


@pytest.mark.parametrize("address", ["http://example.org/v", "javascript:alert(1)", ""])
def test_a_video_at_an_unsafe_address_is_refused(address):
    block = BLOCKS["video"]
    with pytest.raises(ValidationError):
        block.clean(block.to_python(VIDEO | {"address": address}))


def reference(**changes):
    return dict.fromkeys(ReferenceBlock().child_blocks, "") | {"kind": "article"} | changes


def references(**changes):
    return {"heading": "References", "references": [reference(**changes)]}


def test_a_reference_is_written_from_its_fields():
    html = render(
        "references",
        references(
            authors="Sample, A. B.\nExample, C.",
            year="2020",
            title="What is trust?",
            container="Journal of Examples",
            volume="3",
            issue="2",
            pages="10–12",
            doi="10.1234/abc",
        ),
    )
    assert '<li id="reference-1">' in html
    assert (
        "Sample, A. B., & Example, C. (2020). What is trust? Journal of Examples , 3 (2), 10–12."
        in text_of(html).replace("&amp;", "&")
    )
    assert (
        '<a href="https://doi.org/10.1234/abc" rel="external noopener noreferrer">'
        "https://doi.org/10.1234/abc</a>" in html
    )


def test_a_reference_that_could_not_be_taken_apart_stands_as_it_was_typed():
    html = render("references", references(original="See https://example.org/a <b>"))
    assert 'href="https://example.org/a"' in html
    assert "&lt;b&gt;" in html


def clean(**changes):
    block = ReferenceBlock()
    return block.clean(block.to_python(reference(**changes)))


def test_a_pasted_reference_fills_the_fields():
    value = clean(original="1. Sample, A. (2020). On rooms. Journal of Rooms, 3, 1–2.")
    assert value["authors"] == "Sample, A."
    assert value["title"] == "On rooms"
    assert value["volume"] == "3"
    assert value["original"].startswith("1. Sample")


def test_fields_that_an_editor_filled_are_left_alone():
    assert clean(original="Sample, A. (2020). On rooms.", title="Mine")["title"] == "Mine"


@pytest.mark.parametrize("doi", ["https://doi.org/10.1234/a", "doi:10.1234/a", " 10.1234/a "])
def test_a_doi_in_any_form_is_kept_bare(doi):
    assert clean(title="A", doi=doi)["doi"] == "10.1234/a"


@pytest.mark.parametrize(
    "changes",
    [{"doi": "11.1/a", "title": "A"}, {"url": "javascript:a", "title": "A"}, {}]
    + [{"kind": kind, "title": "A"} for kind in ("chapter", "talk")],
)
def test_what_is_no_reference_is_refused(changes):
    with pytest.raises(ValidationError):
        clean(**changes)


def test_a_talk_is_written_with_its_conference():
    fields = {"kind": "talk", "authors": "Sample, A.", "title": "A", "form": "Poster"}
    html = render("references", references(**fields, note="In Spanish", container="Convention <1>"))
    assert "<i>A</i> [Poster]. Convention &lt;1&gt;. In Spanish." in html


def test_a_reference_from_before_the_newer_fields_is_still_written():
    old = {"kind": "book", "authors": "Sample, A.", "title": "A", "year": "2020", "original": ""}
    old |= {"note": "", "doi": "", "url": ""}
    html = render("references", {"heading": "", "references": [old]})
    assert "Sample, A. (2020). <i>A</i>." in html


def test_a_draft_may_have_a_reference_that_is_not_finished():
    block = ReferenceBlock()
    value = block.clean_deferred(block.to_python(reference(doi="11.1/a")))
    assert value["doi"] == "11.1/a"


def test_an_address_without_its_beginning_still_leads_somewhere():
    assert 'href="https://www.example.org"' in render(
        "references", references(title="A", url="www.example.org")
    )


@pytest.mark.django_db
def test_where_we_see_clients_follows_the_records():
    assert render("where_we_see_clients", None).strip() == ""
    illinois = Jurisdiction.objects.create(code="IL", name="Illinois")
    Office.objects.create(
        name="South Loop", slug="s", neighborhood="South Loop", jurisdiction=illinois
    )
    assert "We see clients in person at our South Loop office" in render(
        "where_we_see_clients", None
    )
