"""Staff add calendars, see how each is doing, and act on it; nobody sees an address again."""

import pytest
from django.urls import reverse
from django.utils import timezone

from home.staff_groups import EDITOR, THERAPIST
from scheduling.models import BusyTime, CalendarFeed
from scheduling.services.sync_feed import sync_feed
from tests import feed_server as fs
from tests.scheduling.viewsets.feeds import DAY, HOUR, form, serve
from tests.staff import make_staff


def page(client, feed):
    return client.get(reverse("calendarfeed:inspect", args=[feed.pk])).content.decode()


def test_a_calendar_is_tried_saved_and_visited(client, desk, practice, server):
    data = form(practice, address=server.url("/private-token.ics"))
    response = client.post(reverse("calendarfeed:add"), data, follow=True)
    feed = CalendarFeed.objects.get()
    assert "private-token" not in response.content.decode()
    assert feed.address == server.url("/private-token.ics")
    assert feed.succeeded_at is not None
    assert "Up to date" in response.content.decode()


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("not an address", "other characters that no address has"),
        ("https://127.0.0.1/private-token.ics", "not on the internet"),
        ("file:///etc/passwd", "has to begin with https"),
        ("{server}/missing.ics", "no calendar at this address"),
        ("{server}/page.ics", "Nothing was saved"),
    ],
)
def test_an_address_that_is_no_calendar_is_refused_with_the_reason(
    client, desk, practice, server, address, words
):
    server.answers["/page.ics"] = fs.body(b"<html></html>")
    typed = address.format(server=f"http://{server.host}")
    response = client.post(reverse("calendarfeed:add"), form(practice, address=typed))
    assert response.status_code == 200
    text = response.content.decode()
    assert words in text
    assert f'value="{typed}"' in text, "what was typed is still there to be corrected"
    assert not CalendarFeed.objects.exists()


def test_the_address_is_never_shown_again_and_kept_when_left_empty(
    client, desk, practice, feed, server
):
    url = reverse("calendarfeed:edit", args=[feed.pk])
    assert "private-token" not in client.get(url).content.decode()
    sync_feed(feed.pk, now=timezone.now())
    client.post(url, form(practice, name="Practice system", address=""))
    feed.refresh_from_db()
    assert (feed.name, feed.address) == ("Practice system", server.url("/private-token.ics"))
    assert feed.succeeded_at is not None
    for address in ("calendarfeed:index", "calendarfeed:inspect", "calendarfeed:history"):
        arguments = [] if address.endswith("index") else [feed.pk]
        assert "private-token" not in client.get(reverse(address, args=arguments)).content.decode()


def test_another_address_is_another_calendar_which_is_not_doubted_for_being_smaller(
    client, desk, practice, feed, server
):
    sync_feed(feed.pk, now=timezone.now())
    start = timezone.now().replace(microsecond=0) + DAY
    server.answers["/other.ics"] = fs.calendar(fs.events((start, start + HOUR)))
    url = reverse("calendarfeed:edit", args=[feed.pk])
    client.post(url, form(practice, address=server.url("/other.ics")))
    feed.refresh_from_db()
    assert feed.error_code == ""
    assert BusyTime.objects.get(feed=feed).starts_at == start


def test_the_page_says_how_the_calendar_is_doing(client, desk, feed, server):
    assert "Not read yet" in page(client, feed)
    response = client.post(reverse("calendarfeed:sync", args=[feed.pk]), follow=True)
    assert "its times are taken over" in response.content.decode()
    text = page(client, feed)
    assert "Up to date" in text
    assert "Clients can book this therapist at once." in text
    server.answers.clear()
    response = client.post(reverse("calendarfeed:sync", args=[feed.pk]), follow=True)
    text = response.content.decode()
    assert "could not be read" in text
    assert "no calendar at this address" in text
    assert server.host not in text


def test_a_real_change_is_accepted_with_one_click(client, desk, feed, server):
    sync_feed(feed.pk, now=timezone.now())
    accept = reverse("calendarfeed:accept", args=[feed.pk])
    assert accept not in page(client, feed)
    serve(server, 1)
    sync_feed(feed.pk, now=timezone.now())
    text = page(client, feed)
    assert "To be checked" in text
    assert accept in text
    client.post(accept)
    assert BusyTime.objects.filter(feed=feed).count() == 1
    assert "Up to date" in page(client, feed)


def test_a_worker_that_does_not_run_is_noticed(client, desk, feed, server):
    sync_feed(feed.pk, now=timezone.now() - 24 * HOUR)
    text = page(client, feed)
    assert "Not visited" in text
    assert "worker may not be running" in text
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "worker may not be running" in home
    sync_feed(feed.pk, now=timezone.now())
    assert "Up to date" in page(client, feed)
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "worker may not be running" not in home


def test_a_therapist_who_left_the_site_is_no_trouble(client, desk, feed, server, practice):
    sync_feed(feed.pk, now=timezone.now() - 24 * HOUR)
    practice.therapist.is_active = False
    practice.therapist.save()
    assert "the calendar is not read" in page(client, feed)
    assert "worker may not be" not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_looking_changes_nothing(client, desk, feed, server):
    for name in ("sync", "accept"):
        response = client.get(reverse(f"calendarfeed:{name}", args=[feed.pk]))
        assert response.status_code == 405
    assert not server.requests


def test_therapists_see_their_own_calendars_and_editors_none(client, practice, feed):
    user = make_staff(THERAPIST)
    client.force_login(user)
    assert client.get(reverse("calendarfeed:inspect", args=[feed.pk])).status_code == 404
    practice.therapist.user = user
    practice.therapist.save()
    text = page(client, feed)
    assert "Not read yet" in text
    sync = reverse("calendarfeed:sync", args=[feed.pk])
    assert sync not in text
    assert client.post(sync).status_code in (302, 403)
    assert "Google" in client.get(reverse("calendarfeed:index")).content.decode()
    client.force_login(make_staff(EDITOR))
    assert client.get(reverse("calendarfeed:index")).status_code in (302, 403)
