"""Working hours as a week picture, with the result shown before it is saved."""

import datetime as dt

import pytest
from django.urls import reverse

from home.staff_groups import DESK, THERAPIST
from locations.models import Office, Room
from scheduling.domain import Interval, clock_words, merge, short_day_words
from scheduling.models import Opening, TimeOff, WorkingHours
from scheduling.services.rebuild_openings import rebuild_openings
from tests.practice import CHICAGO, NOW, TUESDAY, at
from tests.staff import make_staff
from tests.tasks import run_rebuilds

DAY = dt.timedelta(days=1)
TUE, THU = short_day_words(TUESDAY), short_day_words(TUESDAY + 2 * DAY)


@pytest.fixture
def therapist(client, clock, practice):
    """The therapist, logged in."""
    own = practice.therapist
    own.user = make_staff(THERAPIST)
    own.save()
    rebuild_openings(own.pk, now=NOW)
    client.force_login(own.user)
    return own


@pytest.fixture
def screen(therapist):
    return reverse("therapist:hours", args=[therapist.pk])


def rows(*rows, **more):
    """Return what the form posts: a dictionary for each row, stored ones first."""
    stored = sum("id" in row for row in rows)
    data = {"working_hours-TOTAL_FORMS": len(rows), "working_hours-INITIAL_FORMS": stored}
    for number, row in enumerate(rows):
        data |= {f"working_hours-{number}-{name}": value for name, value in row.items()}
    return data | more


def stored(**changes):
    """Return the row of the hours that are stored."""
    hours = WorkingHours.objects.get()
    return {
        "id": hours.pk, "weekday": "1", "starts": "09:00", "ends": "12:00",
        "office": hours.office_id, "online": "on",
    } | changes  # fmt: skip


def said(response):
    """Return what the picture says, by day."""
    return dict(response.context["picture"].get_context_data()["rows"])


def test_the_week_shows_the_hours_and_what_clients_could_book(client, screen, therapist):
    TimeOff.objects.create(therapist=therapist, starts_at=at(9), ends_at=at(10))
    week = said(client.get(screen))
    assert week[TUE] == [
        "Taken: 9:00 AM to 10:00 AM",
        "Hours at South Loop: 9:00 AM to 12:00 PM",
        "Clients could book at South Loop: 10:00 AM to 11:50 AM",
        "Hours online: 9:00 AM to 12:00 PM",
        "Clients could book online: 10:00 AM to 11:50 AM",
    ]
    assert week[THU] == ["Clients find nothing free"]


def test_the_result_is_shown_and_nothing_saved_until_it_is(client, screen, therapist):
    changed = rows(
        stored(starts="10:00", online=""),
        {"weekday": "3", "starts": "18:00", "ends": "00:00", "online": "on"},
    )
    response = client.post(screen, changed | {"look": "1"})
    shown = said(response)
    assert shown[TUE] == [
        "Hours at South Loop: 10:00 AM to 12:00 PM",
        "Clients could book at South Loop: 10:00 AM to 11:50 AM",
    ]
    assert shown[THU] == [
        "Hours online: 6:00 PM to 12:00 AM",
        "Clients could book online: 6:00 PM to 11:50 PM",
    ]
    assert "Nothing is saved yet." in response.content.decode()
    assert WorkingHours.objects.get().starts == dt.time(9)
    assert client.post(screen, changed | {"save": "1"}).status_code == 302
    assert said(client.get(screen)) == shown
    run_rebuilds(NOW)
    for day, lines in ((TUESDAY, shown[TUE]), (TUESDAY + 2 * DAY, shown[THU])):
        found = Opening.objects.filter(local_date=day).values_list("starts_at", "ends_at")
        (free,) = merge(Interval(start, end) for start, end in found)
        times = f"{clock_words(free.start, CHICAGO)} to {clock_words(free.end, CHICAGO)}"
        assert lines[-1].endswith(times), "what was shown is what search finds"


def test_an_office_where_the_therapist_never_was_is_reckoned_with(client, screen, therapist):
    lakeview = Office.objects.create(
        name="Lakeview", slug="lakeview", jurisdiction=Office.objects.get().jurisdiction
    )
    there = rows({"weekday": "3", "starts": "9:00", "ends": "10:00", "office": lakeview.pk})
    assert said(client.post(screen, there))[THU] == [
        "Hours at Lakeview: 9:00 AM to 10:00 AM",
        "Clients find nothing free",
    ], "there is no room"
    Room.objects.create(office=lakeview, name="Room 1")
    assert said(client.post(screen, there))[THU][1] == (
        "Clients could book at Lakeview: 9:00 AM to 9:50 AM"
    )


def test_rows_are_removed_and_some_are_always_left_to_fill_in(client, screen):
    full = rows(*({"weekday": str(day), "starts": "9:00", "ends": "12:00"} for day in range(3)))
    full |= {f"working_hours-{number}-online": "on" for number in range(3)}
    response = client.post(screen, full)
    assert len(response.context["rows"].forms) == 5
    assert "Hours at South Loop" not in str(said(response))
    gone = rows(stored(DELETE="on"))
    assert said(client.post(screen, gone))[TUE] == ["Clients find nothing free"]
    client.post(screen, gone | {"save": "1"})
    assert not WorkingHours.objects.exists()


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"starts": "12:00", "ends": "09:00"}, "The end must be later than the start."),
        ({"office": "", "online": ""}, "Choose an office, online sessions, or both."),
        ({"starts": "25:00"}, "Enter a valid time."),
        ({"weekday": "9"}, "Select a valid choice."),
        ({"office": "999"}, "Select a valid choice."),
        ({"valid_from": "2027-02-01", "valid_until": "2027-01-01"}, "The last date comes before"),
        ({"id": "999"}, "below what has to be corrected"),
    ],
)
def test_hours_that_can_not_be_are_refused_and_kept(client, screen, row, words):
    for button in ("look", "save"):
        response = client.post(screen, rows(stored(**row), **{button: "1"}))
        assert response.status_code == 200
        text = response.content.decode()
        assert words in text
        assert "Nothing was saved" in text
    assert WorkingHours.objects.get().starts == dt.time(9)


def test_a_form_that_is_broken_is_no_crash(client, screen):
    for data in ({}, {"working_hours-TOTAL_FORMS": "x"}, rows({"weekday": "1"}, save="1")):
        assert client.post(screen, data).status_code == 200
    assert WorkingHours.objects.count() == 1


def test_another_week_is_shown_on_request(client, screen):
    response = client.get(screen, {"week": "2027-01-18"})
    assert next(iter(said(response))) == "Mon, Jan 18"
    assert "Clients could book online: 9:00 AM to 11:50 AM" in said(response)["Tue, Jan 19"]
    for far in ("2026-12-01", "2031-01-01", "9999-12-31", "soon"):
        response = client.get(screen, {"week": far})
        assert next(iter(said(response))) == "Mon, Jan 4"
        assert response.context["week"].errors


def test_therapists_edit_their_own_hours_and_the_desk_everybodys(client, screen, therapist):
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    assert f'href="{screen}"' in home
    data = rows(stored(DELETE="on"), save="1")
    client.force_login(make_staff(THERAPIST, name="another"))
    assert client.get(screen).status_code == 404
    assert client.post(screen, data).status_code == 404
    assert WorkingHours.objects.exists()
    client.force_login(make_staff(DESK))
    listing = client.get(reverse("therapist:index")).content.decode()
    assert screen in listing
    client.post(screen, data)
    assert not WorkingHours.objects.exists()
