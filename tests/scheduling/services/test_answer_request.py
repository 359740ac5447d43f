"""A time that can only be asked for: kept, answered once, or run out; and everybody is told."""

import datetime as dt

import pytest

from cms.core.models import PracticeSettings
from home.staff_groups import DESK
from scheduling.models import (
    Booking,
    BookingMail,
    BusyTime,
    CalendarFeed,
    Claim,
    Opening,
    SchedulingSettings,
)
from scheduling.selectors.openings import Wanted
from scheduling.selectors.requests import alternatives_to, obstacle_to
from scheduling.services.answer_request import (
    Answer,
    answer_request,
    answerer,
    expire_requests,
    find_by_answer_link,
)
from scheduling.services.cancel_booking import cancel_booking, find_by_link
from scheduling.services.change_status import THERAPIST, staff
from scheduling.services.errors import (
    BookingClosedError,
    LinkUnknownError,
    RequestClosedError,
    RequestImpossibleError,
    TimeTakenError,
)
from scheduling.services.hold_time import hold_time
from scheduling.services.move_booking import move_booking
from scheduling.services.send_booking_mail import send_booking_mail
from scheduling.services.tokens import answer_token, link_token
from tests import feed_server as fs
from tests.practice import NOW, add_therapist, at
from tests.scheduling.asking import HOUR, add_feed, ask_for
from tests.staff import make_staff
from tests.tasks import enqueued, run_rebuilds

Status = Booking.Status
LATER = NOW + HOUR


@pytest.fixture
def practice(open_practice):
    open_practice.therapist.email = "ada@example.org"
    open_practice.therapist.save()
    words = PracticeSettings.load()
    words.email = "desk@example.org"
    words.save()
    return open_practice


@pytest.fixture
def feed(practice):
    return add_feed(practice.therapist, age=7 * HOUR)


@pytest.fixture
def request_(practice, feed):
    return ask_for(practice)


def sent_kinds(booking):
    return sorted(booking.mails.filter(sequence=booking.sequence).values_list("kind", flat=True))


def send_all(now=NOW):
    for name, arguments in enqueued():
        if name == "scheduling.tasks.send_booking_mail":
            send_booking_mail(*arguments, now=now)


def is_open(starts_at):
    return Opening.objects.filter(starts_at=starts_at).exists()


def can_be_held(practice, starts_at, now=LATER):
    wanted = Wanted(practice.therapist, practice.service, practice.online, starts_at)
    try:
        hold_time(wanted, now=now)
    except TimeTakenError:
        return False
    return True


@pytest.mark.parametrize(
    ("age", "status"),
    [(HOUR / 2, Status.CONFIRMED), (HOUR, Status.REQUESTED), (48 * HOUR, Status.REQUESTED)],
)
def test_what_an_old_calendar_can_not_vouch_for_is_asked(practice, age, status):
    add_feed(practice.therapist, age=age)
    assert ask_for(practice).status == status


def test_a_calendar_that_can_be_read_during_the_hold_books_at_once(practice, server):
    server.answers["/private-token.ics"] = fs.calendar(fs.events((at(11), at(12))))
    feed = add_feed(practice.therapist, age=7 * HOUR)
    feed.address = server.url("/private-token.ics")
    feed.save()
    assert ask_for(practice).status == Status.CONFIRMED


def test_a_request_keeps_the_time_and_asks_therapist_and_desk(practice, request_):
    assert request_.answer_until == NOW + (at(9) - NOW) / 2
    assert Claim.objects.filter(booking=request_).count() == 2
    assert not can_be_held(practice, at(9))
    assert sent_kinds(request_) == ["client_asked", "desk_asked", "therapist_asked"]
    assert [each.what for each in request_.changes.all()] == ["asked for"]


def test_the_practice_says_how_long_an_answer_may_take(practice, feed):
    rules = SchedulingSettings.load()
    rules.request_hours = 3
    rules.save()
    assert ask_for(practice).answer_until == NOW + 3 * HOUR


