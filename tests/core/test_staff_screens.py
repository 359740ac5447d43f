"""Every listing and form of the admin opens for the owner, and each group sees only its own."""

import pytest
from django.urls import reverse

from home.staff_groups import DESK, EDITOR, OWNER, THERAPIST
from tests.practice import make_practice
from tests.staff import ROLES, make_staff

pytestmark = pytest.mark.django_db
RECORDS = (
    "office",
    "servicearea",
    "jurisdiction",
    "neighborhood",
    "therapist",
    "topic",
    "approach",
    "service",
    "startingstep",
    "traveltime",
    "policy",
    "question",
)

# Address by address: the groups that may open it. Whoever is not named is refused.
ALLOWED = {
    "wagtailadmin_home": ROLES,
    "wagtailadmin_explore_root": (EDITOR, OWNER),
    "wagtailimages:index": (EDITOR, OWNER),
    "wagtaildocs:index": (EDITOR, OWNER),
    "wagtailredirects:index": (EDITOR, OWNER),
    "wagtailusers_users:index": (OWNER,),
    "wagtailusers_groups:index": (OWNER,),
    "wagtailsites:index": (OWNER,),
    "accessrecord:index": (OWNER,),
    "booking:index": (THERAPIST, DESK, OWNER),
    "calendarfeed:index": (THERAPIST, DESK, OWNER),
    "calendarfeed:add": (DESK, OWNER),
    "office:index": ROLES,
    "office:add": (DESK, OWNER),
    "servicearea:add": (DESK, OWNER),
    "therapist:index": ROLES,
    "therapist:add": (DESK, OWNER),
    "question:add": (EDITOR, DESK, OWNER),
    "topic:index": (EDITOR, DESK, OWNER),
    "service:index": ROLES,
    "service:add": (OWNER,),
    "policy:index": ROLES,
    "policy:add": (OWNER,),
    "traveltime:add": (DESK, OWNER),
}


@pytest.mark.parametrize("role", ROLES)
def test_each_group_opens_what_it_may_and_nothing_else(client, role):
    client.force_login(make_staff(role))
    opened = {name for name in ALLOWED if client.get(reverse(name)).status_code == 200}
    assert opened == {name for name, roles in ALLOWED.items() if role in roles}


def test_every_listing_and_form_opens_for_the_owner(client):
    practice = make_practice()
    client.force_login(make_staff(OWNER))
    for name in RECORDS:
        for view in ("index", "add"):
            assert client.get(reverse(f"{name}:{view}")).status_code == 200, (name, view)
    records = (practice.therapist, practice.service, practice.office, practice.online)
    for record in (*records, practice.office.jurisdiction):
        for view in ("edit", "inspect", "delete", "history", "usage"):
            address = reverse(f"{record._meta.model_name}:{view}", args=[record.pk])
            assert client.get(address).status_code == 200, address


@pytest.mark.parametrize("name", RECORDS)
def test_a_listing_searches_and_sorts(client, name):
    make_practice()
    client.force_login(make_staff(OWNER))
    response = client.get(reverse(f"{name}:index"), {"q": "sample", "ordering": "-name"})
    assert response.status_code == 200


def test_nobody_enters_without_a_group(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("nobody"))
    assert client.get(reverse("wagtailadmin_home")).status_code == 403


def test_a_record_is_shown_in_words(client):
    practice = make_practice()
    client.force_login(make_staff(THERAPIST))
    address = reverse("therapist:inspect", args=[practice.therapist.pk])
    text = client.get(address).content.decode()
    assert "Licenses" in text
    assert "Tuesday 09:00 to 12:00" in text
    assert "Yes" in text
    assert "True" not in text.partition("<main")[2]


def test_an_export_holds_no_formula(client):
    practice = make_practice()
    practice.office.name = "=HYPERLINK(1)"
    practice.office.save()
    client.force_login(make_staff(OWNER))
    response = client.get(reverse("office:index"), {"export": "csv"})
    assert "'=HYPERLINK(1)" in b"".join(response.streaming_content).decode()
