"""Cancelling and moving after the cut-off: what it costs is said before anything happens."""

import datetime as dt
import re
from decimal import Decimal

import pytest
from django.urls import reverse

from scheduling.models import Booking, Policy
from scheduling.services.cancel_booking import cancel_booking
from scheduling.services.move_booking import move_booking
from scheduling.services.send_booking_mail import send_booking_mail
from scheduling.services.tokens import link_token
from tests.practice import at
from tests.scheduling.asking import HOUR, ask_for
from tests.tasks import enqueued

NEXT_WEEK = dt.date(2027, 1, 12)
Status = Booking.Status
UNTIL = "until Monday, January 4, 9:00 AM Central Time"


@pytest.fixture
def practice(open_practice):
    Policy.objects.update(late_fee=Decimal("75.00"), late_terms="It is waived once a year.")
    return open_practice


@pytest.fixture
def booking(practice):
    return ask_for(practice, now=at(9) - 30 * HOUR)


@pytest.fixture
def late(clock, booking):
    clock.now = booking.cancel_until + dt.timedelta(seconds=1)
    return booking


def text(response):
    body = re.sub(r"<(script|style).*?</\1>", "", response.content.decode(), flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", body).replace("&#x27;", "'").split())


def address(booking, name):
    return reverse(f"book:{name}", args=[link_token(booking.reference)])


def status(booking):
    return Booking.objects.values_list("status", flat=True).get(pk=booking.pk)


def send_all(now):
    for name, arguments in enqueued():
        if name == "scheduling.tasks.send_booking_mail":
            send_booking_mail(*arguments, now=now)


def test_until_the_cut_off_it_costs_nothing_and_says_until_when(client, booking, clock):
    clock.now = booking.cancel_until
    assert f"You can cancel {UNTIL}, and it costs nothing." in text(
        client.get(address(booking, "cancel"))
    )
    assert "Later it counts as late." in text(client.get(address(booking, "session")))
    client.post(address(booking, "cancel"))
    assert status(booking) == Status.CANCELLED


def test_after_it_the_page_says_what_it_costs_and_asks_once_more(client, late):
    page = address(late, "cancel")
    said = text(client.get(page))
    assert f"Cancelling now is late: it cost nothing {UNTIL}. It costs $75 ." in said
    assert "It is waived once a year." in said
    assert "Please tell us a day before." in said
    assert status(late) == Status.CONFIRMED
    stale = client.post(page)
    assert stale.status_code == 409
    assert "Nothing was changed yet" in text(stale)
    assert status(late) == Status.CONFIRMED
    done = client.post(page, {"late": "accepted"}, follow=True)
    assert f"It was cancelled late: it cost nothing {UNTIL}. It costs $75 ." in text(done)
    assert status(late) == Status.LATE_CANCELLED


@pytest.mark.parametrize(
    ("fee", "terms", "words"),
    [
        (None, "", "What it costs, the practice will tell you."),
        (None, "You pay the whole session.", "You pay the whole session."),
        (Decimal("0.00"), "", "It costs nothing."),
        (Decimal("12.50"), "", "It costs $12.50 ."),
    ],
)
def test_nothing_is_said_that_the_policy_does_not_say(client, late, fee, terms, words):
    Policy.objects.update(late_fee=fee, late_terms=terms)
    said = text(client.get(address(late, "cancel")))
    assert words in said
    assert said.count("It costs ") + said.count("will tell you") == (0 if terms else 1)


def test_the_policy_that_was_accepted_is_the_one_that_applies(client, late):
    Policy.objects.create(version=2, text="Stricter.", notice_hours=48, late_fee=Decimal(500))
    said = text(client.get(address(late, "cancel")))
    assert "It costs $75 ." in said
    assert "500" not in said
    assert "Stricter" not in said


def test_moving_late_asks_once_more_with_the_time_that_was_chosen(client, late):
    page = address(late, "move")
    shown = text(client.get(page, {"day": NEXT_WEEK.isoformat()}))
    assert f"Moving now is late: it cost nothing {UNTIL}. It costs $75 ." in shown
    value = "2027-01-12T16:00Z~ada-sample"
    asked = client.post(page, {"opening": value})
    assert asked.status_code == 409
    assert "It would be Tuesday, January 12, 10:00 AM Central Time" in text(asked)
    assert "It costs $75 ." in text(asked)
    assert f'name="opening" value="{value}"' in asked.content.decode()
    late.refresh_from_db()
    assert late.starts_at == at(9)
    done = client.post(page, {"opening": value, "late": "accepted"}, follow=True)
    assert "Tuesday, January 12, 10:00 AM" in text(done)
    late.refresh_from_db()
    assert (late.starts_at, late.status) == (at(10, day=NEXT_WEEK), Status.CONFIRMED)


def test_from_the_start_on_neither_is_offered(client, late, clock):
    clock.now = at(9)
    for name in ("session", "cancel", "move"):
        assert "It has begun" in text(client.get(address(late, name)))
    assert client.post(address(late, "cancel"), {"late": "accepted"}).status_code == 409
    value = "2027-01-12T16:00Z~ada-sample"
    moved = client.post(address(late, "move"), {"opening": value, "late": "accepted"})
    assert moved.status_code == 409
    assert "can't be moved online" in text(moved)
    assert status(late) == Status.CONFIRMED


def test_before_booking_the_cost_is_part_of_what_is_accepted(client, practice, clock):
    opening = "2027-01-12T16:00Z~ada-sample"
    held = client.post(
        "/book/hold/", {"place": "south-loop", "service": "individual", "opening": opening}
    )
    said = text(client.get(held.headers["Location"]))
    assert "until Monday, January 11, 10:00 AM Central Time, and it costs nothing." in said
    assert "Later it counts as late. It costs $75 ." in said


@pytest.mark.parametrize("kind", ["plain", "html"])
def test_the_mails_say_that_it_was_late_and_what_that_costs(practice, late, clock, inbox, kind):
    practice.therapist.email = "ada@example.org"
    practice.therapist.save()
    token = link_token(late.reference)
    move_booking(token, at(11), now=clock.now, accepts_late=True)
    send_all(clock.now)
    clock.now = at(11) - 23 * HOUR
    cancel_booking(token, now=clock.now, accepts_late=True)
    send_all(clock.now)
    said = {mail["Subject"]: mail.get_body((kind,)).get_content() for mail in inbox.mails}
    moved, cancelled = "Your session is at another time", "Your session is cancelled"
    assert "It was moved late." in said[moved]
    assert "It was cancelled late: it cost nothing until Monday, January 4" in said[cancelled]
    for subject in (moved, cancelled):
        assert "$75" in said[subject]
    theirs = [text for subject, text in said.items() if not subject.startswith("Your")]
    assert len(theirs) == 2
    assert all("late" in text for text in theirs)
