"""Staff say how a session went, and see what happened to a booking."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from home.staff_groups import DESK, EDITOR, THERAPIST
from scheduling.models import Booking
from tests.practice import NOW, at
from tests.scheduling.asking import HOUR, add_feed, ask_for
from tests.staff import make_staff

Status = Booking.Status


@pytest.fixture
def address(booking):
    return reverse("booking:outcome", args=[booking.pk])


@pytest.fixture
def during(monkeypatch):
    """It is twenty past nine: the session began at nine."""
    monkeypatch.setattr(timezone, "now", lambda: at(9, 20))


@pytest.fixture
def desk(client, during, booking):
    user = make_staff(DESK, name="dana")
    client.force_login(user)
    return user


def page_of(client, booking):
    return client.get(reverse("booking:inspect", args=[booking.pk])).content.decode()


def test_the_desk_says_how_it_went_and_corrects_it(client, desk, booking, address):
    assert address in page_of(client, booking)
    assert client.get(address).status_code == 200
    sent = {"outcome": "no_show", "reason": "Waited <half> an hour"}
    said = client.post(address, sent, follow=True).content.decode()
    assert "the client did not come" in said
    assert "Waited &lt;half&gt; an hour" in said
    assert "dana" in said
    said = client.post(address, {"outcome": "completed"}, follow=True).content.decode()
    assert "Saved: the session took place" in said
    booking.refresh_from_db()
    assert booking.status == Status.COMPLETED


def test_a_form_without_an_answer_comes_back_with_what_was_typed(client, desk, booking, address):
    said = client.post(address, {"outcome": "", "reason": "Not sure"}).content.decode()
    assert "Not sure" in said
    assert booking.changes.count() == 1


def test_before_it_begins_nobody_can_say(client, desk, booking, address, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: at(9) - dt.timedelta(seconds=1))
    assert address not in page_of(client, booking)
    said = client.post(address, {"outcome": "no_show"}, follow=True).content.decode()
    assert "booking is now: confirmed. Nothing was changed" in said.replace("&#x27;", "'")


def test_therapists_say_it_of_their_own_sessions_alone(client, during, booking, address, practice):
    client.force_login(make_staff(THERAPIST, name="someone-else"))
    assert client.post(address, {"outcome": "no_show"}).status_code == 404
    practice.therapist.user = make_staff(THERAPIST, name="ada")
    practice.therapist.save()
    client.force_login(practice.therapist.user)
    assert client.post(address, {"outcome": "no_show"}).status_code == 302
    booking.refresh_from_db()
    assert booking.status == Status.NO_SHOW


def test_editors_say_nothing(client, during, booking, address):
    client.force_login(make_staff(EDITOR))
    client.post(address, {"outcome": "no_show"})
    booking.refresh_from_db()
    assert booking.status == Status.CONFIRMED


def test_reasons_are_for_those_who_may_see_the_client(client, desk, booking, address):
    client.post(address, {"outcome": "no_show", "reason": "Zzcanary was ill"})
    assert "Zzcanary was ill" in page_of(client, booking)
    group = desk.groups.get()
    group.permissions.remove(group.permissions.get(codename="view_client_details"))
    said = page_of(client, booking)
    assert "client did not come" in said
    assert "Zzcanary" not in said


@pytest.fixture
def request_(practice, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    add_feed(practice.therapist, age=7 * HOUR)
    return ask_for(practice)


@pytest.mark.parametrize(
    ("answer", "status", "said"),
    [
        ("accept", Status.CONFIRMED, "confirmed"),
        ("not_free", Status.DECLINED, "declined"),
        ("withdraw", Status.CANCELLED, "cancelled"),
    ],
)
def test_the_desk_answers_a_request_once(client, request_, answer, status, said):
    client.force_login(make_staff(DESK, name="dana"))
    address = reverse("booking:answer", args=[request_.pk])
    assert address in page_of(client, request_)
    assert client.get(address).status_code == 200
    told = client.post(address, {"answer": answer}, follow=True).content.decode()
    assert f"is answered: {said}. The client is told." in told
    assert address not in told
    request_.refresh_from_db()
    assert (request_.status, request_.changes.last().who) == (status, "dana")
    again = client.post(address, {"answer": "decline"}, follow=True).content.decode()
    assert "Nothing was changed" in again


def test_therapists_answer_for_themselves_alone_and_editors_never(client, request_):
    address = reverse("booking:answer", args=[request_.pk])
    for role in (THERAPIST, EDITOR):
        client.force_login(make_staff(role))
        client.post(address, {"answer": "accept"})
    request_.refresh_from_db()
    assert request_.status == Status.REQUESTED
