"""A series: every date decided like a single one, booked together, given back one by one."""

import datetime as dt

import pytest
from icalendar import Calendar

from scheduling.models import (
    Booking,
    BookingMail,
    BusyTime,
    CalendarFeed,
    Claim,
    Hold,
    SchedulingSettings,
    Series,
    TimeOff,
)
from scheduling.selectors.openings import Wanted
from scheduling.selectors.series import series_report
from scheduling.services.cancel_booking import cancel_booking
from scheduling.services.cancel_series import cancel_series
from scheduling.services.confirm_booking import ClientDetails
from scheduling.services.confirm_series import SeriesWish, confirm_series
from scheduling.services.errors import (
    CalendarUncertainError,
    DatesTakenError,
    LinkUnknownError,
    TimeTakenError,
    TooManyHoldsError,
)
from scheduling.services.hold_series import hold_series
from scheduling.services.hold_time import hold_time
from scheduling.services.move_booking import move_booking
from scheduling.services.rebuild_openings import Difference, rebuild_openings
from scheduling.services.release_hold import release_hold
from scheduling.services.send_booking_mail import send_booking_mail
from scheduling.services.tokens import link_token, new_token, series_token
from tests.practice import NOW, TUESDAY, at
from tests.tasks import enqueued

CLIENT = ClientDetails("Casey Sample", "casey@example.org", "", "America/New_York", (24,))
TOKEN = new_token()
WEEK, MINUTE = dt.timedelta(weeks=1), dt.timedelta(minutes=1)
SEND = "scheduling.tasks.send_booking_mail"


def week(number, hour=10):
    return at(hour, day=TUESDAY + number * WEEK)


FOUR = tuple(map(week, range(1, 5)))


@pytest.fixture
def practice(open_practice):
    open_practice.therapist.email = "ada@example.org"
    open_practice.therapist.save()
    return open_practice


@pytest.fixture
def wanted(practice):
    return Wanted(practice.therapist, practice.service, practice.office, FOUR[0])


def be_away(practice, start):
    TimeOff.objects.create(
        therapist=practice.therapist, starts_at=start, ends_at=start + dt.timedelta(hours=1)
    )


def book(wanted, starts=FOUR, *, key="k", now=NOW, **wish):
    wish = SeriesWish(starts, 1, **wish)
    return confirm_series(TOKEN, wanted, wish, CLIENT, idempotency_key=key, now=now)


def hold(wanted, starts=FOUR, *, token=None, now=NOW, **options):
    return hold_series(token or TOKEN, wanted, starts, now=now, **options)


def starts_of(sessions):
    return tuple(each.starts_at for each in sessions)


def nothing_differs(practice, now=NOW):
    return rebuild_openings(practice.therapist.pk, now=now, check=True) == Difference(0, 0)


def test_each_date_is_free_or_says_why_not_with_what_is_nearest(practice, wanted):
    be_away(practice, FOUR[1])
    report = series_report(wanted, [*FOUR[:3], week(30)], now=NOW)
    assert [each.refusal for each in report] == [
        "",
        "This time is not free.",
        "",
        "This is further ahead than can be booked now.",
    ]
    assert report[1].alternatives == (week(2, 9), week(2, 11))
    assert report[3].alternatives == ()
    practice.therapist.accepts_clients = False
    refused = series_report(wanted, FOUR, now=NOW)
    assert {each.refusal for each in refused} == {"This can't be booked here on the site."}


def test_a_report_agrees_with_what_can_be_held_alone(practice, wanted):
    hold_time(wanted._replace(starts_at=FOUR[2]), now=NOW)
    for each in series_report(wanted, FOUR, now=NOW):
        try:
            hold_time(wanted._replace(starts_at=each.starts_at), now=NOW)
        except TimeTakenError:
            assert each.refusal
        else:
            assert not each.refusal


def test_all_dates_are_held_in_place_of_the_one_that_was(practice, wanted):
    alone = hold_time(wanted, now=NOW, token=TOKEN).hold
    assert {each.refusal for each in series_report(wanted, FOUR, now=NOW, own=[alone])} == {""}
    held = hold(wanted, now=NOW + MINUTE)
    assert starts_of(held) == starts_of(Hold.objects.order_by("starts_at")) == FOUR
    assert Claim.objects.count() == 8
    assert nothing_differs(practice)
    again = hold(wanted, FOUR[1:], now=NOW + MINUTE)
    assert starts_of(again) == starts_of(Hold.objects.order_by("starts_at")) == FOUR[1:]
    assert release_hold(TOKEN, now=NOW)
    assert not Hold.objects.exists()
    assert nothing_differs(practice)


