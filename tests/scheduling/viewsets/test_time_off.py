"""Time off in two clicks, with what is booked in it named before it is saved."""

import datetime as dt

import pytest
from django.urls import reverse

from home.staff_groups import DESK, EDITOR, THERAPIST
from scheduling.models import Booking, Opening, TimeOff
from scheduling.services.rebuild_openings import rebuild_openings
from tests.practice import NOW, TUESDAY, at
from tests.staff import make_staff
from tests.tasks import run_rebuilds

DAY = dt.timedelta(days=1)
BOOKED = "Tue, Jan 5, 9:00 AM: Individual therapy, South Loop office (confirmed)"


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
    return reverse("therapist:time_off", args=[therapist.pk])


def days(first, last):
    return {"first": first.isoformat(), "last": last.isoformat()}


def test_tomorrow_is_taken_off_with_two_clicks_from_the_dashboard(
    client, screen, therapist, booking
):
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    assert f'href="{screen}"' in home
    choices = client.get(screen).context["choices"]
    assert [each["name"] for each in choices] == [
        "today", "tomorrow", "the rest of this week", "next week",
    ]  # fmt: skip
    link = reverse("booking:inspect", args=[booking.pk])
    assert [each["sessions"] for each in choices] == [
        [], [(link, BOOKED)], [(link, BOOKED)], [],
    ]  # fmt: skip
    assert Opening.objects.filter(local_date=TUESDAY).exists()
    data = {name: choices[1][name] for name in ("first", "last")}
    said = client.post(screen, data, follow=True).content.decode()
    assert "No session is offered on Tuesday, January 5." in said
    assert "One session in it stays booked" in said
    off = TimeOff.objects.get()
    assert (off.starts_at, off.ends_at) == (at(0), at(0) + DAY)
    run_rebuilds(NOW)
    assert not Opening.objects.filter(local_date=TUESDAY).exists()
    assert Booking.objects.get().status == "confirmed"


def test_the_same_days_twice_are_written_once_and_taken_back(client, screen, therapist):
    for _ in range(2):
        client.post(screen, days(TUESDAY, TUESDAY + DAY))
    off = TimeOff.objects.get()
    assert off.ends_at - off.starts_at == 2 * DAY
    text = client.get(screen).content.decode()
    assert "from Tuesday, January 5 to Wednesday, January 6" in text
    response = client.post(screen, {"remove": off.pk}, follow=True)
    assert "taken back" in response.content.decode()
    assert not TimeOff.objects.exists()
    run_rebuilds(NOW)
    assert Opening.objects.filter(local_date=TUESDAY).exists()
    for gone in (off.pk, "²", ""):
        response = client.post(screen, {"remove": gone}, follow=True)
        assert "gone already" in response.content.decode()


def test_other_days_are_looked_at_first(client, screen, booking):
    response = client.get(screen, days(TUESDAY - DAY, TUESDAY + DAY))
    asked = response.context["asked"]
    assert asked["words"] == "from Monday, January 4 to Wednesday, January 6"
    assert [words for _, words in asked["sessions"]] == [BOOKED]
    assert not TimeOff.objects.exists()
    Booking.objects.update(status="cancelled")
    assert client.get(screen, days(TUESDAY, TUESDAY)).context["asked"]["sessions"] == []


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2027-01-06", "2027-01-05", "The last day comes before the first."),
        ("2026-12-01", "2026-12-02", "These days are over."),
        ("2027-01-05", "2031-01-05", "within two years"),
        ("2027-02-30", "2027-03-01", "Enter a valid date."),
        ("2027-01-05", "", "This field is required."),
        ("0001-01-01", "9999-12-31", "within two years"),
        ("0001-01-01", "2027-01-05", "The first day is over"),
    ],
)
def test_days_that_can_not_be_meant_are_refused_and_kept(client, screen, first, last, words):
    for ask in (client.get, client.post):
        text = ask(screen, {"first": first, "last": last}).content.decode()
        assert words in text
        assert f'value="{first}"' in text
    assert not TimeOff.objects.exists()


def test_part_of_a_day_is_told_by_the_clock(client, screen, therapist):
    TimeOff.objects.create(therapist=therapist, starts_at=at(9), ends_at=at(12))
    assert "from Tuesday, January 5, 9:00 AM Central Time" in client.get(screen).content.decode()


def test_therapists_plan_their_own_time_and_the_desk_everybodys(
    client, screen, therapist, practice
):
    client.force_login(make_staff(THERAPIST, name="another"))
    assert client.get(screen).status_code == 404
    assert client.post(screen, days(TUESDAY, TUESDAY)).status_code == 404
    inspect = reverse("therapist:inspect", args=[therapist.pk])
    assert screen not in client.get(inspect).content.decode()
    client.force_login(make_staff(EDITOR))
    assert client.get(screen).status_code in (302, 404)
    assert not TimeOff.objects.exists()
    client.force_login(make_staff(DESK))
    for address in (inspect, reverse("therapist:edit", args=[therapist.pk])):
        assert f'href="{screen}"' in client.get(address).content.decode()
    client.post(screen, days(TUESDAY, TUESDAY))
    assert TimeOff.objects.get().therapist == therapist
