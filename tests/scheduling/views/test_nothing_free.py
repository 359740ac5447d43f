"""A search that finds nothing says why, and leads on."""

import datetime as dt

import pytest

from locations.models import Jurisdiction, Office, ServiceArea
from scheduling.models import CalendarFeed, MonthOfOpenings, Opening, TimeOff
from scheduling.services.rebuild_openings import rebuild_openings
from tests.practice import NOW, TUESDAY, add_therapist, at
from tests.texts import text

BOOK = "/book/"
PLACE = {"place": "south-loop", "service": "individual"}
YEAR = dt.timedelta(days=365)


@pytest.fixture
def practice(open_practice):
    return open_practice


def take_all(therapist):
    TimeOff.objects.create(therapist=therapist, starts_at=NOW - YEAR, ends_at=NOW + YEAR)


def read_too_long_ago(therapist):
    CalendarFeed.objects.create(
        therapist=therapist,
        name="Sample",
        address="https://example.org/calendar.ics",
        succeeded_at=NOW - dt.timedelta(days=3),
        covered_until=NOW + YEAR,
    )


def open_in_a_year(therapist):
    Office.objects.update(opens_on=NOW.date() + YEAR)


def move_hours(therapist):
    lakeview = Office.objects.create(
        name="Lakeview", slug="lakeview", jurisdiction=Jurisdiction.objects.get(code="IL")
    )
    therapist.working_hours.update(office=lakeview)


def lose_licence(therapist):
    therapist.licences.update(valid_until=NOW.date() - YEAR)


def take_no_clients(therapist):
    therapist.accepts_clients = False
    therapist.save()


@pytest.mark.parametrize(
    ("happens", "why"),
    [
        (take_all, "every time in the next weeks is taken"),
        (read_too_long_ago, "we could not read the calendar for some time"),
        (open_in_a_year, "no sessions at this place in the next weeks"),
        (move_hours, "no hours at this office"),
        (lose_licence, "no license for Illinois, where you would be"),
        (take_no_clients, "not taking new clients"),
    ],
)
def test_the_reason_is_said_with_the_name(client, practice, happens, why):
    happens(practice.therapist)
    rebuild_openings(practice.therapist.pk, now=NOW)
    response = client.get(BOOK, PLACE)
    assert response.status_code == 200
    said = text(response)
    assert f"Ada Sample : {why}" in said
    assert "Call or write to us" in said


def test_too_short_notice_is_told_from_full(client, practice, clock):
    practice.therapist.working_hours.update(valid_until=TUESDAY)
    rebuild_openings(practice.therapist.pk, now=NOW)
    clock.now = at(8)
    assert "Ada Sample : free only so soon" in text(client.get(BOOK, PLACE))


def test_times_that_are_still_being_written_are_no_reason_but_a_moment_away(client, practice):
    Opening.objects.all().delete()
    MonthOfOpenings.objects.all().delete()
    assert "Ada Sample : the free times are just being worked out" in text(client.get(BOOK, PLACE))


def test_several_are_named_by_their_reasons(client, practice):
    ben = add_therapist(
        practice.service,
        practice.office,
        practice.office.jurisdiction,
        slug="ben-sample",
        name="Ben Sample",
    )
    take_all(practice.therapist)
    lose_licence(ben)
    rebuild_openings(practice.therapist.pk, now=NOW)
    said = text(client.get(BOOK, PLACE))
    assert "Ada Sample : every time in the next weeks is taken" in said
    assert "Ben Sample : no license for Illinois" in said


def test_filters_are_the_reason_where_there_are_times_without_them(client, practice):
    response = client.get(BOOK, PLACE | {"part": "evening"})
    said = text(response)
    assert "none of them fits your filters" in said
    assert "Why" not in said
    assert "Without the filters Tuesday, January 5" in said
    assert "?place=south-loop&amp;service=individual&amp;day=2027-01-05#times" in (
        response.content.decode()
    )


def test_the_same_is_offered_at_another_place(client, practice):
    district = Jurisdiction.objects.create(
        code="DC", name="Washington, D.C.", time_zone="America/New_York"
    )
    ServiceArea.objects.create(name="D.C.", slug="online-dc", jurisdiction=district)
    said = text(client.get(BOOK, {"place": "online-dc", "service": "individual"}))
    assert "Ada Sample : no license for Washington, D.C., where you would be" in said
    assert "What comes nearest" in said
    assert "South Loop office Individual therapy. First free: Tuesday, January 5, 9:00 AM" in said
