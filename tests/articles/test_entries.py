"""Finding one's way among the entries: search, topics, neighbours, related ones."""

import re

import pytest

from articles.models import GlossaryPage
from scheduling.models import Topic
from tests.articles.glossary import make_glossary

pytestmark = pytest.mark.django_db


@pytest.fixture
def glossary():
    return make_glossary()


@pytest.fixture
def topic():
    return Topic.objects.create(name="Anxiety", slug="anxiety")


def add(glossary, title, *topics, **values):
    page = GlossaryPage(title=title, **values)
    page.topics = topics
    return glossary.add_child(instance=page)


def found(client, query):
    html = client.get("/glossary/", query).content.decode()
    return re.findall(r'<a href="/glossary/([^/]+)/">', html.split('id="found"')[1])


def test_search_knows_names_misspellings_and_the_text(glossary, client):
    add(glossary, "Worry", other_names="rumination")
    add(glossary, "Panic", body=[("paragraph", "<p>The heart beats in the throat.</p>")])
    assert found(client, {"q": "worr"}) == ["worry"]
    assert found(client, {"q": "ruminaton"}) == ["worry"]
    assert found(client, {"q": "throat"}) == ["panic"]
    assert found(client, {"q": "zebra"}) == []


def test_search_says_how_many_were_found_and_keeps_what_was_typed(glossary, client):
    add(glossary, "Worry")
    html = client.get("/glossary/", {"q": " worry "}).content.decode()
    assert '<p class="visually-hidden" role="status">1 entry found</p>' in html
    empty = client.get("/glossary/", {"q": "<b>"}).content.decode()
    assert 'value="&lt;b&gt;"' in empty
    assert "No entries for “&lt;b&gt;”" in empty


@pytest.mark.parametrize("typed", ["\x00", "a" * 3000, "' OR 1=1 --", '"(*', "AND NOT", "%_", "😀"])
def test_search_takes_anything(glossary, client, typed):
    add(glossary, "Worry")
    assert client.get("/glossary/", {"q": typed}).status_code == 200


def test_drafts_are_not_found(glossary, client):
    add(glossary, "Worry", live=False)
    assert found(client, {"q": "worry"}) == []


def test_a_topic_narrows_the_list(glossary, topic, client):
    add(glossary, "Worry", topic)
    add(glossary, "Attachment")
    assert found(client, {"topic": "anxiety"}) == ["worry"]
    assert found(client, {"topic": "unknown"}) == ["attachment", "worry"]


def test_an_entry_leads_to_its_neighbours_and_to_entries_of_its_topics(glossary, topic, client):
    other = Topic.objects.create(name="Sleep", slug="sleep")
    pages = {
        title: add(glossary, title, *topics)
        for title, topics in {
            "Attachment": [],
            "Night": [topic],
            "Panic": [topic, other],
            "Worry": [topic, other],
        }.items()
    }
    html = client.get(pages["Panic"].get_url()).content.decode()
    assert re.findall(r'<a rel="(\w+)" href="/glossary/(\w+)/">', html) == [
        ("prev", "night"),
        ("next", "worry"),
    ]
    related = html.split('class="related"')[1].split("</nav>")[0]
    assert re.findall(r'href="/glossary/(\w+)/"', related) == ["worry", "night"]


def test_how_long_the_text_takes_to_read(glossary):
    body = [("paragraph", f"<p>{'word ' * 476}</p>")]
    assert add(glossary, "Long", body=body).reading_minutes() == 2
    assert add(glossary, "Short").reading_minutes() == 1