def test_accepting_books_it_with_the_mails_of_a_booking(practice, request_):
    booking = answer_request(request_.pk, Answer.ACCEPT, by=THERAPIST, now=LATER)
    assert (booking.status, booking.sequence) == (Status.CONFIRMED, 1)
    assert {"client_confirmed", "therapist_confirmed"} <= set(sent_kinds(booking))
    assert booking.changes.last().who == "therapist, by the link in a mail"
    assert Claim.objects.filter(booking=booking).count() == 2


def test_declining_as_not_free_closes_the_time(practice, request_):
    answer_request(request_.pk, Answer.NOT_FREE, by=THERAPIST, now=LATER)
    request_.refresh_from_db()
    assert request_.status == Status.DECLINED
    assert sent_kinds(request_) == ["client_declined"]
    off = practice.therapist.time_off.get()
    assert (off.starts_at, off.ends_at) == (at(9), at(9, 50))
    assert not Claim.objects.exists()
    assert not is_open(at(9))
    assert not can_be_held(practice, at(9))


def test_declining_otherwise_offers_the_time_to_others(practice, request_):
    answer_request(request_.pk, Answer.DECLINE, by=THERAPIST, now=LATER)
    assert is_open(at(9))
    assert can_be_held(practice, at(9))


def test_the_desk_can_take_it_back_for_the_client(practice, request_):
    by = staff(make_staff(DESK, name="dana"))
    answer_request(request_.pk, Answer.WITHDRAW, by=by, now=LATER, reason="Called")
    request_.refresh_from_db()
    assert request_.status == Status.CANCELLED
    assert sent_kinds(request_) == ["client_withdrawn", "therapist_withdrawn"]
    assert (request_.changes.last().who, request_.changes.last().reason) == ("dana", "Called")


def test_only_the_first_answer_counts(practice, request_):
    answer_request(request_.pk, Answer.ACCEPT, by=THERAPIST, now=LATER)
    for answer in Answer:
        with pytest.raises(RequestClosedError, match="now: confirmed"):
            answer_request(request_.pk, answer, by=THERAPIST, now=LATER)
    request_.refresh_from_db()
    assert request_.status == Status.CONFIRMED


def test_what_nobody_answers_runs_out_and_is_offered_again(practice, request_):
    until = request_.answer_until
    assert expire_requests(now=until - dt.timedelta(seconds=1)) == 0
    with pytest.raises(RequestClosedError):
        answer_request(request_.pk, Answer.ACCEPT, by=THERAPIST, now=until)
    assert expire_requests(now=until) == 1
    assert expire_requests(now=until) == 0
    request_.refresh_from_db()
    assert (request_.status, request_.changes.last().who) == (Status.EXPIRED, "program")
    assert sent_kinds(request_) == ["client_expired"]
    assert not Claim.objects.exists()
    with pytest.raises(RequestClosedError):
        answer_request(request_.pk, Answer.ACCEPT, by=THERAPIST, now=until)


def test_the_client_takes_it_back_and_the_therapist_need_not_answer(practice, request_):
    token = link_token(request_.reference)
    booking, changed = cancel_booking(token, now=at(8, 59))
    assert (booking.status, changed) == (Status.CANCELLED, True)
    assert sent_kinds(booking) == ["client_withdrawn", "therapist_withdrawn"]
    assert cancel_booking(token, now=at(8, 59)) == (booking, False)


def test_a_calendar_that_is_read_later_confirms_nothing(practice, request_, feed):
    CalendarFeed.objects.update(succeeded_at=LATER)
    run_rebuilds(LATER)
    request_.refresh_from_db()
    assert request_.status == Status.REQUESTED
    assert obstacle_to(request_, now=LATER) is None


def test_busy_time_that_appears_is_said_and_left_to_the_therapist(practice, request_, feed):
    BusyTime.objects.create(feed=feed, generation=1, starts_at=at(9, 30), ends_at=at(10))
    obstacle = obstacle_to(request_, now=LATER)
    assert "calendar says that the time is taken" in obstacle.message
    assert not obstacle.forbids
    booking = answer_request(request_.pk, Answer.ACCEPT, by=THERAPIST, now=LATER)
    assert booking.status == Status.CONFIRMED


