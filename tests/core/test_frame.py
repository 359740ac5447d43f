"""What stands around every page, and pages that answer for the site itself."""

import pytest
from django.test import RequestFactory
from django.views.defaults import permission_denied, server_error
from wagtail.models import Site

from cms.core.middleware import CanonicalHostMiddleware
from home.pages import make_pages

pytestmark = pytest.mark.django_db


def test_an_unknown_address_is_answered_in_words(client):
    make_pages()
    response = client.get("/no-such-page/")
    assert response.status_code == 404
    assert b"There is no page at this address" in response.content


def test_an_unknown_address_is_answered_without_any_site(client):
    Site.objects.all().delete()
    response = client.get("/no-such-page/")
    assert response.status_code == 404
    assert b"Book a time" in response.content


def test_the_page_of_last_resort_needs_neither_database_nor_request(django_assert_num_queries):
    with django_assert_num_queries(0):
        page = server_error(RequestFactory().get("/"))
    assert page.status_code == 500
    assert b"988" in page.content


def test_a_refusal_is_in_words(client):
    page = permission_denied(RequestFactory().get("/"), Exception())
    assert page.status_code == 403
    assert b"not for your log-in" in page.content


@pytest.mark.parametrize("address", ["/%00", "/%00/", "/x%00y/?p=%00", "/?topic=%00"])
def test_broken_addresses_are_no_fault_of_ours(client, address):
    make_pages()
    assert client.get(address).status_code in {200, 404}


@pytest.mark.parametrize(
    ("base", "asked", "answer"),
    [
        ("https://harbor.test", "www.harbor.test", "https://harbor.test/fees/?a=1"),
        ("https://www.harbor.test", "harbor.test", "https://www.harbor.test/fees/?a=1"),
        ("https://harbor.test", "harbor.test", None),
        ("https://harbor.test", "other.test", None),
    ],
)
def test_one_of_the_two_names_is_led_to_the_other(settings, base, asked, answer):
    settings.BASE_URL = base
    settings.ALLOWED_HOSTS = ["*"]
    passed_on = []
    middleware = CanonicalHostMiddleware(passed_on.append)
    response = middleware(RequestFactory().post("/fees/?a=1", headers={"host": asked}))
    if answer is None:
        assert len(passed_on) == 1
    else:
        assert (response.status_code, response["Location"]) == (308, answer)
        assert passed_on == []
