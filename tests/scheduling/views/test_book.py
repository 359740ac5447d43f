"""Booking on the site, as a browser without JavaScript does it."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from locations.models import Jurisdiction, Place, ServiceArea
from scheduling.models import Booking, Hold, Licence, Policy, Service
from scheduling.services.rebuild_openings import rebuild_openings
from scheduling.services.tokens import link_token
from tests.practice import NOW, TUESDAY, add_therapist, at
from tests.texts import text

MINUTE = dt.timedelta(minutes=1)
PLACE = {"place": "south-loop", "service": "individual"}
DETAILS = {
    "name": "Casey Sample",
    "email": "casey@example.org",
    "phone": "(312) 555-0123",
    "accept": "on",
    "policy": "1",
    "key": "a-key",
}


@pytest.fixture
def practice(open_practice):
    return open_practice


def hold(client, starts_at=None, **changes):
    opening = f"{starts_at or at(9):%Y-%m-%dT%H:%MZ}~ada-sample"
    return client.post("/book/hold/", PLACE | {"opening": opening} | changes)


def book(client, **changes):
    page = hold(client).headers["Location"]
    return client.post(page, DETAILS | changes)


def test_the_first_page_asks_where_and_what(client, practice):
    response = client.get("/book/")
    assert response.status_code == 200
    said = text(response)
    assert "In person at the South Loop office" in said
    assert "Online, and I will be in Illinois" in said
    assert "Individual therapy 50 minutes, $150 a session" in said
    assert "Ada Sample" in said


def test_a_place_alone_shows_its_first_free_day(client, practice):
    response = client.get("/book/", {"place": "south-loop"})
    said = text(response)
    assert (
        "Tuesday, January 5, 5 free times"
        in client.get("/book/", {"place": "south-loop"}).content.decode()
    )
    assert "Morning 9:00 AM Ada Sample 9:30 AM Ada Sample" in said
    assert "Central Time" in said


def test_a_later_day_can_be_asked_for(client, practice):
    said = text(client.get("/book/", PLACE | {"day": "2027-01-07"}))
    assert "nothing free on the day you asked for" in said
    assert "Tuesday, January 12 " in said


def test_both_clocks_are_shown_where_they_differ(client, practice):
    district = Jurisdiction.objects.create(code="DC", name="D.C.", time_zone="America/New_York")
    ServiceArea.objects.create(name="D.C.", slug="online-dc", jurisdiction=district)
    Licence.objects.create(
        therapist=practice.therapist,
        jurisdiction=district,
        authority="Sample authority",
        number="SAMPLE-2",
        valid_until=dt.date(2030, 12, 31),
    )
    rebuild_openings(practice.therapist.pk, now=NOW)
    said = text(client.get("/book/", {"place": "online-dc"}))
    assert "All times are Eastern Time, the clock where you will be." in said
    assert "10:00 AM 9:00 AM Central Time Ada Sample" in said


def test_who_will_be_somewhere_else_gets_an_honest_answer(client, practice):
    response = client.get("/book/", {"place": "elsewhere"})
    assert "can’t see you where you will be" in text(response)
    assert "Online in Illinois" in text(response)


@pytest.mark.parametrize("query", [{}, {"place": "south-loop"}])
@pytest.mark.parametrize("missing", ["services", "places"])
def test_where_nothing_can_be_booked_nothing_is_asked(client, practice, query, missing):
    if missing == "services":
        practice.therapist.services.clear()
        practice.therapist.save()
    else:
        Place.objects.update(closed_on=dt.date(2020, 1, 1))
    response = client.get("/book/", query)
    assert response.status_code == 200
    assert "No time can be booked on this site yet. Please call or write to us" in text(response)
    assert "Where would you like to meet?" not in text(response)


def test_somewhere_else_promises_no_places_where_there_are_none(client, practice):
    Place.objects.update(closed_on=dt.date(2020, 1, 1))
    said = text(client.get("/book/", {"place": "elsewhere"}))
    assert "can’t see you where you will be" in said
    assert "the places below" not in said


@pytest.mark.parametrize(
    "query",
    [
        {"place": "atlantis"},
        {"place": "south-loop", "service": "unknown"},
        {"place": "south-loop", "therapist": "nobody"},
        {"place": "south-loop", "day": "2027-02-31"},
        {"place": "south-loop", "day": "someday"},
        {"place": "\x00"},
        {"place": ""},
    ],
)
def test_impossible_choices_are_told_and_asked_again(client, practice, query):
    response = client.get("/book/", query)
    assert response.status_code == 400
    assert 'role="alert"' in response.content.decode()
    assert "Individual therapy 50 minutes" in text(response)


def test_an_empty_search_offers_what_comes_nearest(client, practice):
    other = add_therapist(
        practice.service, practice.office, practice.online.jurisdiction,
        slug="ben-sample", name="Ben Sample",
    )  # fmt: skip
    other.working_hours.update(office=None)
    rebuild_openings(other.pk, now=NOW)
    said = text(client.get("/book/", PLACE | {"therapist": "ben-sample"}))
    assert "Ben Sample has no free time for individual therapy here (South Loop office)" in said
    assert "with anyone who has time" in said
    assert "Online in Illinois Individual therapy, with Ben Sample" in said
    assert "Tuesday, January 5, 9:00 AM Central Time" in said


def test_a_service_that_does_not_happen_there_is_said_to(client, practice):
    call = Service.objects.create(
        name="Call", slug="call", minutes=15, price=45, in_person=False, buffer_minutes=0
    )
    practice.therapist.services.add(call)
    practice.therapist.save()
    rebuild_openings(practice.therapist.pk, now=NOW)
    said = text(client.get("/book/", {"place": "south-loop", "service": "call"}))
    assert "Call is not offered at an office" in said
    assert "Online in Illinois Call" in said


def test_reading_writes_nothing(client, practice, django_assert_max_num_queries):
    client.get("/book/", PLACE)
    with django_assert_max_num_queries(32) as seen:
        client.get("/book/")
        client.get("/book/", PLACE)
    verbs = {query["sql"].split()[0] for query in seen.captured_queries}
    assert verbs <= {"SELECT", "DECLARE"}  # the second: how PostgreSQL reads a list piece by piece


def test_a_chosen_time_is_held_and_its_page_shows_until_when(client, practice):
    response = hold(client)
    assert response.status_code == 303
    held = Hold.objects.get()
    cookie = client.cookies["held"]
    assert cookie["httponly"]
    assert cookie["path"] == response.headers["Location"]
    assert cookie.value.split(".")[0] not in response.headers["Location"]
    page = client.get(response.headers["Location"])
    assert page.status_code == 200
    assert "no-store" in page.headers["Cache-Control"]
    assert "We keep this time for you until 12:10 PM Central Time" in text(page)
    assert 'data-seconds-left="600"' in page.content.decode()
    assert held.starts_at == at(9)


def test_booking_leads_to_the_private_page(client, practice):
    response = book(client)
    assert response.status_code == 303
    booking = Booking.objects.get()
    assert booking.client_phone == "+13125550123"
    assert booking.client_zone == "America/Chicago"
    page = client.get(response.headers["Location"])
    assert page.status_code == 200
    assert "no-store" in page.headers["Cache-Control"]
    said = text(page)
    assert "Your session is booked" in said
    assert "Tuesday, January 5, 9:00 AM Central Time" in said
    assert booking.reference in said
    assert "casey" not in page.content.decode().lower()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"name": ""}, "Tell us what to call you."),
        ({"email": "casey"}, "doesn't look like an e-mail address"),
        ({"email": "a@example.org, b@example.org"}, "doesn't look like an e-mail address"),
        ({"phone": "12"}, "doesn't look like a phone number"),
        ({"accept": ""}, "read the policy and accept it"),
        ({"policy": "0"}, "policy has just changed"),
        ({"policy": "x"}, "policy has just changed"),
    ],
)
def test_a_form_with_mistakes_comes_back_with_all_that_was_typed(
    client, practice, changes, message
):
    response = book(client, **changes)
    assert response.status_code == 422
    page = response.content.decode().replace("&#x27;", "'")
    assert message in page
    for name, value in (DETAILS | changes).items():
        if name in {"name", "email", "phone", "key"} and value:
            assert f'value="{value}"' in page
    assert not Booking.objects.exists()
    assert Hold.objects.exists()


def test_a_policy_that_changed_meanwhile_must_be_read_first(client, practice):
    page = hold(client).headers["Location"]
    Policy.objects.create(version=2, text="Please tell us two days before.", notice_hours=48)
    response = client.post(page, DETAILS)
    assert response.status_code == 422
    assert "Please tell us two days before." in text(response)
    body = response.content.decode()
    assert 'name="policy" value="2"' in body
    (accept,) = re.findall(r'<input[^>]*name="accept"[^>]*>', body)
    assert "checked" not in accept
    assert client.post(page, DETAILS | {"policy": "2"}).status_code == 303


def test_a_taken_time_is_answered_with_three_others(client, practice):
    hold(client)
    response = hold(client)
    assert response.status_code == 409
    said = text(response)
    assert "This time is taken" in said
    for time in ("10:00 AM", "10:30 AM", "11:00 AM"):
        assert time in said
    values = re.findall(r'name="opening" value="([^"]+)"', response.content.decode())
    assert client.post("/book/hold/", PLACE | {"opening": values[0]}).status_code == 303


@pytest.mark.parametrize(
    "opening",
    ["", "x", "2027-01-05T15:00Z", "2027-01-05T15:00~ada-sample", "2027-13-05T15:00Z~ada-sample",
     "2027-01-05T15:00Z~nobody", "0001-01-01T00:00Z~ada-sample", "2027-01-05T15:00Z~a\0b"],
)  # fmt: skip
def test_an_unreadable_time_is_asked_for_again(client, practice, opening):
    response = client.post("/book/hold/", PLACE | {"opening": opening})
    assert response.status_code == 400
    assert not Hold.objects.exists()


def test_who_comes_back_after_ten_minutes_books_all_the_same(client, practice, clock):
    page = hold(client).headers["Location"]
    clock.now += 11 * MINUTE
    late = client.get(page)
    assert late.status_code == 410
    assert "are over. You can still send the form" in text(late)
    assert client.post(page, DETAILS).status_code == 303
    assert Booking.objects.get().starts_at == at(9)


def test_who_comes_back_too_late_chooses_another_time_without_typing_again(client, practice, clock):
    page = hold(client).headers["Location"]
    clock.now += 11 * MINUTE
    hold(client_of_another())
    response = client.post(page, DETAILS)
    assert response.status_code == 409
    body = response.content.decode()
    assert 'value="Casey Sample"' in body
    others = re.findall(r'name="opening" value="([^"]+)"', body)
    assert len(others) == 3
    assert client.post(page, DETAILS | {"opening": others[1]}).status_code == 303
    assert Booking.objects.get().starts_at == at(10, 30)


def client_of_another():
    from django.test import Client  # noqa: PLC0415

    return Client()


def test_sending_the_form_twice_is_one_booking(client, practice):
    page = hold(client).headers["Location"]
    cookie = client.cookies["held"].value
    first = client.post(page, DETAILS)
    assert client.post(page, DETAILS).headers["Location"] == first.headers["Location"]
    client.cookies.clear()
    client.cookies["held"] = cookie
    assert client.post(page, DETAILS).headers["Location"] == first.headers["Location"]
    assert client.get(page).headers["Location"] == first.headers["Location"]
    assert Booking.objects.count() == 1


def test_letting_go_frees_the_time(client, practice):
    page = hold(client).headers["Location"]
    response = client.post(f"{page}release/")
    back = "/book/?place=south-loop&service=individual&day=2027-01-05"
    assert response.headers["Location"] == back
    assert not Hold.objects.exists()


def test_another_browser_finds_nothing_at_the_page_of_a_hold(client, practice):
    page = hold(client).headers["Location"]
    other = client_of_another()
    assert other.get(page).status_code == 404
    assert other.post(page, DETAILS).status_code == 404
    ours = client.cookies["held"].value.rsplit(".", 1)[0]
    for broken in (
        "x",
        "a.b.c.d.e",
        "t.99.99.99.0",
        f"{ours}.999999999999999",
        f"{ours}.{'9' * 20}",
    ):
        other.cookies["held"] = broken
        assert other.get(page).status_code == 404


def test_cancelling_shows_first_and_acts_on_post(client, practice, clock):
    book(client)
    booking = Booking.objects.get()
    clock.now = at(9) - dt.timedelta(hours=30)
    page = reverse("book:cancel", args=[link_token(booking.reference)])
    asked = client.get(page)
    assert "Yes, cancel it" in text(asked)
    assert "no-store" in asked.headers["Cache-Control"]
    booking.refresh_from_db()
    assert booking.status == Booking.Status.CONFIRMED
    done = client.post(page, follow=True)
    assert "Your session is cancelled" in text(done)
    assert client.post(page, follow=True).status_code == 200
    assert hold(client).status_code == 303


def test_after_the_cut_off_the_page_says_until_when_it_was(client, practice):
    book(client)
    page = reverse("book:cancel", args=[link_token(Booking.objects.get().reference)])
    assert "until Monday, January 4, 9:00 AM Central Time" in text(client.get(page))
    response = client.post(page)
    assert response.status_code == 409
    assert "Nothing was changed yet" in text(response)
    assert Booking.objects.get().status == Booking.Status.CONFIRMED


@pytest.mark.parametrize("name", ["session", "calendar", "cancel"])
def test_an_altered_link_gets_a_plain_page(client, practice, name):
    book(client)
    token = link_token(Booking.objects.get().reference)
    for altered in (f"{token}x", token[1:], "x"):
        response = client.get(reverse(f"book:{name}", args=[altered]))
        assert response.status_code == 404
        assert "This link does not work" in text(response)


def test_the_calendar_file_names_nobody(client, practice):
    book(client)
    response = client.get(
        reverse("book:calendar", args=[link_token(Booking.objects.get().reference)])
    )
    assert response.headers["Content-Type"].startswith("text/calendar")
    body = response.content.decode().replace("\r\n ", "")
    assert "DTSTART:20270105T150000Z" in body
    assert "SUMMARY:Session" in body
    for private in ("Ada", "Casey", "therap", "cancel/"):
        assert private not in body


def test_one_address_holds_only_so_many_times_at_once(client, practice, settings):
    settings.HOLDS_PER_ADDRESS = 1
    assert client.post(
        "/book/hold/", PLACE | {"opening": "2027-01-05T15:00Z~ada-sample"}, REMOTE_ADDR="8.8.8.8"
    ).status_code == 303  # fmt: skip
    again = PLACE | {"opening": "2027-01-05T17:00Z~ada-sample"}
    response = client.post("/book/hold/", again, REMOTE_ADDR="8.8.8.8")
    assert response.status_code == 429
    assert "Several times are being held" in text(response)
    assert client.post("/book/hold/", again, REMOTE_ADDR="9.9.9.9").status_code == 303
    assert "8.8.8.8" not in str(list(Hold.objects.values()))


def test_a_form_without_its_protection_token_is_refused(practice):
    from django.test import Client  # noqa: PLC0415

    response = hold(Client(enforce_csrf_checks=True))
    assert response.status_code == 403
    assert not Hold.objects.exists()


def test_get_is_not_a_way_to_act(client, practice):
    assert client.get("/book/hold/").status_code == 405
    assert client.get("/book/hold/abcd/release/").status_code == 405


def test_the_day_of_a_time_is_that_of_the_place(client, practice):
    assert TUESDAY.isoformat() in client.get("/book/", PLACE).content.decode()


def test_a_form_that_lost_its_hidden_fields_books_once_all_the_same(client, practice):
    page = hold(client).headers["Location"]
    sent = {name: value for name, value in DETAILS.items() if name != "key"}
    first, second = client.post(page, sent), client.post(page, sent)
    assert (first.status_code, second.status_code) == (303, 303)
    assert first.headers["Location"] == second.headers["Location"]
    assert Booking.objects.count() == 1


def test_a_policy_that_nobody_wrote_is_not_accepted(client, practice):
    response = book(client, policy="none of yours")
    assert response.status_code == 422
    assert "Please read the new one and accept it." in text(response)
    assert "whole number" not in text(response)
