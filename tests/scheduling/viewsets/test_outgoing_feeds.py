"""Who makes, sees, renews and revokes the address of a therapist's session calendar."""

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from home.staff_groups import DESK, EDITOR, THERAPIST
from scheduling.models import OutgoingFeed
from scheduling.selectors.outgoing_feeds import address_of
from scheduling.services.renew_outgoing_feed import renew_outgoing_feed
from tests.practice import NOW, add_therapist
from tests.staff import make_staff

LIST, ADD = reverse("outgoingfeed:index"), reverse("outgoingfeed:add")


@pytest.fixture
def feed(practice):
    feed = OutgoingFeed(therapist=practice.therapist)
    renew_outgoing_feed(feed, now=NOW)
    return feed


@pytest.fixture
def other(practice):
    illinois = practice.office.jurisdiction
    return add_therapist(
        practice.service, practice.office, illinois, slug="ben-sample", name="Ben Sample"
    )


def screen(name, feed):
    return reverse(f"outgoingfeed:{name}", args=[feed.pk])


def log_in(client, role, therapist=None):
    user = make_staff(role)
    if therapist:
        therapist.user = user
        therapist.save()
    client.force_login(user)
    return user


def test_a_therapist_makes_their_own_and_copies_the_address_again(client, practice, other):
    log_in(client, THERAPIST, practice.therapist)
    form = client.get(ADD).content.decode()
    assert "Ada Sample" in form
    assert "Ben Sample" not in form
    made = client.post(ADD, {"therapist": practice.therapist.pk}, follow=True)
    feed = OutgoingFeed.objects.get()
    assert not feed.shows_details
    for response in (made, client.get(screen("inspect", feed))):
        assert address_of(feed) in response.content.decode()
        assert "no-store" in response["Cache-Control"]
    assert client.get(address_of(feed)).status_code == 200


def test_a_therapist_makes_none_for_another(client, practice, other):
    log_in(client, THERAPIST, practice.therapist)
    assert client.post(ADD, {"therapist": other.pk}).status_code == 200
    assert not OutgoingFeed.objects.exists()


def test_there_is_one_for_each_therapist(client, practice, feed, other):
    log_in(client, DESK)
    form = client.get(ADD).content.decode().partition("<main")[2]
    assert "Ben Sample" in form
    assert "Ada Sample" not in form
    assert client.post(ADD, {"therapist": practice.therapist.pk}).status_code == 200
    assert OutgoingFeed.objects.count() == 1


@pytest.mark.parametrize("role", [THERAPIST, DESK])
def test_a_new_address_ends_the_one_before(client, practice, feed, role):
    user = log_in(client, role, practice.therapist if role == THERAPIST else None)
    before = address_of(feed)
    response = client.post(screen("renew", feed), follow=True)
    after = address_of(OutgoingFeed.objects.get())
    assert after != before
    assert after in response.content.decode()
    assert client.get(before).status_code == 404
    assert client.get(after).status_code == 200
    entry = ModelLogEntry.objects.latest("pk")
    assert (entry.user, entry.label) == (user, "Session calendar of Ada Sample: new address")


@pytest.mark.parametrize("role", [THERAPIST, DESK])
def test_a_revoked_address_leads_nowhere(client, practice, feed, role):
    log_in(client, role, practice.therapist if role == THERAPIST else None)
    assert "find nothing there from now on" in client.get(screen("delete", feed)).content.decode()
    assert client.get(address_of(feed)).status_code == 200
    text = client.post(screen("delete", feed), follow=True).content.decode()
    assert "The address is revoked" in text
    assert client.get(address_of(feed)).status_code == 404


def test_how_much_it_says_is_changed_under_the_same_address(client, practice, feed):
    log_in(client, THERAPIST, practice.therapist)
    before = address_of(feed)
    client.post(screen("edit", feed), {"shows_details": "on"})
    feed = OutgoingFeed.objects.get()
    assert feed.shows_details
    assert address_of(feed) == before


def test_another_therapists_is_not_there(client, feed, other):
    log_in(client, THERAPIST, other)
    assert "Ada Sample" not in client.get(LIST).content.decode().partition("<main")[2]
    for name in ("inspect", "edit", "delete"):
        assert client.get(screen(name, feed)).status_code == 404
        assert client.post(screen(name, feed), {}).status_code in (404, 405)
    assert client.post(screen("renew", feed)).status_code == 404
    assert OutgoingFeed.objects.get().token == feed.token


def test_who_may_only_look_does_not_see_the_address(client, feed):
    group = log_in(client, DESK).groups.get()
    group.permissions.remove(group.permissions.get(codename="change_outgoingfeed"))
    text = client.get(screen("inspect", feed)).content.decode()
    assert "Session calendar of Ada Sample" in text
    assert feed.token not in text
    client.post(screen("renew", feed))
    assert OutgoingFeed.objects.get().token == feed.token


def test_the_list_and_the_history_hold_no_address(client, practice, feed):
    log_in(client, DESK)
    client.post(screen("renew", feed))
    feed = OutgoingFeed.objects.get()
    for address in (LIST, f"{LIST}?export=csv", reverse("wagtailadmin_home")):
        response = client.get(address)
        text = response.getvalue() if response.streaming else response.content
        assert feed.token.encode() not in text
    assert feed.token not in str(list(ModelLogEntry.objects.values()))


def test_editors_have_nothing_to_do_with_it(client, feed):
    log_in(client, EDITOR)
    assert client.get(LIST).status_code == 302
    assert client.get(screen("inspect", feed)).status_code in (302, 404)
