"""The sample practice comes whole, twice without harm, and goes without a trace."""

import datetime as dt

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import transaction
from wagtail.models import Page, Site

from articles.models import GlossaryPage
from cms.core.models import PracticeSettings
from home.models import HomePage, Question, StandardPage
from home.pages import make_pages
from home.sample_data.load import load_sample_practice
from home.sample_data.log_ins import GROUPS, PASSWORD
from home.sample_data.remove import remove_sample_practice
from locations.models import Jurisdiction, Neighborhood, Office, ServiceArea
from scheduling.models import (
    Booking,
    CalendarFeed,
    Insurer,
    Service,
    Therapist,
    Topic,
    WorkingHours,
)
from scheduling.selectors.openings import Wanted
from scheduling.services.confirm_booking import ClientDetails, confirm_booking
from scheduling.services.hold_time import hold_time
from scheduling.services.rebuild_openings import rebuild_openings
from tests.collisions import collide
from tests.practice import NOW

pytestmark = pytest.mark.django_db

COUNTED = [
    model
    for app in ("home", "articles", "scheduling", "locations", "auth", "wagtailcore")
    for model in apps.get_app_config(app).get_models()
    if model.__name__ not in {"ReferenceIndex", "Permission"}
]


def counts():
    return {model._meta.label: model._default_manager.count() for model in COUNTED}


