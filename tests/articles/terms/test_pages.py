"""Terms link themselves, in every page's text, and follow their entries."""

import re

import pytest

from articles.models import GlossaryPage
from home.models import StandardPage
from tests.articles.glossary import make_glossary

pytestmark = pytest.mark.django_db


@pytest.fixture
def glossary():
    return make_glossary()


def add(glossary, title, text="", **values):
    body = [("paragraph", f"<p>{text}</p>")] if text else []
    return glossary.add_child(instance=GlossaryPage(title=title, body=body, **values))


def terms_in(client, page):
    html = client.get(page.get_url()).content.decode()
    return re.findall(r'<a class="term-link" href="([^"]*)"', html)


def test_a_new_entry_appears_in_older_pages_and_a_moved_or_hidden_one_follows(glossary, client):
    older = add(glossary, "Worry", "Worry is a cousin of rumination.")
    assert terms_in(client, older) == []
    entry = add(glossary, "Rumination", introduction="Thoughts that go round and round.")
    assert terms_in(client, older) == ["/glossary/rumination/"]
    entry.slug = "going-round"
    entry.save()
    assert terms_in(client, older) == ["/glossary/going-round/"]
    entry.unpublish()
    assert terms_in(client, older) == []


def test_other_names_lead_to_their_entry_and_a_title_goes_before_them(glossary, client):
    page = add(glossary, "Worry", "CBT, and ACT too.")
    add(glossary, "Cognitive behavioral therapy", other_names="CBT\n ACT \n\n")
    add(glossary, "ACT")
    assert terms_in(client, page) == ["/glossary/cognitive-behavioral-therapy/", "/glossary/act/"]


def test_editors_can_switch_a_term_or_a_page_off(glossary, client):
    page = add(glossary, "Worry", "Stress and panic.")
    add(glossary, "Stress", is_linked_from_text=False)
    add(glossary, "Panic")
    assert terms_in(client, page) == ["/glossary/panic/"]
    page.links_terms = False
    page.save()
    assert terms_in(client, page) == []


def test_ordinary_pages_link_terms_too(glossary, client):
    add(glossary, "Panic")
    page = glossary.get_parent().add_child(
        instance=StandardPage(title="How we work", body=[("paragraph", "<p>No panic.</p>")])
    )
    assert terms_in(client, page) == ["/glossary/panic/"]
