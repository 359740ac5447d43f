"""Staff see the week that clients will find: before a calendar is saved, and after."""

import pytest
from django.urls import reverse
from django.utils import timezone

from home.staff_groups import THERAPIST
from locations.models import ServiceArea
from scheduling.domain import short_day_words
from scheduling.models import CalendarFeed, OpenTime, WorkingHours
from scheduling.services.rebuild_openings import rebuild_openings
from scheduling.services.sync_feed import sync_feed
from tests import feed_server as fs
from tests.practice import at
from tests.scheduling.viewsets.feeds import DAY, HOUR, PATH, form
from tests.staff import make_staff

pytestmark = pytest.mark.usefixtures("desk")


@pytest.fixture
def day(practice):
    """The local day after tomorrow, on which the therapist works from 9 to 12."""
    day = timezone.now().astimezone(practice.therapist.zone).date() + 2 * DAY
    WorkingHours.objects.update(weekday=day.weekday())
    rebuild_openings(practice.therapist.pk, now=timezone.now())
    return day


@pytest.fixture
def calendar(server, day):
    """A calendar with an hour taken that day, and the whole next day."""
    midnight = at(0, day=day + DAY)
    spans = (at(9, day=day), at(10, day=day)), (midnight, midnight + DAY)
    server.answers[PATH] = fs.calendar(fs.events(*spans))
    return server.url(PATH)


def add(client, data, **more):
    return client.post(reverse("calendarfeed:add"), data | more)


def rows(picture):
    """Return what a picture says, by day."""
    return dict(picture.get_context_data()["rows"])


def trial(response):
    return rows(response.context["trial"]["week"])


def saved(client, feed):
    response = client.get(reverse("calendarfeed:inspect", args=[feed.pk]))
    return rows(response.context["week"])


TAKEN = "Taken by this calendar: 9:00 AM to 10:00 AM"
FREE = "Clients find free: 10:00 AM to 11:50 AM"


def test_the_week_is_shown_and_nothing_stored(client, practice, calendar, day):
    response = add(client, form(practice, address=calendar), look="1")
    said = trial(response)
    assert said[short_day_words(day)] == [TAKEN, FREE]
    assert said[short_day_words(day + DAY)][0].startswith("Taken by this calendar: all day")
    assert said[short_day_words(day + DAY)][1] == "Clients find nothing free"
    assert not CalendarFeed.objects.exists()
    text = response.content.decode()
    assert "nothing is saved yet" in text
    assert f'value="{calendar}"' in text, "what was typed is still there to be saved"
    assert text.count(calendar) == 1
    assert "no-store" in response.headers["Cache-Control"]


def test_what_is_shown_is_what_clients_find_once_it_is_saved(client, practice, calendar, feed):
    sync_feed(feed.pk, now=timezone.now())
    data = form(practice, address=calendar, name="Outlook")
    shown = trial(add(client, data, look="1"))
    add(client, data)
    assert saved(client, CalendarFeed.objects.get(name="Outlook")) == shown
    assert any("Clients find free" in line for said in shown.values() for line in said)


def test_a_stored_calendar_is_looked_at_without_its_address(client, practice, calendar, feed, day):
    """The feed as it is stored does not count beside itself as it would be."""
    server_before = CalendarFeed.objects.values().get()
    url = reverse("calendarfeed:edit", args=[feed.pk])
    response = client.post(url, form(practice, address="", look="1"))
    assert trial(response)[short_day_words(day)] == [TAKEN, FREE]
    assert PATH not in response.content.decode()
    assert CalendarFeed.objects.values().get() == server_before
    switched_off = form(practice, address="", look="1", is_active="")
    assert trial(client.post(url, switched_off))[short_day_words(day)] == [
        TAKEN,
        "Clients find free: 9:00 AM to 11:50 AM",
    ]


def test_whole_days_marked_as_free_are_listed_and_taken_where_that_is_switched_on(
    client, practice, server, day
):
    body = fs.events((at(9, day=day), at(10, day=day)))
    start = f"DTSTART:{at(9, day=day):%Y%m%dT%H%M%SZ}".encode()
    end = f"DTEND:{at(10, day=day):%Y%m%dT%H%M%SZ}".encode()
    vacation = f"DTSTART;VALUE=DATE:{day:%Y%m%d}\r\nTRANSP:TRANSPARENT".encode()
    until = f"DTEND;VALUE=DATE:{day + 3 * DAY:%Y%m%d}".encode()
    server.answers[PATH] = fs.calendar(body.replace(start, vacation).replace(end, until))
    data = form(practice, address=server.url(PATH), look="1")
    response = add(client, data)
    assert response.context["trial"]["free_days"] == [
        f"{short_day_words(day)} to {short_day_words(day + 2 * DAY)}"
    ]
    assert "so all of that time would be offered" in response.content.decode()
    assert trial(response)[short_day_words(day)] == ["Clients find free: 9:00 AM to 11:50 AM"]
    response = add(client, data, free_days_are_busy="on")
    assert "They are kept closed." in response.content.decode()
    assert trial(response)[short_day_words(day)] == [
        "Taken by this calendar: all day",
        "Clients find nothing free",
    ]


