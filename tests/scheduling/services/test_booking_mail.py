"""Mails about bookings: what they say and to whom, once each."""

import datetime as dt
import re

import pytest
from django.db import transaction
from icalendar import Calendar

from cms.core.models import PracticeSettings
from home.staff_groups import DESK
from scheduling.models import Booking, BookingMail
from scheduling.selectors.openings import Wanted
from scheduling.services.cancel_booking import cancel_booking
from scheduling.services.cancel_for_client import cancel_for_client
from scheduling.services.change_status import staff
from scheduling.services.confirm_booking import ClientDetails, confirm_booking
from scheduling.services.hold_time import hold_time
from scheduling.services.send_booking_mail import resend_booking_mails, send_booking_mail
from scheduling.services.tokens import link_token
from tests.practice import NOW, at
from tests.staff import make_staff
from tests.tasks import enqueued

CLIENT = ClientDetails("Casey O'Sample", "casey@example.org", "+13125550123", "America/New_York")
MINUTE = dt.timedelta(minutes=1)
SEND = "scheduling.tasks.send_booking_mail"


@pytest.fixture
def booking(open_practice):
    open_practice.therapist.email = "ada@example.org"
    open_practice.therapist.credentials = "LCSW"
    open_practice.therapist.save()
    wanted = Wanted(open_practice.therapist, open_practice.service, open_practice.office, at(9))
    held = hold_time(wanted, now=NOW)
    return confirm_booking(held.token, CLIENT, idempotency_key="k", now=NOW).booking


def send_all(now=NOW):
    for name, arguments in enqueued():
        if name == SEND:
            send_booking_mail(*arguments, now=now)


def cancel(booking):
    cancel_booking(link_token(booking.reference), now=booking.cancel_until)


def parts(mail):
    calendar = next(each for each in mail.walk() if each.get_content_type() == "text/calendar")
    return (
        mail.get_body(("plain",)).get_content(),
        mail.get_body(("html",)).get_content(),
        calendar,
    )


def test_both_are_told_of_a_booking_and_payloads_hold_keys_alone(booking, inbox):
    tasks = [each for each in enqueued() if each[0] == SEND]
    assert tasks == [
        (SEND, (booking.pk, "client_confirmed")),
        (SEND, (booking.pk, "therapist_confirmed")),
    ]
    send_all()
    assert inbox.recipients == [["casey@example.org"], ["ada@example.org"]]


def test_a_call_is_announced_as_one(open_practice, inbox):
    open_practice.service.by_phone = True
    open_practice.service.save()
    wanted = Wanted(open_practice.therapist, open_practice.service, open_practice.online, at(9))
    held = hold_time(wanted, now=NOW)
    confirm_booking(held.token, CLIENT, idempotency_key="k", now=NOW)
    send_all()
    plain, html, calendar = parts(inbox.mails[0])
    for said in (plain, html, str(Calendar.from_ical(calendar.get_content()))):
        assert "By phone: we call you" in said
        assert "Online" not in said


def test_what_begins_too_soon_to_be_changed_online_is_said_to(booking, inbox):
    send_all(now=booking.cancel_until + MINUTE)
    for said in parts(inbox.mails[0])[:2]:
        assert "so soon that moving or cancelling it counts as late already" in said
        assert "the practice will tell you" in said
        assert "until" not in said
        assert link_token(booking.reference) in said


def test_the_client_reads_the_time_on_their_own_clock_and_nothing_private(booking, inbox):
    send_all(now=booking.cancel_until)
    mail = inbox.mails[0]
    assert mail["Subject"] == "Your session is booked"
    plain, html, _ = parts(mail)
    for said in (plain, html):
        assert "Tuesday, January 5, 10:00 AM Eastern Time" in said
        assert "South Loop office" in said
        assert "Ada Sample" in said
        assert booking.reference in said
        assert f"http://testserver/book/session/{link_token(booking.reference)}/" in said
        assert "until Monday, January 4, 10:00 AM Eastern Time" in said
    assert "Hello Casey O'Sample," in plain
    assert "LCSW" not in str(mail)
    assert "therap" not in f"{plain}{mail['Subject']}".lower()


def test_the_link_in_the_mail_cancels(booking, inbox, client, clock):
    send_all()
    plain, _, _ = parts(inbox.mails[0])
    link = re.search(r"http://testserver(/book/session/\S+)", plain)[1]
    clock.now = booking.cancel_until
    assert client.post(f"{link}cancel/").status_code == 303
    booking.refresh_from_db()
    assert booking.status == Booking.Status.CANCELLED


