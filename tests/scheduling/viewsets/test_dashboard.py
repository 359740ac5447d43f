"""What staff see first in the admin."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.users.models import UserProfile

from home.staff_groups import DESK, EDITOR, OWNER, THERAPIST
from scheduling.models import Booking, CalendarFeed, Licence, Therapist
from tests.practice import NOW
from tests.staff import make_staff

HOME = reverse("wagtailadmin_home")


def home_of(client, role, **kwargs):
    client.force_login(make_staff(role, **kwargs))
    return client.get(HOME).content.decode()


@pytest.fixture
def coming(booking):
    year = {"year": timezone.now().year + 1}
    Booking.objects.update(
        starts_at=booking.starts_at.replace(**year), ends_at=booking.ends_at.replace(**year)
    )
    return booking


@pytest.fixture
def broken_feed(practice):
    return CalendarFeed.objects.create(
        therapist=practice.therapist,
        name="Google",
        address="https://calendar.example.org/zzcanary/basic.ics",
        error_code="unreachable",
        error_message="The server did not answer.",
        failing_since=timezone.now(),
    )


def test_the_next_sessions_without_the_client(client, coming):
    text = home_of(client, DESK)
    assert reverse("booking:inspect", args=[coming.pk]) in text
    assert "zzcanary" not in text.lower()


def test_cancelled_and_past_sessions_are_left_out(client, coming):
    Booking.objects.update(status=Booking.Status.CANCELLED)
    assert "No session is booked" in home_of(client, DESK)


def test_a_calendar_in_trouble_with_what_to_do_and_without_its_address(client, broken_feed):
    text = home_of(client, DESK)
    assert "Calendars that need you" in text
    assert "The server did not answer." in text
    assert "tried again by itself" in text
    assert reverse("calendarfeed:inspect", args=[broken_feed.pk]) in text
    assert "zzcanary" not in text.lower()


def test_nothing_is_said_while_all_calendars_are_well(client, practice):
    assert "Calendars that need you" not in home_of(client, DESK)


def test_others_see_neither(client, coming, broken_feed):
    text = home_of(client, THERAPIST)
    assert "Calendars that need you" not in text
    assert "No session is booked" in text
    text = home_of(client, EDITOR)
    assert "Next sessions" not in text
    assert "Calendars that need you" not in text


def test_a_mail_that_could_not_be_sent(client, coming):
    coming.mails.update(failure="ConnectionRefusedError", tries=1)
    text = home_of(client, DESK)
    assert "Mails that could not be sent" in text
    assert "to the client: booked" in text
    coming.mails.update(failure="", sent_at=timezone.now())
    assert "Mails that could not be sent" not in client.get(HOME).content.decode()


def test_requests_that_wait_are_shown_with_their_deadline_until_it_has_passed(client, coming):
    coming.refresh_from_db()
    Booking.objects.update(status=Booking.Status.REQUESTED, answer_until=coming.starts_at)
    text = home_of(client, DESK)
    assert "Clients wait for an answer" in text
    assert reverse("booking:inspect", args=[coming.pk]) in text
    assert "zzcanary" not in text.lower()
    Booking.objects.update(answer_until=timezone.now())
    assert "Clients wait" not in client.get(HOME).content.decode()


def test_licences_that_end_or_have_ended_with_what_clients_see(client, practice, clock):
    record = [practice.therapist.pk]
    assert "Licenses that end" not in home_of(client, OWNER)
    Licence.objects.update(valid_until=NOW.date() + dt.timedelta(days=60))
    text = " ".join(home_of(client, DESK).split())
    assert "the last valid day is Fri, Mar 5, 2027" in text
    assert "No times with Ada Sample in Illinois, after that day, neither online" in text
    assert f'<a href="{reverse("therapist:edit", args=record)}">Ada Sample</a>' in text
    Licence.objects.update(valid_until=NOW.date() - dt.timedelta(days=1))
    text = " ".join(home_of(client, THERAPIST).split())
    assert "ended; the last valid day was Sun, Jan 3, 2027" in text
    assert "No times with Ada Sample in Illinois, neither online nor at an office." in text
    assert f'<a href="{reverse("therapist:inspect", args=record)}">Ada Sample</a>' in text
    Therapist.objects.update(is_active=False)
    assert "Licenses that end" not in client.get(HOME).content.decode()


def test_the_day_a_licence_ends_is_the_practices_whatever_zone_the_reader_chose(
    client, practice, clock
):
    Licence.objects.update(valid_until=NOW.date())
    user = make_staff(DESK)
    UserProfile.objects.create(user=user, current_time_zone="Asia/Tokyo")
    client.force_login(user)
    assert "the last valid day is Mon, Jan 4, 2027" in " ".join(
        client.get(HOME).content.decode().split()
    )


def test_the_record_says_when_it_is_told_that_a_licence_ends(client, practice):
    client.force_login(make_staff(DESK))
    text = client.get(reverse("therapist:edit", args=[practice.therapist.pk])).content.decode()
    assert "a mail 60, 30 and 7 days before one ends" in text
