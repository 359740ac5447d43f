"""The week as staff look at it."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from cms.core.models import AccessRecord
from home.staff_groups import DESK, EDITOR, THERAPIST
from scheduling.models import BusyTime, CalendarFeed, Claim, TimeOff
from scheduling.selectors.openings import Wanted
from scheduling.services.hold_time import hold_time
from tests.practice import NOW, at
from tests.staff import make_staff

WEEK = reverse("booking:week")
NAME = "Zzcanary"


def show(client, **query):
    return client.get(WEEK, query)


def entries(response):
    """Return what stands on each day, by its date."""
    return {
        str(day.date): [(slot.entry.kind.value, slot.times) for slot in day.slots]
        for day in response.context["week"].days
        if day.slots
    }


@pytest.fixture
def desk(client, db, clock):
    user = make_staff(DESK)
    client.force_login(user)
    return user


@pytest.fixture
def feed(practice):
    return CalendarFeed.objects.create(
        therapist=practice.therapist,
        name="Google",
        address="x",
        succeeded_at=NOW,
        covered_until=NOW + dt.timedelta(days=365),
    )


def add_busy(feed, start, end):
    BusyTime.objects.create(feed=feed, generation=1, starts_at=start, ends_at=end)


def test_sessions_stand_before_busy_time_and_time_off(client, desk, booking, practice, feed):
    add_busy(feed, at(9, 30), at(11))
    TimeOff.objects.create(therapist=practice.therapist, starts_at=at(13), ends_at=at(14))
    response = show(client)
    assert entries(response) == {
        "2027-01-05": [
            ("session", "9:00 AM to 9:50 AM"),
            ("busy", "9:50 AM to 11:00 AM"),
            ("time_off", "1:00 PM to 2:00 PM"),
        ]
    }
    text = response.content.decode()
    assert "A calendar says busy as well" in text
    assert reverse("booking:inspect", args=[booking.pk]) in text
    assert text.count('aria-current="date"') == 2  # once in the table, once in the list


def test_what_no_calendar_was_read_for_is_busy(client, desk, practice, feed):
    feed.covered_until = at(12)
    feed.save()
    shown = entries(show(client))
    assert shown["2027-01-05"] == [("busy", "12:00 PM to midnight")]
    assert shown["2027-01-06"] == [("busy", "All day")]


def test_the_office_and_the_room_show_who_is_there(client, desk, booking, practice):
    for whose in (f"office-{practice.office.pk}", f"room-{practice.room.pk}"):
        response = show(client, whose=whose)
        assert entries(response) == {"2027-01-05": [("session", "9:00 AM to 9:50 AM")]}
        assert "Ada Sample" in response.content.decode().partition("week-table")[2]


def test_what_is_held_is_shown_and_what_was_cancelled_is_not(client, desk, booking, practice):
    hold_time(Wanted(practice.therapist, practice.service, practice.online, at(10)), now=NOW)
    Claim.objects.filter(booking=booking).delete()
    assert entries(show(client)) == {"2027-01-05": [("held", "10:00 AM to 10:50 AM")]}


def test_names_are_shown_on_request_to_who_may_see_them_and_recorded(client, desk, booking):
    assert NAME not in show(client).content.decode()
    assert not AccessRecord.objects.exists()
    response = show(client, names="1")
    assert NAME in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    record = AccessRecord.objects.get()
    assert (record.user, record.record_id, record.details) == (desk, booking.pk, "Client's name")


def test_without_the_permission_no_name_is_shown(client, desk, booking):
    group = desk.groups.get()
    group.permissions.remove(group.permissions.get(codename="view_client_details"))
    response = show(client, names="1")
    assert booking.place.label in response.content.decode()
    assert NAME not in response.content.decode()
    assert not AccessRecord.objects.exists()


def test_therapists_see_their_own_week_alone(client, clock, booking, practice):
    user = make_staff(THERAPIST)
    client.force_login(user)
    assert "There is no calendar that you may see" in show(client).content.decode()
    practice.therapist.user = user
    practice.therapist.save()
    assert entries(show(client)) == {"2027-01-05": [("session", "9:00 AM to 9:50 AM")]}
    other = show(client, whose=f"office-{practice.office.pk}")
    assert "week" not in other.context
    client.force_login(make_staff(EDITOR))
    assert show(client).status_code == 302


@pytest.mark.parametrize(
    "query",
    [{"day": "2027-02-31"}, {"day": "9999-12-31"}, {"whose": "office-0"}, {"whose": "\0"}],
)
def test_what_can_not_be_meant_is_asked_again(client, desk, practice, query):
    response = show(client, **query)
    assert response.status_code == 200
    assert response.context["form"].errors


@pytest.mark.parametrize(
    ("day", "missing", "hours"),
    [("2027-03-14", True, 24), ("2027-11-07", True, 25), ("2027-01-05", False, 24)],
)
def test_each_row_of_the_table_is_full_also_when_the_clocks_change(
    client, desk, practice, feed, day, missing, hours
):
    sunday = dt.date.fromisoformat(day)
    add_busy(feed, at(0, 30, sunday), at(1, 15, sunday))
    add_busy(feed, at(22, 0, sunday), at(23, 30, sunday))
    CalendarFeed.objects.update(covered_until=NOW + dt.timedelta(days=700))
    week = show(client, day=day).context["week"]
    columns = sum(column.lanes for column in week.days)
    filled = [0] * len(week.rows)
    for at_row, row in enumerate(week.rows):
        for cell in row.cells:
            for each in range(at_row, at_row + cell.length):
                filled[each] += 1
    assert set(filled) == {columns}
    assert any(cell.is_missing for row in week.rows for cell in row.cells) is missing
    names = [row.hour for row in week.rows if row.hour]
    assert (names[0], names[-1], len(names)) == ("12 AM", "11 PM", hours)


def test_a_clock_time_that_comes_twice_is_told_apart(client, desk, practice, feed):
    sunday = dt.date(2027, 11, 7)
    one = at(1, 0, sunday)
    CalendarFeed.objects.update(covered_until=NOW + dt.timedelta(days=700))
    add_busy(feed, one + dt.timedelta(minutes=30), one + dt.timedelta(minutes=90))
    response = show(client, day="2027-11-07")
    assert entries(response) == {"2027-11-07": [("busy", "1:30 AM CDT to 1:30 AM CST")]}
    assert "1 AM, second time" in re.sub(r"\s+", " ", response.content.decode())
