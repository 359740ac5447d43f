"""The pages of the glossary, as a reader gets them."""

import json
import re
from xml.etree import ElementTree

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from articles.blocks.references import reference_fields
from articles.entries import first_letter
from articles.models import GlossaryPage
from tests.articles.glossary import make_glossary

pytestmark = pytest.mark.django_db

BODY = [
    ("paragraph", "<p>Worry looks ahead. It asks what might happen &amp; rarely waits.</p>"),
    ("heading", {"text": "What is worry?", "level": "2"}),
    ("heading", {"text": "And at night?", "level": "3"}),
    ("takeaways", {"heading": "Takeaways", "points": ["<p>It passes.</p>"]}),
]


@pytest.fixture
def glossary():
    return make_glossary()


def add(glossary, title, **values):
    return glossary.add_child(instance=GlossaryPage(title=title, **values))


def get(client, page):
    response = client.get(page.get_url())
    assert response.status_code == 200
    return response.content.decode()


def structured_data(html):
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html)[1])


def test_entries_stand_under_their_letters(glossary, client):
    for title in ("worry", "Éxample", "Attachment", "“Affect”", "4-7-8 breathing", "anger"):
        add(glossary, title, introduction=f"About {title}.")
    assert [group["letter"] for group in glossary.letters()] == ["A", "E", "W", "#"]
    assert [entry.title for entry in glossary.letters()[0]["entries"]] == [
        "“Affect”",
        "anger",
        "Attachment",
    ]
    html = get(client, glossary)
    assert '<a href="/glossary/worry/">Worry</a>' in html
    assert "About anger." in html


@pytest.mark.parametrize(
    ("title", "letter"), [("worry", "W"), ("Øre", "Ø"), ("不安", "不"), ("", "#"), ("…", "#")]
)
def test_first_letters(title, letter):
    assert first_letter(title) == letter


def test_drafts_and_private_entries_are_not_listed(glossary, client):
    add(glossary, "Draft", live=False)
    private = add(glossary, "Private")
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    assert glossary.letters() == []
    assert "no entries yet" in get(client, glossary)


def test_an_entry_has_contents_breadcrumbs_and_a_description(glossary, client):
    page = add(glossary, "worry", body=BODY)
    html = get(client, page)
    assert "<h1>Worry</h1>" in html
    for entry in page.contents():
        assert f'<a href="#{entry.anchor}">{entry.text}</a>' in html
        assert f'id="{entry.anchor}"' in html
    assert [(entry.text, entry.level) for entry in page.contents()] == [
        ("What is worry?", 2),
        ("And at night?", 3),
        ("Takeaways", 2),
    ]
    assert '<a href="/glossary/">Glossary</a>' in html
    assert 'content="Worry looks ahead. It asks what might happen &amp; rarely waits."' in html
    assert "Last updated" not in html


def test_the_date_of_the_last_change_is_shown(glossary, client):
    page = add(glossary, "Worry", body=BODY)
    page.save_revision().publish()
    page.refresh_from_db()
    day = timezone.localtime(page.last_published_at).date()
    assert f'<time datetime="{day.isoformat()}">' in get(client, page)


def test_a_short_entry_needs_no_contents(glossary, client):
    assert "On this page" not in get(client, add(glossary, "Worry", body=BODY[:2]))


def test_a_citation_leads_to_its_reference(glossary, client):
    references = [reference_fields("Sample, A. (2020). On worry. Journal of Examples, 3, 1–2.")]
    body = [
        ("paragraph", "<p>It looks ahead (Sample, 2020).</p>"),
        ("references", {"heading": "References", "references": references}),
    ]
    html = get(client, add(glossary, "Worry", body=body))
    assert '(<a class="citation" href="#reference-1">Sample, 2020</a>)' in html
    assert html.count('class="citation"') == 1
    assert '<li id="reference-1">Sample, A. (2020).' in html


def test_search_engines_read_the_page_its_term_and_its_sources(glossary, client):
    reference = "Sample, A. (2020). On worry. Journal of Examples, 3, 1–2. doi:10.1234/a"
    references = {"heading": "References", "references": [reference_fields(reference)]}
    page = add(
        glossary,
        "Worry </script>",
        slug="worry",
        other_names="worrying",
        body=[*BODY, ("references", references)],
    )
    data = structured_data(get(client, page))
    web_page, term, crumbs = data["@graph"]
    assert (web_page["@type"], term["@type"]) == ("MedicalWebPage", "DefinedTerm")
    assert term["name"] == "Worry </script>"
    assert term["alternateName"] == ["worrying"]
    assert term["url"].endswith("/glossary/worry/")
    assert term["inDefinedTermSet"]["name"] == "Glossary"
    assert web_page["about"] == {"@id": term["@id"]}
    assert web_page["citation"] == [
        {
            "@type": "ScholarlyArticle",
            "name": "On worry",
            "author": [{"@type": "Person", "name": "Sample, A."}],
            "datePublished": "2020",
            "isPartOf": {"@type": "Periodical", "name": "Journal of Examples"},
            "url": "https://doi.org/10.1234/a",
        }
    ]
    assert [each["name"] for each in crumbs["itemListElement"]][-2:] == ["Glossary", page.title]
    assert structured_data(get(client, glossary))["@type"] == "DefinedTermSet"


def test_an_entry_has_one_address_and_words_for_who_shares_it(glossary, client):
    page = add(glossary, "Worry", introduction="It looks “ahead”.")
    html = get(client, page)
    assert f'<link rel="canonical" href="{page.full_url}">' in html
    assert '<meta property="og:description" content="It looks “ahead”.">' in html
    searched = client.get("/glossary/", {"q": "worry"}).content.decode()
    assert f'<link rel="canonical" href="{glossary.full_url}">' in searched


def test_readers_follow_new_and_revised_entries(glossary, client):
    for title in ("Old", "New <b>"):
        add(glossary, title, introduction=f"About {title}").save_revision().publish()
    add(glossary, "Draft", live=False)
    response = client.get("/glossary.atom")
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = ElementTree.fromstring(response.content)  # noqa: S314  (our own answer)
    atom = {"a": "http://www.w3.org/2005/Atom"}
    assert [each.text for each in feed.findall("a:entry/a:title", atom)] == ["New <b>", "Old"]
    assert feed.findall("a:entry/a:link", atom)[1].get("href") == "http://testserver/glossary/old/"
    assert feed.findall("a:entry/a:updated", atom)[0].text


def test_the_feed_of_a_site_without_a_glossary_is_empty(client):
    assert client.get("/glossary.atom").status_code == 200


def test_nothing_is_loaded_from_elsewhere_and_nothing_is_inline(glossary, client):
    html = get(client, add(glossary, "Worry", body=BODY))
    assert " style=" not in html
    loading = r'<(?:script|img|iframe|link(?! rel="canonical"))[^>]+(?:src|href)="(?:https?:)?//'
    assert not re.search(loading, html)
