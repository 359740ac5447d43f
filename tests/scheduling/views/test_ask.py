"""Asking for a time on the site, and answering by the link in a mail, without JavaScript."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.urls import reverse

from locations.models import Room
from scheduling.models import Booking, BusyTime, CalendarFeed, Hold, TimeOff
from scheduling.services.answer_request import Answer, answer_request, expire_requests
from scheduling.services.change_status import THERAPIST
from scheduling.services.rebuild_openings import rebuild_openings
from scheduling.services.tokens import answer_token, link_token
from tests.practice import NOW, add_therapist, at
from tests.scheduling.asking import HOUR, add_feed, ask_for

PLACE = {"place": "south-loop", "service": "individual"}
DETAILS = {
    "name": "Casey Sample",
    "email": "casey@example.org",
    "phone": "(312) 555-0123",
    "accept": "on",
    "policy": "1",
    "key": "a-key",
}
Status = Booking.Status


@pytest.fixture
def practice(open_practice):
    add_feed(open_practice.therapist, age=7 * HOUR)
    return open_practice


@pytest.fixture
def request_(practice):
    return ask_for(practice)


@pytest.fixture
def page(request_):
    return reverse("book:answer", args=[answer_token(request_.reference, "therapist")])


def text(response):
    body = re.sub(r"<(script|style).*?</\1>", "", response.content.decode(), flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", body).replace("&#x27;", "'").split())


def session_page(booking):
    return reverse("book:session", args=[link_token(booking.reference)])


def hold(client):
    opening = f"{at(9):%Y-%m-%dT%H:%MZ}~ada-sample"
    return client.post("/book/hold/", PLACE | {"opening": opening}).headers["Location"]


def test_times_say_that_they_can_only_be_asked_for(client, practice):
    shown = client.get("/book/", PLACE)
    said = text(shown)
    assert "9:00 AM Ask for this time Ada Sample" in said
    assert "you hear by mail whether it is booked" in said
    assert "Tuesday, January 5, 5 times to ask for" in shown.content.decode()
    assert "With a dashed line: you can ask for them." in said


def test_a_day_with_both_kinds_of_times_says_so(client, practice):
    Room.objects.create(office=practice.office, name="Room 2")
    jurisdiction = practice.online.jurisdiction
    other = add_therapist(
        practice.service, practice.office, jurisdiction, slug="ben-sample", name="Ben Sample"
    )
    rebuild_openings(other.pk, now=NOW)
    shown = client.get("/book/", PLACE)
    body = shown.content.decode()
    assert "Tuesday, January 5, 10 free times, 5 of them to ask for" in body
    assert 'class="to-ask"' not in body
    assert "9:00 AM Ask for this time Ada Sample 9:00 AM Ben Sample" in text(shown)


def test_where_everything_is_fresh_nothing_speaks_of_asking(client, practice):
    CalendarFeed.objects.update(succeeded_at=NOW)
    assert "ask for" not in text(client.get("/book/", PLACE)).lower()
    assert "ask for" not in text(client.get(hold(client))).lower()


def test_asking_leads_to_a_page_that_says_what_happens_next(client, practice):
    page = hold(client)
    said = text(client.get(page))
    assert "this time is not certain yet" in said
    assert "Ask for this time" in said
    assert "Book this time" not in said
    answer = client.post(page, DETAILS)
    booking = Booking.objects.get()
    assert booking.status == Status.REQUESTED
    assert answer.headers["Location"] == session_page(booking)
    said = text(client.get(answer.headers["Location"]))
    assert "You asked for this time" in said
    assert "It is not booked yet." in said
    assert "until Monday, January 4, 10:30 PM Central Time at the latest" in said
    assert "Add to my calendar" not in said
    assert "Casey" not in said


def test_a_request_is_in_no_calendar_and_can_be_taken_back(client, request_):
    token = link_token(request_.reference)
    calendar = client.get(reverse("book:calendar", args=[token]))
    assert calendar.headers["Location"] == session_page(request_)
    cancel = reverse("book:cancel", args=[token])
    assert "Take your request back?" in text(client.get(cancel))
    assert Booking.objects.get().status == Status.REQUESTED
    said = text(client.post(cancel, follow=True))
    assert "Your request is taken back" in said
    assert "Nothing was booked" in said
    move = text(client.get(reverse("book:move", args=[token])))
    assert "there is nothing to move" in move


@pytest.mark.parametrize(
    ("ending", "title", "first"),
    [
        ("declined", "not possible after all", at(10)),
        ("expired", "We have no answer for you yet", at(10, 30)),
    ],
)
def test_who_asked_in_vain_chooses_another_time_there(
    client, request_, clock, ending, title, first
):
    if ending == "declined":
        answer_request(request_.pk, Answer.NOT_FREE, by=THERAPIST, now=NOW)
    else:
        clock.now = request_.answer_until
        expire_requests(now=clock.now)
    shown = client.get(session_page(request_))
    said = text(shown)
    assert title in said
    assert "Nothing was booked" in said
    values = re.findall(r'name="opening" value="([^"]+)"', shown.content.decode())
    assert client.post("/book/hold/", PLACE | {"opening": values[0]}).status_code == 303
    assert Hold.objects.get().starts_at == first


def test_the_link_shows_first_and_names_no_client(client, request_, page):
    shown = client.get(page)
    assert shown.status_code == 200
    assert "no-store" in shown.headers["Cache-Control"]
    said = text(shown)
    assert "Tuesday, January 5, 9:00 AM Central Time" in said
    assert "Please answer by Monday, January 4, 10:30 PM Central Time" in said
    for private in ("Casey", "casey@", "555"):
        assert private not in shown.content.decode()
    assert Booking.objects.get().status == Status.REQUESTED


def test_one_click_accepts_and_a_replay_says_what_it_is_now(client, request_, page):
    done = client.post(page, {"answer": "accept"}, follow=True)
    assert "Accepted" in text(done)
    assert Booking.objects.get().status == Status.CONFIRMED
    again = client.post(page, {"answer": "not_free"})
    assert again.status_code == 409
    assert "now: confirmed. Nothing was changed" in text(again)
    assert "Accept: it takes place" not in again.content.decode()
    assert Booking.objects.get().status == Status.CONFIRMED
    assert not TimeOff.objects.exists()
    assert "is booked" in text(client.get(session_page(request_)))


def test_one_click_declines(client, request_, page):
    assert "Declined" in text(client.post(page, {"answer": "not_free"}, follow=True))
    assert TimeOff.objects.exists()


@pytest.mark.parametrize("answer", ["", "withdraw", "confirmed", "x\0"])
def test_what_is_no_answer_changes_nothing(client, request_, page, answer):
    response = client.post(page, {"answer": answer})
    assert response.status_code == 400
    assert "Accept: it takes place" in text(response)
    assert Booking.objects.get().status == Status.REQUESTED


def test_a_link_that_has_run_out_says_so(client, request_, page, clock):
    clock.now = request_.answer_until
    assert "The request has run out" in text(client.get(page))
    assert client.post(page, {"answer": "accept"}).status_code == 409
    assert Booking.objects.get().status == Status.REQUESTED
    expire_requests(now=clock.now)
    assert "The request has run out" in text(client.get(page))


def test_a_link_of_another_kind_or_an_altered_one_opens_nothing(client, request_):
    for token in (link_token(request_.reference), "x", f"{request_.reference}-therapist.x"):
        response = client.get(reverse("book:answer", args=[token]))
        assert response.status_code == 404
        assert "This link does not work" in text(response)


def test_busy_time_over_the_request_is_said_before_the_answer(client, request_, page):
    BusyTime.objects.create(
        feed=CalendarFeed.objects.get(), generation=1, starts_at=at(9), ends_at=at(10)
    )
    said = text(client.get(page))
    assert "something speaks against it. A calendar says that the time is taken" in said
    assert "Accept: it takes place" in said


def test_what_may_not_take_place_can_only_be_declined(client, practice, request_, page):
    practice.therapist.licences.all().delete()
    said = text(client.get(page))
    assert "It can’t be accepted as it is." in said
    assert "Accept: it takes place" not in said
    refused = client.post(page, {"answer": "accept"})
    assert refused.status_code == 409
    assert "No license is valid" in text(refused)


def test_the_answer_needs_the_forms_protection_token(request_, page):
    client = Client(enforce_csrf_checks=True)
    assert client.post(page, {"answer": "accept"}).status_code == 403
    assert Booking.objects.get().status == Status.REQUESTED


def test_a_session_is_not_moved_to_a_time_that_can_only_be_asked_for(client, practice):
    CalendarFeed.objects.update(succeeded_at=NOW)
    booking = ask_for(practice, at(9, day=dt.date(2027, 1, 12)))
    assert booking.status == Status.CONFIRMED
    CalendarFeed.objects.update(succeeded_at=NOW - 7 * HOUR)
    shown = client.get(reverse("book:move", args=[link_token(booking.reference)]))
    assert "no other time can be promised here" in text(shown)
    assert 'name="opening"' not in shown.content.decode()


def test_the_pages_of_therapists_say_it_too(client, practice):
    said = text(client.get("/book/", {"place": "online-il", "service": "individual"}))
    assert "Ask for this time" in said