def test_an_open_calendar_is_shown_where_its_places_are(client, practice, server, day):
    evening = fs.events((at(18, day=day), at(19, day=day)))
    server.answers[PATH] = fs.calendar(
        evening.replace(b"SUMMARY", b"LOCATION:South Loop office\r\nSUMMARY")
    )
    data = form(practice, address=server.url(PATH), role="open")
    shown = trial(add(client, data, look="1"))
    assert shown[short_day_words(day)] == [
        "Opened by this calendar: 6:00 PM to 7:00 PM",
        "Clients find free: 9:00 AM to 11:50 AM, 6:00 PM to 6:50 PM",
    ]
    ServiceArea.objects.all().delete()  # so that it is the office and nothing else
    assert trial(add(client, data, look="1")) == shown
    add(client, data)
    assert OpenTime.objects.get().office == practice.office


def test_an_address_that_can_not_be_read_shows_no_week(client, practice, server):
    response = add(client, form(practice, address=server.url("/missing.ics"), look="1"))
    assert "trial" not in response.context
    assert "no calendar at this address" in response.content.decode()


def test_the_picture_is_drawn_on_the_clock_of_the_therapist(client, practice, calendar, feed, day):
    sync_feed(feed.pk, now=timezone.now())
    response = client.get(reverse("calendarfeed:inspect", args=[feed.pk]))
    drawn = response.context["week"].get_context_data()
    taken, free = (
        next(mark for mark in drawn["marks"] if kind in mark["classes"])
        for kind in ("--taken", "--free")
    )
    assert (free["y"] - taken["y"], taken["height"]) == (40, 40)
    assert taken["x"] == free["x"]
    assert f"<title>{taken['words']}</title>" in response.content.decode()


def test_the_page_says_how_old_how_much_how_far_and_what_changed(client, practice, calendar, feed):
    text = client.get(reverse("calendarfeed:inspect", args=[feed.pk])).content.decode()
    assert "nothing is known yet" in text
    assert "0 visits." in text
    sync_feed(feed.pk, now=timezone.now() - 4 * HOUR)
    sync_feed(feed.pk, now=timezone.now() - HOUR)
    CalendarFeed.objects.update(next_check_at=timezone.now())
    feed.refresh_from_db()
    response = client.get(reverse("calendarfeed:inspect", args=[feed.pk]))
    text = response.content.decode()
    assert "1\xa0hour ago, a little old: it is read again while a client books" in text
    assert "2 came, 0 went" in text
    assert f"{feed.covered_until.astimezone(practice.therapist.zone):%B} " in text
    assert "2 visits: 2 went well." in text


def test_how_visits_went_is_drawn_and_said(client, practice, feed):
    today = timezone.now().astimezone(practice.therapist.zone).date()
    yesterday = today - DAY
    CalendarFeed.objects.update(
        visits={yesterday.isoformat(): [140, 1, 3], today.isoformat(): [0, 0, 2]}
    )
    response = client.get(reverse("calendarfeed:inspect", args=[feed.pk]))
    drawn = response.context["visits"].get_context_data()
    text = response.content.decode()
    assert "146 visits: 140 went well, 1 to be checked, 5 failed." in text
    said = f"{short_day_words(yesterday)}: 140 went well, 1 to be checked, 3 failed"
    assert f"<li>{said}</li>" in text
    heights = [bar["height"] for bar in drawn["bars"] if bar["words"] == said]
    assert sum(heights) == 80
    assert min(heights) >= 6, "what is rare is seen"
    assert drawn["bars"][-1]["height"] == 80


def test_the_owner_of_a_calendar_is_an_address_or_several(client, practice, calendar):
    data = form(practice, address=calendar)
    response = add(client, data, owner_address="ada@example.org, nobody")
    assert "Enter a valid email address." in response.content.decode()
    add(client, data, owner_address="ada@example.org, work@example.org")
    assert CalendarFeed.objects.get().owner_address == "ada@example.org, work@example.org"


def test_whole_days_marked_as_free_are_taken_and_left_open_with_one_click(
    client, practice, server, feed, day
):
    start, end = (f"{at(hour, day=day):%Y%m%dT%H%M%SZ}" for hour in (9, 10))
    other = (at(9, day=day + 3 * DAY), at(10, day=day + 3 * DAY))
    body = fs.events((at(9, day=day), at(10, day=day)), other).decode()
    body = body.replace(
        f"DTSTART:{start}", f"DTSTART;VALUE=DATE:{day:%Y%m%d}\r\nTRANSP:TRANSPARENT"
    )
    server.answers[PATH] = fs.calendar(body.replace(f"DTEND:{end}\r\n", "").encode())
    sync_feed(feed.pk, now=timezone.now())
    page = client.get(reverse("calendarfeed:inspect", args=[feed.pk])).content.decode()
    assert "Treat these days as taken" in page
    switch = reverse("calendarfeed:free_days", args=[feed.pk])
    assert client.get(switch).status_code == 405
    for taken, button in (("1", "Leave these days open"), ("0", "Treat these days as taken")):
        response = client.post(switch, {"taken": taken}, follow=True)
        assert button in response.content.decode()
        is_free = (
            "Clients find free: 9:00 AM to 11:50 AM" in saved(client, feed)[short_day_words(day)]
        )
        assert is_free is (taken == "0")
    client.force_login(make_staff(THERAPIST))
    assert client.post(switch, {"taken": "1"}).status_code in (302, 403)
    assert not CalendarFeed.objects.get().free_days_are_busy