def test_they_are_held_all_or_none(practice, wanted):
    alone = hold_time(wanted, now=NOW, token=TOKEN).hold
    hold_time(wanted._replace(starts_at=FOUR[2]), now=NOW)
    with pytest.raises(DatesTakenError) as refusal:
        hold(wanted)
    assert refusal.value.lost == (FOUR[2],)
    assert Hold.objects.filter(pk=alone.pk).exists()
    assert Hold.objects.count() == 2


def test_no_more_are_held_than_are_allowed(practice, wanted, settings):
    settings.HOLDS_PER_ADDRESS = 4
    hold_time(wanted, now=NOW, token=TOKEN, client_index="somewhere")
    assert len(hold(wanted, client_index="somewhere")) == 4
    with pytest.raises(TooManyHoldsError):
        hold(wanted, [week(5)], token="another", client_index="somewhere")
    SchedulingSettings.objects.update(series_limit=2)
    assert starts_of(hold(wanted, client_index="somewhere")) == FOUR[:2]


def test_one_session_a_day_whatever_was_asked_for(practice, wanted):
    assert starts_of(hold(wanted, [week(1), week(1, 11), week(2)])) == FOUR[:2]
    with pytest.raises(DatesTakenError):
        hold(wanted, [])


def test_a_series_is_booked_once_each_date_with_its_own_cut_off(practice, wanted):
    hold(wanted)
    booked = book(wanted, now=NOW + MINUTE)
    assert starts_of(booked.bookings) == FOUR
    assert [each.cancel_until for each in booked.bookings] == [
        start - dt.timedelta(hours=24) for start in FOUR
    ]
    assert {each.room for each in booked.bookings} == {practice.room}
    assert {each.changes.count() for each in booked.bookings} == {1}
    assert not Hold.objects.exists()
    assert Claim.objects.filter(booking__series=booked.series).count() == 8
    assert nothing_differs(practice)
    again = book(wanted, now=NOW + 2 * MINUTE)
    assert (again.is_new, again.series, again.bookings) == (False, booked.series, booked.bookings)
    with pytest.raises(DatesTakenError):
        book(wanted, key="another")
    assert Booking.objects.count() == 4


def test_dates_whose_hold_has_run_out_are_booked_if_they_are_free(practice, wanted):
    hold(wanted)
    later = NOW + 11 * MINUTE
    hold_time(wanted._replace(starts_at=FOUR[1]), now=later)
    booked = book(wanted, now=later)
    assert starts_of(booked.bookings) == (FOUR[0], *FOUR[2:])
    assert booked.series.lost == [FOUR[1].isoformat()]
    assert nothing_differs(practice, later)


def test_a_date_that_a_calendar_takes_during_the_hold_is_left_out_or_all_are(practice, wanted):
    hold(wanted)
    feed = CalendarFeed.objects.create(
        therapist=practice.therapist,
        name="Sample",
        address="https://127.0.0.1:1/calendar.ics",
        succeeded_at=NOW,
        covered_until=NOW + dt.timedelta(days=90),
    )
    BusyTime.objects.create(feed=feed, generation=1, starts_at=FOUR[3], ends_at=FOUR[3] + MINUTE)
    with pytest.raises(DatesTakenError) as refusal:
        book(wanted, all_or_nothing=True)
    assert refusal.value.lost == (FOUR[3],)
    assert (Hold.objects.count(), Booking.objects.count()) == (4, 0)
    booked = book(wanted)
    assert starts_of(booked.bookings) == FOUR[:3]
    assert (Hold.objects.count(), Claim.objects.count()) == (0, 6)


def test_an_old_calendar_books_nothing(practice, wanted):
    hold(wanted)
    CalendarFeed.objects.create(
        therapist=practice.therapist,
        name="Sample",
        address="https://127.0.0.1:1/calendar.ics",
        succeeded_at=NOW - dt.timedelta(hours=1),
        covered_until=NOW + dt.timedelta(days=90),
    )
    with pytest.raises(CalendarUncertainError):
        book(wanted)
    CalendarFeed.objects.update(succeeded_at=None)
    with pytest.raises(DatesTakenError):
        hold(wanted)
    assert not Series.objects.exists()


