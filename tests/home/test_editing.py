"""Editors open and preview every page, and pages go only where they belong."""

import pytest
from django.urls import reverse

from home.models import FAQPage, HomePage, StandardPage
from home.pages import make_pages
from home.staff_groups import EDITOR
from tests.staff import make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages(client):
    client.force_login(make_staff(EDITOR))
    return make_pages()


def test_an_editor_opens_and_previews_every_page(client, pages):
    for page in pages:
        address = reverse("wagtailadmin_pages:edit", args=[page.pk])
        assert client.get(address).status_code == 200, page
        preview = page.specific.make_preview_request()
        assert preview.status_code == 200, page


def test_there_is_one_page_of_each_kind_but_the_standard_one(pages):
    home = HomePage.objects.get()
    assert StandardPage.can_create_at(home)
    assert not FAQPage.can_create_at(home)
    assert not HomePage.can_create_at(home.get_parent())


def test_a_standard_page_that_an_editor_writes_is_public(client, pages):
    home = HomePage.objects.get()
    address = reverse("wagtailadmin_pages:add", args=["home", "standardpage", home.pk])
    response = client.post(
        address,
        {
            "title": "About us",
            "slug": "about-us",
            "introduction": "Who we are.",
            "body-count": "1",
            "body-0-deleted": "",
            "body-0-order": "0",
            "body-0-type": "heading",
            "body-0-id": "",
            "body-0-value-text": "Our story",
            "body-0-value-level": "2",
            "comments-TOTAL_FORMS": "0",
            "comments-INITIAL_FORMS": "0",
            "action-publish": "1",
        },
    )
    assert response.status_code == 302, response.context["form"].errors
    text = client.get("/about-us/").content.decode()
    assert "Our story</h2>" in text
    assert '<meta name="description" content="Who we are.">' in text
