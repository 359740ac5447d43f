"""What staff see first in the admin."""

import pytest
from django.urls import reverse
from django.utils import timezone

from home.staff_groups import DESK, EDITOR, THERAPIST
from scheduling.models import Booking, CalendarFeed
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
