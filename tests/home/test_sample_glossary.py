"""The sample glossary: real sources, taken apart, and a mark on each entry."""

import pytest

from articles.models import GlossaryPage
from home.models import SamplePage
from home.sample_data.glossary import load_glossary
from tests.articles.glossary import make_glossary

pytestmark = pytest.mark.django_db


@pytest.fixture
def glossary():
    page = make_glossary()
    load_glossary()
    return page


def test_each_entry_says_that_it_is_a_sample_and_is_shown(glossary, client):
    pages = GlossaryPage.objects.all()
    assert len(pages) == 4
    assert set(SamplePage.objects.values_list("page", flat=True)) == {page.pk for page in pages}
    for page in pages:
        html = client.get(page.get_url()).content.decode()
        assert "Sample entry" in html
        assert page.introduction in html


def test_each_entry_passes_the_checks_of_its_blocks(glossary):
    for page in GlossaryPage.objects.all():
        page.body.stream_block.clean(page.body)


def test_each_source_is_taken_apart(glossary):
    references = [
        reference
        for page in GlossaryPage.objects.all()
        for block in page.body
        if block.block_type == "references"
        for reference in block.value["references"]
    ]
    assert len(references) == 6
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
    assert GlossaryPage.objects.count() == 4
    assert GlossaryPage.objects.get(slug="worry").title == "Worrying"