def test_one_is_cancelled_or_all_that_still_can_be(practice, wanted):
    booked = book(wanted)
    link = series_token(booked.series.reference)
    first, second, *rest = booked.bookings
    cancel_booking(link_token(second.reference), now=NOW)
    late = first.cancel_until + MINUTE
    rebuild_openings(practice.therapist.pk, now=late)
    assert cancel_series(link, now=late) == rest
    assert cancel_series(link, now=late) == []
    first.refresh_from_db()
    assert first.status == Booking.Status.CONFIRMED
    assert list(Claim.objects.values_list("booking", flat=True).distinct()) == [first.pk]
    assert nothing_differs(practice, late)
    for altered in (f"{link}x", link_token(booked.series.reference), ""):
        with pytest.raises(LinkUnknownError):
            cancel_series(altered, now=NOW)


def send_all(now=NOW):
    for name, arguments in enqueued():
        if name == SEND:
            send_booking_mail(*arguments, now=now)


def files(mail):
    return [
        Calendar.from_ical(part.get_content())
        for part in mail.walk()
        if part.get_content_type() == "text/calendar"
    ]


def events(calendars):
    return [event for calendar in calendars for event in calendar.walk("VEVENT")]


def test_each_is_told_in_one_mail_of_all_the_dates(practice, wanted, inbox):
    hold(wanted)
    hold_time(wanted._replace(starts_at=week(5)), now=NOW)
    booked = book(wanted, (*FOUR, week(5)))
    send_all()
    send_all()
    to_client, to_therapist = inbox.mails
    assert inbox.recipients == [["casey@example.org"], ["ada@example.org"]]
    assert to_client["Subject"] == "Your sessions are booked"
    assert "Individual" not in to_client.as_string()
    for part in ("plain", "html"):
        said = to_client.get_body((part,)).get_content()
        for day in ("12", "19", "26"):
            assert f"Tuesday, January {day}, 11:00 AM Eastern Time" in said
        assert "February 9" in said.partition("Not booked")[2]
        assert f"/book/series/{series_token(booked.series.reference)}/" in said
        assert "Casey" not in to_therapist.get_body((part,)).get_content()
    (calendar,) = files(to_client)
    assert calendar["METHOD"] == "PUBLISH"
    assert tuple(event.start for event in events([calendar])) == FOUR
    invitations = files(to_therapist)
    assert [each["METHOD"] for each in invitations] == ["REQUEST"] * 4
    assert [each["UID"] for each in events(invitations)] == [
        each["UID"] for each in events([calendar])
    ]


def test_a_cancelled_rest_is_one_mail_each_too(practice, wanted, inbox):
    booked = book(wanted)
    send_all()
    inbox.mails.clear()
    cancel_series(series_token(booked.series.reference), now=booked.bookings[0].cancel_until)
    send_all()
    to_client, to_therapist = inbox.mails
    assert to_client["Subject"] == "Your sessions are cancelled"
    for mail in (to_client, to_therapist):
        assert [each["METHOD"] for each in files(mail)] == ["CANCEL"] * 4
        assert {str(each["STATUS"]) for each in events(files(mail))} == {"CANCELLED"}
    assert not BookingMail.objects.filter(kind="client_reminder").exists()


def test_a_mail_that_comes_late_tells_what_is_true_then(practice, wanted, inbox):
    booked = book(wanted)
    cancel_booking(link_token(booked.bookings[0].reference), now=NOW)
    move_booking(link_token(booked.bookings[1].reference), week(2, 11), now=NOW)
    send_all()
    (mail,) = (mail for mail in inbox.mails if mail["Subject"] == "Your sessions are booked")
    assert tuple(event.start for event in events(files(mail))) == (week(2, 11), *FOUR[2:])


def test_what_is_cancelled_at_once_is_not_announced(practice, wanted, inbox):
    booked = book(wanted)
    cancel_series(series_token(booked.series.reference), now=NOW)
    send_all()
    assert inbox.mails[0]["Subject"] == "Your sessions are cancelled"
    assert len(inbox.mails) == 2


def test_each_date_has_its_reminder(practice, wanted):
    book(wanted)
    reminders = BookingMail.objects.filter(kind="client_reminder").order_by("due_at")
    assert [each.due_at for each in reminders] == [start - dt.timedelta(days=1) for start in FOUR]


def test_a_token_of_its_own_for_each_client(practice, wanted):
    hold(wanted, token=new_token())
    with pytest.raises(DatesTakenError):
        hold(wanted, token=new_token())
