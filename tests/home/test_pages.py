"""The pages around the records: what they say, and what they say when there is nothing to say."""

import pytest
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect

from cms.core.models import PracticeSettings
from home.models import FeesPage, HomePage, Question, StandardPage
from home.pages import make_pages
from scheduling.models import Opening, Service, StartingStep, Topic
from scheduling.services.rebuild_openings import rebuild_openings
from tests.practice import make_practice

pytestmark = pytest.mark.django_db

ADDRESSES = ["/", "/therapists/", "/locations/", "/fees/", "/faq/", "/glossary/", "/contact/"]


@pytest.fixture
def pages(db):
    return make_pages()


@pytest.fixture
def practice(pages):
    practice = make_practice()
    rebuild_openings(practice.therapist.pk, now=timezone.now())
    return practice


def text_of(response):
    return " ".join(response.content.decode().split())


def test_making_the_pages_again_makes_none(pages):
    assert [page.slug for page in pages] == [
        "home",
        "therapists",
        "locations",
        "fees",
        "faq",
        "glossary",
        "contact",
    ]
    assert make_pages() == []


def test_a_page_that_an_editor_put_at_the_address_is_left_alone(pages):
    FeesPage.objects.get().delete()
    HomePage.objects.get().add_child(instance=StandardPage(title="Our fees", slug="fees"))
    assert make_pages() == []


@pytest.mark.parametrize("address", ADDRESSES)
def test_without_any_record_a_page_says_what_to_do(client, pages, address):
    response = client.get(address)
    assert response.status_code == 200
    assert "/contact/" in text_of(response)
    assert "988" in text_of(response)


def test_the_home_page_answers_who_where_how_and_when(client, practice):
    PracticeSettings.objects.update_or_create(pk=1, defaults={"practice_name": "Harbor Talks"})
    text = text_of(client.get("/"))
    assert "Harbor Talks" in text
    assert "We see clients in person at our South Loop office" in text
    assert 'href="/book/"' in text
    assert 'href="/fees/#insurance"' in text
    first = Opening.objects.filter(therapist=practice.therapist).earliest("starts_at")
    assert f'datetime="{first.starts_at:%Y-%m-%dT%H:%M:%SZ}"' in text
    assert "therapist=ada-sample" in text


def test_the_home_page_names_only_topics_that_somebody_works_with(client, practice):
    practice.therapist.topics.add(Topic.objects.create(name="Grief", slug="grief"))
    practice.therapist.save()
    Topic.objects.create(name="Sleep", slug="sleep")
    text = text_of(client.get("/"))
    assert '/therapists/?topic=grief">Grief' in text
    assert "Sleep" not in text


def test_fees_are_those_of_the_records(client, practice):
    Service.objects.create(
        name="Letters",
        slug="letters",
        minutes=60,
        price="80.50",
        price_unit="an hour",
        bookable_by=Service.Audience.STAFF,
    )
    text = text_of(client.get("/fees/"))
    assert "<strong>$150</strong> a session" in text
    assert "<strong>$80.50</strong> an hour" in text
    assert "/book/?service=individual" in text
    assert "service=letters" not in text


def test_steps_of_how_to_start_stand_wherever_people_decide(client, pages):
    StartingStep.objects.create(way="insurance", title="Tell us your plan")
    for address in ("/", "/fees/", "/contact/"):
        assert "Tell us your plan" in text_of(client.get(address)), address


def test_a_question_can_be_linked_to(client, pages):
    Question.objects.create(text="Is there tea?", anchor="tea", answer="<p>Yes.</p>")
    text = text_of(client.get("/faq/"))
    assert '<section id="tea">' in text
    assert 'href="#tea"' in text
    assert '"/faq/#tea"' in text_of(client.get("/"))


def test_contact_puts_help_in_a_crisis_before_everything_else(client, practice):
    PracticeSettings.objects.update_or_create(
        pk=1, defaults={"phone": "+13125550100", "email": "hello@example.org"}
    )
    text = text_of(client.get("/contact/"))
    main = text[text.index("<main") :]
    assert main.index("tel:988") < main.index("tel:+1-312-555-0100") < main.index("South Loop")
    assert "mailto:hello@example.org" in main


def test_words_for_people_are_settings(client, practice):
    PracticeSettings.objects.update_or_create(
        pk=1, defaults={"clients_word": "guests", "therapists_word": "counselors"}
    )
    text = text_of(client.get("/"))
    assert "We see guests in person" in text
    assert "Meet the counselors" in text


def test_the_menu_marks_the_page_and_what_stands_above_it(client, practice):
    assert 'href="/fees/" aria-current="page"' in text_of(client.get("/fees/"))
    profile = client.get("/therapists/ada-sample/")
    assert 'href="/therapists/" aria-current="true"' in text_of(profile)


def test_the_footer_names_the_offices(client, practice):
    text = text_of(client.get("/faq/"))
    footer = text[text.index('<footer class="site-footer"') :]
    assert 'href="/locations/south-loop/"' in footer


class TestOldAddresses:
    def test_a_number_leads_where_editors_said(self, client, pages):
        Redirect.objects.create(
            old_path="/?p=417", redirect_page=FeesPage.objects.get(), is_permanent=True
        )
        response = client.get("/?p=417")
        assert (response.status_code, response.url) == (301, "/fees/")

    @pytest.mark.parametrize("number", ["9", "", "x", "1&p=2", "%00"])
    def test_an_unknown_number_leads_to_the_first_page(self, client, pages, number):
        response = client.get(f"/?p={number}")
        assert (response.status_code, response.url) == (302, "/")

    @pytest.mark.parametrize(
        "address", ["/frequently-asked-questions/", "/frequently-asked-questions"]
    )
    def test_long_slugs_lead_to_their_page(self, client, pages, address):
        response = client.get(address)
        assert (response.status_code, response.url) == (301, "/faq/")

    def test_a_missing_slash_is_added(self, client, pages):
        response = client.get("/fees")
        assert response.status_code in {301, 302}
        assert response.url == "/fees/"


class TestRobotsAndSitemap:
    def test_the_sitemap_lists_pages_and_records_but_no_closed_office(self, client, practice):
        practice.office.closed_on = timezone.localdate()
        practice.office.save()
        response = client.get("/sitemap.xml")
        text = text_of(response)
        assert "/fees/</loc>" in text
        assert "/therapists/ada-sample/</loc>" in text
        assert "/locations/south-loop/" not in text

    def test_the_icon_is_found_at_its_customary_address(self, client):
        response = client.get("/favicon.ico")
        assert response.status_code == 302
        assert response.headers["Location"].endswith("icon.svg")

    def test_robots_name_the_sitemap_and_stay_out_of_the_admin(self, client, pages, settings):
        response = client.get("/robots.txt")
        assert response["Content-Type"].startswith("text/plain")
        lines = response.content.decode().splitlines()
        assert "Disallow: /admin/" in lines
        assert f"Sitemap: {settings.BASE_URL}/sitemap.xml" in lines
        assert "Disallow: /" not in lines

    def test_a_sample_practice_is_not_for_search_engines(self, client, pages):
        PracticeSettings.objects.update_or_create(pk=1, defaults={"is_sample": True})
        assert "Disallow: /" in client.get("/robots.txt").content.decode().splitlines()
