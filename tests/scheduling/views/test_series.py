"""A client books several dates in a row, page by page, as a browser without scripts does."""

import datetime as dt
import re

import pytest
from icalendar import Calendar

from scheduling.models import Booking, Hold, SchedulingSettings, Series
from scheduling.selectors.openings import Wanted
from scheduling.services.hold_time import hold_time
from tests.practice import NOW, TUESDAY, at

WEEK, MINUTE = dt.timedelta(weeks=1), dt.timedelta(minutes=1)
DETAILS = {
    "name": "Casey Sample",
    "email": "casey@example.org",
    "phone": "(312) 555-0199",
    "accept": "on",
    "policy": "1",
    "key": "a-key",
}
RHYTHM = {"weeks": "1", "count": "3"}


def week(number, hour=10):
    return at(hour, day=TUESDAY + number * WEEK)


def value(start):
    return f"{start:%Y-%m-%dT%H:%MZ}~ada-sample"


THREE = tuple(map(week, (1, 2, 3)))
ALL_THREE = {"start": list(map(value, THREE)), "rule": "others"} | RHYTHM


@pytest.fixture
def page(client, open_practice):
    """Hold the first time, and return the address of its form."""
    choice = {"place": "south-loop", "service": "individual", "opening": value(THREE[0])}
    return client.post("/book/hold/", choice).headers["Location"]


@pytest.fixture
def take(open_practice):
    """Return what lets another client hold a time."""

    def hold(start, now=NOW):
        wanted = Wanted(open_practice.therapist, open_practice.service, open_practice.office, start)
        return hold_time(wanted, now=now)

    return hold


def said(response, status=200):
    assert response.status_code == status
    return re.sub(r"\s+", " ", response.content.decode())


def keep(client, page, **changes):
    return client.post(f"{page}series/", ALL_THREE | changes)


def book(client, page, **changes):
    return client.post(f"{page}series/details/", DETAILS | changes)


def test_from_one_time_to_three_booked_dates(client, page):
    assert "Come every week or every two weeks?" in said(client.get(page))
    dates = said(client.get(f"{page}series/", RHYTHM))
    assert "3 of 3 dates are free" in dates
    for start in THREE:
        assert f'value="{value(start)}" checked' in dates
    kept = keep(client, page)
    assert kept.headers["Location"] == f"{page}series/details/"
    assert Hold.objects.count() == 3
    form = said(client.get(kept.headers["Location"]))
    assert "We keep these dates for you until <strong>12:10 PM</strong>" in form
    assert "Tuesday, January 26, 10:00 AM" in form
    assert "until Monday, January 25, 10:00 AM" in form
    booked = book(client, page)
    assert booked.status_code == 303
    assert Booking.objects.count() == 3
    shown = said(client.get(booked.headers["Location"]))
    assert "Your sessions are booked" in shown
    assert "Tuesday, January 26, 10:00 AM" in shown
    for again in (page, f"{page}series/", f"{page}series/details/"):
        assert client.get(again).headers["Location"] == booked.headers["Location"]
    assert book(client, page).headers["Location"] == booked.headers["Location"]


def test_a_date_that_is_not_free_says_so_and_can_be_replaced(client, page, take):
    take(THREE[1])
    dates = said(client.get(f"{page}series/", RHYTHM))
    assert "2 of 3 dates are free" in dates
    assert "This time is not free. Free nearby:" in dates
    other = week(2, 11)
    assert value(other) in dates
    start = [value(THREE[0]), value(THREE[2])]
    assert keep(client, page, start=start, **{"instead-2": value(other)}).status_code == 303
    book(client, page)
    starts = Booking.objects.order_by("starts_at").values_list("starts_at", flat=True)
    assert tuple(starts) == (THREE[0], other, THREE[2])


def test_dates_too_far_ahead_are_said_to_be(client, page):
    dates = said(client.get(f"{page}series/", {"weeks": "2", "count": "12"}))
    assert dates.count("This is further ahead than can be booked now.") == 8


def test_what_is_taken_while_one_chooses_is_said_and_nothing_is_kept(client, page, take):
    take(THREE[1])
    refused = said(keep(client, page), 409)
    assert "Not every one of these dates can be had any more" in refused
    assert "2 of 3 dates are free" in refused
    assert Hold.objects.count() == 2


def test_too_few_dates_are_refused_kindly(client, page):
    assert "Choose at least 2 dates" in said(keep(client, page, start=[value(THREE[0])]), 422)
    assert "Choose at least 2 dates" in said(keep(client, page, start=["x", "y~z"]), 422)


@pytest.mark.parametrize(
    "asked",
    [{}, {"weeks": "3", "count": "3"}, {"weeks": "1", "count": "1"}, {"weeks": "1", "count": "13"}],
)
def test_a_rhythm_that_is_none_is_asked_for_again(client, page, asked):
    assert "Please look at this again" in said(client.get(f"{page}series/", asked), 400)
    assert client.post(f"{page}series/", asked).status_code == 400


