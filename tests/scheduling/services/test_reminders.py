"""Reminders: at the times the client chose, for what stands, and never twice."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from cms.core.models import PracticeSettings
from scheduling import tasks
from scheduling.models import Booking, BookingMail, SchedulingSettings
from scheduling.selectors.openings import Wanted
from scheduling.services import send_reminders as module
from scheduling.services.cancel_booking import cancel_booking
from scheduling.services.choose_reminders import choose_reminders
from scheduling.services.confirm_booking import ClientDetails, confirm_booking
from scheduling.services.errors import BookingClosedError
from scheduling.services.hold_time import hold_time
from scheduling.services.move_booking import move_booking
from scheduling.services.rebuild_openings import rebuild_openings
from scheduling.services.send_reminders import send_due_reminders, send_reminder
from scheduling.services.tokens import link_token
from tests.practice import NOW, TUESDAY, at
from tests.tasks import enqueued, run_all

EARLY = NOW - dt.timedelta(days=3)
MINUTE, HOUR, DAY = dt.timedelta(minutes=1), dt.timedelta(hours=1), dt.timedelta(days=1)
START, NEXT_WEEK = at(11), at(11, day=TUESDAY + 7 * DAY)
DAY_BEFORE, TWO_HOURS_BEFORE = START - DAY, START - 2 * HOUR


@pytest.fixture
def practice(open_practice):
    rebuild_openings(open_practice.therapist.pk, now=EARLY)
    return open_practice


def book(practice, *hours, zone="America/Chicago", starts_at=START):
    client = ClientDetails("Casey Sample", "casey@example.org", "", zone, hours or None)
    wanted = Wanted(practice.therapist, practice.service, practice.office, starts_at)
    held = hold_time(wanted, now=EARLY)
    return confirm_booking(held.token, client, idempotency_key="k", now=EARLY).booking


def due(booking):
    return list(
        booking.mails.exclude(due_at=None).order_by("due_at").values_list("due_at", flat=True)
    )


def send_all(now):
    """Do what the clock and the queue do at the instant `now`; return how many were sent."""
    send_due_reminders(now=now)
    waiting = {arguments[0] for name, arguments in enqueued() if name == module.SEND_REMINDER}
    return sum(send_reminder(key, now=now) for key in waiting)


def test_they_come_when_the_client_chose_and_by_default_as_the_practice_did(practice):
    assert due(book(practice, 24, 2)) == [DAY_BEFORE, TWO_HOURS_BEFORE]
    assert due(book(practice, starts_at=at(9))) == [at(9) - DAY]
    assert due(book(practice, 2, starts_at=at(9, day=NEXT_WEEK.date()))) == [
        at(20, day=NEXT_WEEK.date() - DAY)
    ]


def test_it_is_night_where_the_client_is_too(practice):
    SchedulingSettings.load()  # writes the first row
    SchedulingSettings.objects.update(quiet_from=dt.time(10), quiet_until=dt.time(11))
    booking = book(practice, 2, zone="America/New_York")
    assert at(9) == TWO_HOURS_BEFORE  # ten o'clock in New York
    assert due(booking) == [at(8)]


def test_a_reminder_is_sent_once_and_says_when_and_where_alone(practice, inbox):
    book(practice, 24, zone="America/New_York")
    assert send_all(DAY_BEFORE - MINUTE) == 0
    assert send_all(DAY_BEFORE) == 1
    assert send_all(DAY_BEFORE + 5 * MINUTE) == 0
    (mail,) = inbox.mails
    assert mail["Subject"] == "Reminder: Tuesday, January 5, 12:00 PM Eastern Time"
    for part in ("plain", "html"):
        said = mail.get_body((part,)).get_content()
        assert "Tuesday, January 5, 12:00 PM Eastern Time" in said
        assert "South Loop office" in said
        assert "/book/session/" in said
        for private in ("Ada", "therap", practice.service.name):
            assert private.lower() not in said.lower()
    assert [part.get_content_type() for part in mail.walk()][1:] == ["text/plain", "text/html"]


def test_each_reminder_of_a_session_is_a_mail_of_its_own(practice, inbox):
    book(practice, 24, 2)
    assert send_all(DAY_BEFORE) + send_all(TWO_HOURS_BEFORE) == 2
    assert len({mail["Message-ID"] for mail in inbox.mails}) == 2


def test_a_worker_that_died_over_a_reminder_leaves_it_unsent(practice, inbox, monkeypatch):
    """Whether the mail went out is not known: one too many is worse than none."""
    booking = book(practice, 24)

    def die(mail, now):
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(module, "deliver", die)
        with pytest.raises(SystemExit):
            send_all(DAY_BEFORE)
    assert booking.mails.get(kind="client_reminder").tries == 1
    assert send_all(DAY_BEFORE + 10 * MINUTE) == 0
    assert inbox.mails == []


def test_what_the_server_refused_is_tried_again_within_the_hour(practice, inbox):
    booking = book(practice, 24)
    inbox.refusing = True
    assert send_all(DAY_BEFORE) == 0
    inbox.refusing = False
    assert send_all(DAY_BEFORE + MINUTE) == 0
    assert send_all(DAY_BEFORE + 10 * MINUTE) == 1
    assert booking.mails.get(kind="client_reminder").failure == ""


def test_what_may_have_been_taken_is_not_tried_again(practice, inbox):
    booking = book(practice, 24)
    booking.mails.filter(kind="client_reminder").update(
        tried_at=DAY_BEFORE, tries=1, failure="SMTPServerDisconnected"
    )
    assert send_all(DAY_BEFORE + 10 * MINUTE) == 0


def test_a_worker_that_was_down_sends_nothing_that_it_missed(practice, inbox):
    booking = book(practice, 24, 2)
    assert send_all(DAY_BEFORE + HOUR) == 0
    assert due(booking) == [TWO_HOURS_BEFORE]
    assert send_all(START) == 0
    assert due(booking) == []
    assert inbox.mails == []


def test_a_task_that_waited_too_long_sends_nothing(practice, inbox):
    booking = book(practice, 24)
    mail = booking.mails.get(kind="client_reminder")
    assert not send_reminder(mail.pk, now=DAY_BEFORE + HOUR)
    assert not send_reminder(mail.pk + 1, now=DAY_BEFORE)
    assert not send_reminder(booking.mails.exclude(pk=mail.pk).first().pk, now=DAY_BEFORE)
    SchedulingSettings.load()  # writes the first row
    SchedulingSettings.objects.update(quiet_from=dt.time(11), quiet_until=dt.time(12))
    assert not send_reminder(mail.pk, now=DAY_BEFORE)
    assert inbox.mails == []


def test_a_cancelled_session_has_none(practice, inbox):
    booking = book(practice, 24, 2)
    kept = booking.mails.get(due_at=DAY_BEFORE).pk
    cancel_booking(link_token(booking.reference), now=EARLY)
    assert due(booking) == []
    assert not send_reminder(kept, now=DAY_BEFORE)


def test_after_a_move_they_come_for_the_new_time(practice, inbox):
    booking = book(practice, 24, 2)
    move_booking(link_token(booking.reference), NEXT_WEEK, now=EARLY)
    assert due(booking) == [NEXT_WEEK - DAY, NEXT_WEEK - 2 * HOUR]
    assert send_all(DAY_BEFORE) == 0
    assert send_all(NEXT_WEEK - DAY) == 1
    assert "January 12" in inbox.mails[0]["Subject"]


def test_what_is_not_confirmed_has_none(practice, inbox):
    booking = book(practice, 24)
    Booking.objects.update(status="requested")
    assert send_all(DAY_BEFORE) == 0
    assert not inbox.mails
    tasks.plan_all_reminders()
    assert due(booking) == [DAY_BEFORE]


def test_choosing_anew_replaces_what_was_not_sent(practice, inbox):
    booking = book(practice, 24)
    token = link_token(booking.reference)
    choose_reminders(token, [2, 24, 2], now=EARLY)
    assert due(booking) == [DAY_BEFORE, TWO_HOURS_BEFORE]
    assert send_all(DAY_BEFORE) == 1
    choose_reminders(token, [24], now=DAY_BEFORE + MINUTE)
    assert send_all(DAY_BEFORE + 5 * MINUTE) == 0
    assert due(booking) == [DAY_BEFORE]
    cancel_booking(token, now=EARLY)
    with pytest.raises(BookingClosedError):
        choose_reminders(token, [], now=EARLY)


def test_other_quiet_hours_move_what_was_planned(practice, clock):
    booking = book(practice, 2)
    clock.now = EARLY
    rules = SchedulingSettings.load()
    rules.quiet_from, rules.quiet_until = dt.time(19), dt.time(10)
    with pytest.raises(ValidationError, match="too little of the day"):
        rules.full_clean()
    rules.quiet_from = dt.time(20)
    rules.full_clean()
    rules.save()
    run_all()
    assert due(booking) == [at(19, day=TUESDAY - DAY)]


def test_an_unsent_reminder_is_no_mail_in_need_of_sending_again(practice):
    book(practice, 24)
    BookingMail.objects.filter(due_at=None).update(sent_at=EARLY)
    before = len(enqueued())
    assert tasks.mails.resend_booking_mails(now=EARLY + HOUR) == 0
    assert len(enqueued()) == before


def test_a_practice_may_offer_none(practice):
    rules = SchedulingSettings.load()
    rules.early_reminder_hours = rules.late_reminder_hours = None
    rules.save()
    assert rules.offered_reminders == rules.ticked_reminders == ()
    assert due(book(practice)) == []


def choose_on(client, page, *reminders):
    data = {"reminders": [str(hours) for hours in reminders]}
    return client.post(f"{page}reminders/", data, follow=True).content.decode()


def test_the_page_of_a_session_says_when_they_come_and_takes_another_choice(
    practice, client, clock
):
    clock.now = EARLY
    booking = book(practice, 24)
    page = f"/book/session/{link_token(booking.reference)}/"
    assert "Monday, January 4, 11:00 AM" in client.get(page).content.decode()
    said = choose_on(client, page, 24, 2)
    assert "Monday, January 4, 11:00 AM" in said
    assert "Tuesday, January 5, 9:00 AM" in said
    assert due(booking) == [DAY_BEFORE, TWO_HOURS_BEFORE]
    assert "No reminder is on its way" in choose_on(client, page)
    assert "No reminder is on its way" in choose_on(client, page, 7)
    assert due(booking) == []
    assert client.post("/book/session/x/reminders/").status_code == 404
    cancel_booking(link_token(booking.reference), now=EARLY)
    assert PracticeSettings.load().session_word in choose_on(client, page, 24)
    assert due(booking) == []


def test_the_form_of_a_held_time_asks(practice, client, clock):
    clock.now = EARLY
    opening = f"{START:%Y-%m-%dT%H:%MZ}~ada-sample"
    choice = {"place": "south-loop", "service": "individual", "opening": opening}
    form = client.post("/book/hold/", choice).headers["Location"]
    said = client.get(form).content.decode()
    assert "1 day before" in said
    assert "2 hours before" in said
    details = {
        "name": "Casey Sample",
        "email": "casey@example.org",
        "phone": "(312) 555-0199",
        "accept": "on",
        "policy": "1",
        "key": "a-key",
    }
    assert client.post(form, details | {"reminders": ["9"]}).status_code == 422
    assert client.post(form, details | {"reminders": ["2"]}).status_code == 303
    assert due(Booking.objects.get()) == [TWO_HOURS_BEFORE]