def test_the_calendar_file_of_a_client_can_be_saved_and_is_withdrawn_by_the_next(booking, inbox):
    send_all()
    _, _, attached = parts(inbox.mails[0])
    assert attached.get_param("method") == "PUBLISH"
    first = Calendar.from_ical(attached.get_content())
    event = first.walk("VEVENT")[0]
    assert first["METHOD"] == "PUBLISH"
    assert event["UID"] == f"{booking.reference.lower()}@testserver"
    assert (event.start, event.end) == (at(9), at(9, 50))
    assert event["SUMMARY"] == "Session"
    assert "ATTENDEE" not in event
    cancel(booking)
    send_all()
    after = Calendar.from_ical(parts(inbox.mails[2])[2].get_content())
    withdrawn = after.walk("VEVENT")[0]
    assert (after["METHOD"], withdrawn["STATUS"]) == ("CANCEL", "CANCELLED")
    assert withdrawn["UID"] == event["UID"]
    assert withdrawn["SEQUENCE"] > event["SEQUENCE"]


def test_the_therapist_is_invited_without_a_word_about_who(booking, inbox):
    send_all()
    mail = inbox.mails[1]
    assert mail["Subject"] == "Booked: Tuesday, January 5, 9:00 AM Central Time"
    plain, html, attached = parts(mail)
    for private in ("Casey", "casey@", "5550123", "session/"):
        assert private not in plain + html + attached.get_content()
    invitation = Calendar.from_ical(attached.get_content())
    event = invitation.walk("VEVENT")[0]
    assert invitation["METHOD"] == attached.get_param("method") == "REQUEST"
    assert event["ATTENDEE"] == "mailto:ada@example.org"
    assert event["ORGANIZER"] == "mailto:office@example.org"


def test_a_cancellation_tells_both_and_overtakes_what_was_not_sent(booking, inbox):
    cancel(booking)
    send_all()
    assert {mail["Subject"] for mail in inbox.mails} == {
        "Your session is cancelled",
        "Cancelled: Tuesday, January 5, 9:00 AM Central Time",
    }


def test_what_the_desk_cancels_is_told_too(booking):
    cancel_for_client(booking.pk, asked_by_client=False, by=staff(make_staff(DESK)), now=NOW)
    kinds = set(BookingMail.objects.values_list("kind", flat=True))
    assert {"client_cancelled", "therapist_cancelled"} <= kinds


def test_a_task_that_runs_twice_sends_once(booking, inbox):
    send_all()
    send_all(now=NOW + 60 * MINUTE)
    assert len(inbox.mails) == 2
    assert BookingMail.objects.filter(sent_at=NOW).count() == 2


def test_a_mail_that_nothing_asked_for_is_not_sent(booking, inbox):
    assert not send_booking_mail(booking.pk, "client_cancelled", now=NOW)
    assert not send_booking_mail(booking.pk + 1, "client_confirmed", now=NOW)
    assert inbox.mails == []


def test_a_failure_is_kept_without_the_server_s_words_and_tried_again(booking, inbox):
    inbox.refusing = True
    send_all()
    failed = BookingMail.objects.get(kind="client_confirmed")
    assert (failed.failure, failed.tries, failed.sent_at) == ("SMTPDataError", 1, None)
    assert resend_booking_mails(now=NOW + MINUTE) == 0
    inbox.refusing = False
    assert resend_booking_mails(now=NOW + 3 * MINUTE) == 2
    send_all(now=NOW + 3 * MINUTE)
    assert len(inbox.mails) == 2
    failed.refresh_from_db()
    assert (failed.failure, failed.tries) == ("", 2)
    assert resend_booking_mails(now=NOW + 60 * MINUTE) == 0


def test_an_address_that_is_two_is_refused(booking, inbox):
    booking.client_email = "casey@example.org, other@example.org"
    booking.save()
    send_all()
    assert inbox.recipients == [["ada@example.org"]]
    assert BookingMail.objects.get(kind="client_confirmed").failure == "ValidationError"


def test_nothing_is_sent_for_a_booking_that_was_rolled_back(open_practice):
    wanted = Wanted(open_practice.therapist, open_practice.service, open_practice.office, at(9))
    held = hold_time(wanted, now=NOW)
    with transaction.atomic():
        confirm_booking(held.token, CLIENT, idempotency_key="k", now=NOW)
        transaction.set_rollback(True)
    assert not BookingMail.objects.exists()
    assert SEND not in {name for name, _ in enqueued()}


def test_answers_go_to_the_practice(booking, inbox):
    words = PracticeSettings.load()
    words.email = "hello@example.org"
    words.save()
    send_all()
    assert inbox.mails[0]["Reply-To"] == "hello@example.org"
    assert inbox.mails[0]["Auto-Submitted"] == "auto-generated"