def test_what_has_to_be_corrected_leads_to_its_first_choice(client, page):
    html = said(client.get(f"{page}series/", {"weeks": "3", "count": "99"}), 400)
    summary = html[html.index('id="errors"') :]
    links = re.findall(r'href="#([^"]*)"', summary[: summary.index("</ul>")])
    assert links == ["id_weeks_0", "id_count"]
    for target in links:
        assert re.search(rf'<(input|select)[^>]* id="{target}"', html)


def test_without_a_held_time_there_is_nothing_to_repeat(client, open_practice):
    for address in ("/book/hold/none/series/", "/book/hold/none/series/details/"):
        assert client.get(address).status_code == 404
        assert client.post(address).status_code == 404


@pytest.mark.parametrize(
    "broken", ["", "others", "others.1", "others.9.1", "all.1.x", f"all.1.{2**40}"]
)
def test_a_broken_cookie_leads_to_the_page_that_says_so(client, page, broken):
    client.cookies["series"] = broken
    assert client.get(f"{page}series/details/").status_code == 404


def test_where_series_are_not_offered_the_page_leads_back(client, page):
    SchedulingSettings.objects.update(series_limit=1)
    assert "every two weeks" not in said(client.get(page))
    assert client.get(f"{page}series/", RHYTHM).headers["Location"] == page


def test_too_many_dates_at_once_are_refused(client, page, settings):
    settings.HOLDS_PER_ADDRESS = 2
    refused = client.post(f"{page}series/", ALL_THREE, REMOTE_ADDR="8.8.8.8")
    assert refused.status_code == 429
    assert Hold.objects.count() == 1


def lose(take, clock):
    """Let the hold run out, and another client take the second date."""
    clock.now += 11 * MINUTE
    take(THREE[1], clock.now)


def test_a_date_lost_before_the_form_is_sent_is_said_on_the_page_of_the_others(
    client, page, take, clock
):
    keep(client, page)
    lose(take, clock)
    assert "The minutes for which we kept these dates are over" in said(
        client.get(f"{page}series/details/")
    )
    shown = said(client.get(book(client, page).headers["Location"]))
    assert "Not booked, since somebody else took the time meanwhile" in shown
    assert Booking.objects.count() == 2


def test_all_or_nothing_asks_again_with_what_was_typed(client, page, take, clock):
    keep(client, page, rule="all")
    lose(take, clock)
    refused = said(book(client, page), 409)
    assert "Gone:" in refused
    assert 'value="Casey Sample"' in refused
    assert not Booking.objects.exists()
    assert book(client, page, rule="others").status_code == 303
    assert Booking.objects.count() == 2


def test_a_mistake_in_the_form_keeps_everything(client, page):
    keep(client, page)
    assert 'value="Casey Sample"' in said(book(client, page, email="nowhere"), 422)
    assert Hold.objects.count() == 3


def test_letting_go_frees_all_the_dates(client, page):
    keep(client, page)
    assert client.post(f"{page}release/").status_code == 303
    assert not Hold.objects.exists()
    assert client.get(f"{page}series/details/").status_code == 404


@pytest.fixture
def series_page(client, page):
    keep(client, page)
    return book(client, page).headers["Location"]


def test_the_private_link_gives_all_dates_as_a_file(client, series_page):
    answer = client.get(f"{series_page}sessions.ics")
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    assert tuple(event.start for event in events) == THREE
    assert "no-store" in answer.headers["Cache-Control"]


def test_one_or_all_that_are_left_are_cancelled_by_the_private_link(client, series_page, clock):
    link = re.search(r"/book/session/[^/]+/", said(client.get(series_page)))[0]
    assert series_page in said(client.get(link))
    client.post(f"{link}cancel/")
    asked = said(client.get(f"{series_page}cancel/"))
    assert "January 12" not in asked
    assert "January 26" in asked
    clock.now = THREE[1] - dt.timedelta(hours=23)
    asked = said(client.get(f"{series_page}cancel/"))
    assert "The others stay booked" in asked
    client.post(f"{series_page}cancel/")
    statuses = Booking.objects.order_by("starts_at").values_list("status", flat=True)
    assert list(statuses) == ["cancelled", "confirmed", "cancelled"]
    assert "There is none that can be cancelled without counting as late" in said(
        client.get(f"{series_page}cancel/")
    )
    clock.now = NOW
    client.post(f"{series_page}cancel/")
    assert "Your sessions are cancelled" in said(client.get(series_page))


def test_a_link_that_no_series_has(client, series_page):
    series = Series.objects.get()
    session = series_page.replace("/series/", "/session/")
    assert client.get(session).status_code == 404
    for ending in ("", "sessions.ics", "cancel/"):
        assert client.get(f"/book/series/{series.reference}.x/{ending}").status_code == 404