def marked_models():
    return [model for model in COUNTED if any(f.name == "is_sample" for f in model._meta.fields)]


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """Load the sample practice once for the tests below; each changes it for itself alone."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_sample_practice(now=NOW)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def sample(loaded, db):
    """The sample practice, as it was loaded."""


def test_every_fact_of_the_practice_is_there(sample):
    assert set(Office.objects.values_list("name", flat=True)) == {"South Loop", "Lakeview"}
    assert set(ServiceArea.objects.values_list("jurisdiction__code", flat=True)) == {"IL", "DC"}
    assert Neighborhood.objects.count() == 17
    assert Jurisdiction.objects.get(code="DC").time_zone == "America/New_York"
    assert dict(Service.objects.values_list("slug", "price")) == {
        "consultation": 45,
        "individual": 150,
        "couples": 150,
        "letters": 150,
    }
    assert not Service.objects.bookable().filter(slug="letters").exists()
    assert Therapist.objects.count() == 8
    assert PracticeSettings.load().is_sample


def test_everything_made_up_is_marked_and_looks_made_up(sample):
    for model in marked_models():
        assert not model._default_manager.filter(is_sample=False).exists(), model
    for therapist in Therapist.objects.all():
        assert therapist.name.endswith("Sample")
        assert therapist.email.endswith("@example.org")
        assert all(licence.number.startswith("SAMPLE") for licence in therapist.licences.all())
    for office in Office.objects.all():
        assert office.phone.as_e164[-7:].startswith("55501")
        assert "Sample" in office.street
    for insurer in Insurer.objects.all():
        assert insurer.name.startswith("Sample")


def test_every_sample_record_is_one_that_staff_could_save(sample):
    for model in marked_models():
        for record in model._default_manager.all():
            record.full_clean()


def test_loading_twice_changes_no_count(sample):
    before = counts()
    load_sample_practice(now=NOW + dt.timedelta(days=3))
    assert counts() == before


def test_loading_again_keeps_what_staff_changed(sample):
    Office.objects.filter(slug="lakeview").update(street="1 Real Road")
    load_sample_practice(now=NOW)
    assert Office.objects.get(slug="lakeview").street == "1 Real Road"


def test_removing_leaves_nothing_of_it(sample):
    removed = remove_sample_practice()
    assert removed.kept == []
    for model in marked_models():
        assert not model._default_manager.exists(), model
    assert not get_user_model().objects.filter(username__in=GROUPS).exists()
    assert not StandardPage.objects.exists()
    assert not GlossaryPage.objects.exists()
    practice = PracticeSettings.load()
    assert not practice.is_sample
    assert not practice.email
    assert practice.practice_name != "Roamers Therapy"


def test_the_pages_that_every_practice_needs_stay(client, sample):
    remove_sample_practice()
    for address in ("/", "/therapists/", "/locations/", "/fees/", "/faq/", "/contact/"):
        response = client.get(address)
        assert response.status_code == 200, address
        assert b"Sample" not in response.content, address


def test_what_staff_made_stays(sample):
    topic = Topic.objects.create(name="Grief", slug="grief")
    therapist = Therapist.objects.create(name="Real Person", slug="real-person")
    therapist.topics.add(topic)
    therapist.save()
    question = Question.objects.create(text="Is this real?", anchor="real", answer="<p>Yes</p>")
    page = HomePage.objects.get().add_child(instance=StandardPage(title="About us"))
    remove_sample_practice()
    assert list(Therapist.objects.all()) == [therapist]
    assert list(therapist.topics.all()) == [topic]
    assert list(Question.objects.all()) == [question]
    assert Page.objects.filter(pk=page.pk).exists()


def test_what_real_records_use_is_kept_and_named(sample):
    therapist = Therapist.objects.create(name="Real Person", slug="real-person")
    therapist.services.add(Service.objects.get(slug="individual"))
    therapist.save()
    hours = WorkingHours.objects.create(
        therapist=therapist,
        weekday=1,
        starts=dt.time(9),
        ends=dt.time(12),
        office=Office.objects.get(slug="lakeview"),
    )
    removed = remove_sample_practice()
    assert [line.split(",")[0] for line in removed.kept] == [
        "service “Individual therapy”",
        "office “Lakeview office”",
        "jurisdiction “Illinois”",
    ]
    hours.refresh_from_db()
    assert list(therapist.services.values_list("slug", flat=True)) == ["individual"]
    assert PracticeSettings.load().is_sample


def test_what_was_booked_to_try_it_out_goes_as_well(sample):
    therapist = Therapist.objects.get(slug="ada-sample")
    therapist.feeds.all().delete()
    rebuild_openings(therapist.pk, now=NOW)
    opening = therapist.openings.select_related("service", "place").first()
    wanted = Wanted(therapist, opening.service, opening.place, opening.starts_at)
    held = hold_time(wanted, now=NOW)
    visitor = ClientDetails("Casey Sample", "casey@example.org", "+13125550123", "America/Chicago")
    booking = confirm_booking(held.token, visitor, idempotency_key="1", now=NOW).booking
    feed = CalendarFeed.objects.create(therapist=therapist, name="Other", address="x")
    collide(booking, feed)
    removed = remove_sample_practice()
    assert removed.kept == []
    assert not Booking.objects.exists()
    assert any("1 booking" in line for line in removed.in_words)


def test_a_clients_booking_keeps_its_therapist(sample):
    therapist = Therapist.objects.get(slug="ada-sample")
    booking = Booking.objects.create(
        therapist=therapist,
        service=Service.objects.get(slug="individual"),
        place=Office.objects.get(slug="south-loop"),
        starts_at=NOW,
        ends_at=NOW + dt.timedelta(minutes=50),
        client_name="Someone Private",
        client_zone="America/Chicago",
        cancel_until=NOW,
        idempotency_digest="1",
    )
    removed = remove_sample_practice()
    assert Booking.objects.filter(pk=booking.pk).exists()
    assert any("Ada Sample" in line and "1 booking" in line for line in removed.kept)
    assert "Private" not in " ".join(removed.kept)


def test_a_sample_page_that_an_editor_changed_is_kept(sample):
    page = StandardPage.objects.get()
    page.title = "What to bring"
    page.save_revision().publish()
    removed = remove_sample_practice()
    assert StandardPage.objects.get().title == "What to bring"
    assert any("What to bring" in line for line in removed.kept)


def test_full_addresses_follow_the_address_of_the_site(sample, settings):
    settings.BASE_URL = "https://practice.example.org"
    make_pages()
    assert HomePage.objects.get().full_url == "https://practice.example.org/"


def test_the_site_starts_at_the_home_page(client, sample):
    assert Site.objects.get(is_default_site=True).root_page.specific == HomePage.objects.get()
    assert client.get("/").status_code == 200


def test_each_log_in_of_development_opens(client, settings, sample):
    assert settings.SAMPLE_LOG_INS
    for name, group in GROUPS.items():
        assert client.login(username=name, password=PASSWORD)
        assert get_user_model().objects.get(username=name).groups.get().name == group
