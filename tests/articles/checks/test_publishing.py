"""Between "Publish" and the public: what is left to do in an entry."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from articles.models import GlossaryPage, PublishingSettings
from home.staff_groups import DESK, EDITOR, OWNER
from tests.articles.glossary import make_glossary
from tests.staff import make_staff

pytestmark = pytest.mark.django_db
SETTINGS = ["articles", "publishingsettings"]
SETTLED = {"introduction": "What worry is.", "text": "It looks ahead."}


@pytest.fixture
def entry():
    page = GlossaryPage(title="Worry", slug="worry", live=False)
    return make_glossary().add_child(instance=page)


@pytest.fixture
def editor(client):
    client.force_login(make_staff(EDITOR))
    return client


def publish(client, entry, *, introduction="", text="", takeaways=True, notice=False):
    """Press "Publish" in the editor; return the answer."""
    blocks = [("paragraph", rich_text(f"<p>{text}</p>"))]
    if notice:
        blocks.append(("crisis_notice", ""))
    if takeaways:
        points = {"points-count": "1", "points-0-deleted": "", "points-0-order": "0"}
        points |= {"points-0-value": rich_text("<p>It passes.</p>"), "heading": "Takeaways"}
        blocks.append(("takeaways", points))
    data = nested_form_data(
        {
            "title": entry.title,
            "slug": entry.slug,
            "introduction": introduction,
            "body": streamfield(blocks),
            "is_linked_from_text": "on",
            "links_terms": "on",
            "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0},
            "action-publish": "1",
        }
    )
    response = client.post(reverse("wagtailadmin_pages:edit", args=[entry.pk]), data)
    assert response.status_code == 302, response.context["form"].errors
    return client.get(response.url).content.decode()


def is_live(entry):
    return GlossaryPage.objects.get(pk=entry.pk).live


def test_an_entry_in_order_is_published_at_once(editor, entry):
    publish(editor, entry, **SETTLED)
    assert is_live(entry)


def test_what_must_be_settled_stops_it_and_keeps_the_draft(editor, entry):
    html = publish(editor, entry, text="About suicide.")
    assert "The definition in one sentence is missing" in html
    assert "self-harm or suicide without a crisis notice" in html
    assert "Publish all the same" not in html
    entry.refresh_from_db()
    assert "About suicide" in str(entry.get_latest_revision_as_object().body)
    editor.post(reverse("before_publishing", args=[entry.pk]))
    assert not is_live(entry)
    publish(editor, entry, introduction="What it is.", text="About suicide.", notice=True)
    assert is_live(entry)


def test_what_is_only_pointed_out_leaves_the_choice(editor, entry):
    html = publish(editor, entry, **SETTLED, takeaways=False)
    assert "There are no takeaways" in html
    assert not is_live(entry)
    editor.post(reverse("before_publishing", args=[entry.pk]))
    assert is_live(entry)
    assert editor.get("/glossary/worry/").status_code == 200


def test_several_pages_are_published_only_when_none_is_unsettled(editor, entry):
    entry.save_revision()
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    response = editor.post(f"{address}?id={entry.pk}", follow=True)
    assert "Something must be settled first in “Worry”" in response.content.decode()
    assert not is_live(entry)


def test_the_practice_decides_what_stops_and_what_is_not_looked_at(client, entry):
    client.force_login(make_staff(OWNER))
    address = reverse("wagtailsettings:edit", args=SETTINGS)
    form = client.get(address, follow=True).context["form"]
    levels = form.initial | {
        "check_definition_missing": "off",
        "check_takeaways_missing": "stop",
    }
    address = reverse("wagtailsettings:edit", args=[*SETTINGS, PublishingSettings.load().pk])
    response = client.post(address, levels)
    assert response.status_code == 302
    assert PublishingSettings.load().levels == {
        "definition_missing": "off",
        "takeaways_missing": "stop",
    }
    html = publish(client, entry, text="About worry.", takeaways=False)
    assert "definition" not in html.split("To be settled first")[1]


def test_only_who_may_publish_sees_the_list(client, entry):
    client.force_login(make_staff(DESK))
    assert client.get(reverse("before_publishing", args=[entry.pk])).status_code in (302, 403)


def test_the_preview_lists_the_findings_and_the_page_does_not(editor, entry):
    html = entry.make_preview_request().content.decode()
    assert 'data-finding="definition_missing"' in html
    entry.save_revision().publish()
    assert "data-finding" not in Client().get("/glossary/worry/").content.decode()