def test_nobody_accepts_where_no_license_is_valid(practice, request_):
    practice.therapist.licences.all().delete()
    assert obstacle_to(request_, now=LATER).forbids
    with pytest.raises(RequestImpossibleError, match="No license is valid"):
        answer_request(request_.pk, Answer.ACCEPT, by=THERAPIST, now=LATER)
    request_.refresh_from_db()
    assert request_.status == Status.REQUESTED


def test_a_request_can_not_be_moved(practice, request_):
    with pytest.raises(BookingClosedError):
        move_booking(link_token(request_.reference), at(10), now=LATER)


def test_links_open_what_they_are_for_and_nothing_else(practice, request_):
    token = answer_token(request_.reference, "therapist")
    assert find_by_answer_link(token) == (request_, "therapist")
    for wrong in (
        link_token(request_.reference),
        token.replace("therapist", "desk"),
        f"{token}x",
        token[1:],
        "",
    ):
        with pytest.raises(LinkUnknownError):
            find_by_answer_link(wrong)
    with pytest.raises(LinkUnknownError):
        find_by_link(token)


def test_a_booking_that_nobody_asked_about_has_no_answer(practice):
    booking = ask_for(practice)
    assert booking.status == Status.CONFIRMED
    with pytest.raises(LinkUnknownError):
        find_by_answer_link(answer_token(booking.reference, "therapist"))


def test_whoever_got_the_mail_is_who_answered(practice, request_):
    answer_request(request_.pk, Answer.ACCEPT, by=answerer("desk"), now=LATER)
    assert request_.changes.last().who == "staff, by the link in a mail"


def test_other_times_are_first_those_of_the_same_therapist(practice, request_):
    add_therapist(
        practice.service,
        practice.office,
        practice.online.jurisdiction,
        slug="ben-sample",
        name="Ben Sample",
    )
    run_rebuilds(NOW)
    others = alternatives_to(request_, 4, now=LATER)
    assert [(each.starts_at, each.therapist.name, each.must_ask) for each in others] == [
        (at(10), "Ada Sample", True),
        (at(10, 30), "Ada Sample", True),
        (at(11), "Ada Sample", True),
        (at(10), "Ben Sample", False),
    ]


def test_the_mails_say_what_happens_next_and_name_nobody_to_the_wrong(practice, request_, inbox):
    send_all()
    said = {
        mail["To"]: (mail["Subject"], mail.get_body(("plain",)).get_content())
        for mail in inbox.mails
    }
    assert said.keys() == {"casey@example.org", "ada@example.org", "desk@example.org"}
    subject, text = said["casey@example.org"]
    assert subject == "You asked for a time"
    assert "It is not booked yet" in text
    assert "by Monday, January 4, 10:30 PM Central Time at the latest" in text
    assert f"/book/session/{link_token(request_.reference)}/" in text
    assert "Individual" not in text
    for reader, name in (("ada@example.org", "therapist"), ("desk@example.org", "desk")):
        subject, text = said[reader]
        assert subject == "Yes or no? Tuesday, January 5, 9:00 AM Central Time"
        assert answer_token(request_.reference, name) in text
        for private in ("Casey", "casey@", "5550123", "session/"):
            assert private not in text
    assert not any(
        part.get_content_type() == "text/calendar" for mail in inbox.mails for part in mail.walk()
    )


@pytest.mark.parametrize("ending", ["declined", "expired"])
def test_who_asked_in_vain_reads_how_to_go_on(practice, request_, inbox, ending):
    if ending == "declined":
        answer_request(request_.pk, Answer.NOT_FREE, by=THERAPIST, now=LATER)
    else:
        expire_requests(now=request_.answer_until)
    send_all(now=LATER)
    (mail,) = inbox.mails
    assert mail["To"] == "casey@example.org"
    for kind in ("plain", "html"):
        text = mail.get_body((kind,)).get_content()
        assert "Nothing was booked" in text
        assert "January 5, 10:00 AM Central Time, with Ada Sample (you can ask for it)" in text
        assert link_token(request_.reference) in text
    assert BookingMail.objects.filter(sent_at=None).count() == 0
