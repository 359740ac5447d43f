"""The sample glossary: real sources, taken apart, and a mark on each entry."""

import re

import pytest

from articles.blocks import GlossaryBodyBlock
from articles.checks import Level
from articles.checks.entry import check_entry
from articles.models import GlossaryPage
from home.models import SamplePage
from home.sample_data.glossary import load_glossary, sample_texts
from tests.articles.glossary import make_glossary

pytestmark = pytest.mark.django_db


@pytest.fixture
def glossary():
    page = make_glossary()
    load_glossary()
    return page


def test_each_entry_says_that_it_is_a_sample_and_is_shown(glossary, client):
    pages = GlossaryPage.objects.all()
    assert len(pages) == len(list(sample_texts())) >= 12
    assert set(SamplePage.objects.values_list("page", flat=True)) == {page.pk for page in pages}
    for page in pages:
        html = client.get(page.get_url()).content.decode()
        assert "Sample entry" in html
        assert page.introduction in html


def test_each_entry_passes_the_checks_of_its_blocks_and_those_before_publishing(glossary):
    for page in GlossaryPage.objects.all():
        page.body.stream_block.clean(page.body)
        assert check_entry(page) == {Level.STOP: [], Level.WARN: []}, page.title


def test_no_word_of_a_text_is_left_out(glossary):
    for text in sample_texts():
        page = GlossaryPage.objects.get(slug=text.slug)
        body = " ".join(GlossaryBodyBlock().get_searchable_content(page.body)).split()
        article = text.article.replace("“", "").split()
        assert set(re.findall(r"[^\W\d_]{4,}", " ".join(article))) <= set(
            re.findall(r"[^\W\d_]{4,}", f"{page.title} {' '.join(body)}")
        )


def test_entries_lead_to_each_other(glossary, client):
    html = client.get("/glossary/rumination/").content.decode()
    assert '<a class="term-link" href="/glossary/worry/"' in html


def test_each_source_is_taken_apart(glossary):
    references = [
        reference
        for page in GlossaryPage.objects.all()
        for block in page.body
        if block.block_type == "references"
        for reference in block.value["references"]
    ]
    assert len(references) == 17
    for reference in references:
        assert reference["authors"]
        assert reference["year"]
        assert reference["title"]
        assert reference["doi"] or reference["kind"] == "book"
        assert reference["note"] == ""


def test_loading_again_leaves_what_is_there(glossary):
    page = GlossaryPage.objects.get(slug="worry")
    page.title = "Worrying"
    page.save()
    load_glossary()
    assert GlossaryPage.objects.count() == len(list(sample_texts()))
    assert GlossaryPage.objects.get(slug="worry").title == "Worrying"
