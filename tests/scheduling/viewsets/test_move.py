"""Moving a booking at the desk, with the real forms."""

import pytest
from django.urls import reverse

from home.staff_groups import DESK, EDITOR, THERAPIST
from scheduling.models import Booking, BookingMail, ClaimedCell
from scheduling.selectors.openings import Wanted
from scheduling.services.cancel_for_client import cancel_for_client
from scheduling.services.change_status import staff
from scheduling.services.hold_time import hold_time
from tests.practice import NOW, at
from tests.staff import make_staff


@pytest.fixture
def desk(client, clock, booking):
    user = make_staff(DESK)
    client.force_login(user)
    return user


@pytest.fixture
def page(booking):
    return reverse("booking:move", args=[booking.pk])


def value(moment):
    return f"{moment:%Y-%m-%dT%H:%MZ}~ada-sample"


def test_the_desk_moves_it_to_a_free_time_also_after_the_cut_off(client, desk, booking, page):
    assert booking.cancel_until < NOW
    assert value(at(10)) in client.get(page).content.decode()
    response = client.post(page, {"opening": value(at(10))}, follow=True)
    assert "is moved" in response.content.decode()
    booking.refresh_from_db()
    assert (booking.starts_at, booking.ends_at) == (at(10), at(10, 50))
    change = booking.changes.last()
    assert (change.user, change.moved_from, change.overridden) == (desk, at(9), [])
    assert BookingMail.objects.filter(booking=booking, kind="client_moved").exists()


def test_the_booking_itself_is_not_in_the_way(client, desk, booking, page):
    told = client.post(page, {"date": "2027-01-05", "time": "09:10"}).context["told"]
    assert told == "off_grid"
    client.post(page, {"opening": value(at(9, 10)), "told": told, "reason": "A late train"})
    booking.refresh_from_db()
    assert booking.starts_at == at(9, 10)
    assert booking.changes.last().reason == "A late train"


def test_against_the_rules_it_says_why_and_needs_a_reason(client, desk, booking, page):
    refused = client.post(page, {"date": "2027-01-05", "time": "18:00"})
    assert refused.status_code == 409
    assert "does not fit into the working hours" in refused.content.decode()
    told = {"opening": value(at(18)), "told": refused.context["told"]}
    assert client.post(page, told | {"reason": ""}).status_code == 422
    booking.refresh_from_db()
    assert booking.starts_at == at(9)
    client.post(page, told | {"reason": "Agreed by phone"})
    booking.refresh_from_db()
    assert booking.starts_at == at(18)
    assert booking.changes.last().overridden == ["outside_hours"]


def test_another_session_is_never_moved_upon(client, desk, booking, page, practice):
    hold_time(Wanted(practice.therapist, practice.service, practice.online, at(10)), now=NOW)
    before = ClaimedCell.objects.count()
    forged = {"opening": value(at(10)), "told": "claimed no_room", "reason": "Please"}
    refused = client.post(page, forged)
    assert refused.status_code == 409
    assert "Nobody can override that" in refused.content.decode()
    booking.refresh_from_db()
    assert booking.starts_at == at(9)
    assert ClaimedCell.objects.count() == before


def test_what_is_over_is_not_moved(client, desk, booking, page):
    cancel_for_client(booking.pk, asked_by_client=True, by=staff(desk), now=NOW)
    assert "there is nothing to move" in client.get(page).content.decode()
    assert client.post(page, {"opening": value(at(10))}).status_code == 409
    booking.refresh_from_db()
    assert booking.starts_at == at(9)


@pytest.mark.parametrize(
    "data", [{}, {"opening": "x"}, {"date": "2027-02-31", "time": "x"}, {"opening": "\0~x"}]
)
def test_what_can_not_be_meant_is_asked_again(client, desk, booking, page, data):
    assert client.post(page, data).status_code == 422


def test_therapists_move_and_cancel_their_own_alone(client, clock, booking, page, practice):
    user = make_staff(THERAPIST)
    client.force_login(user)
    cancel = reverse("booking:cancel", args=[booking.pk])
    for address in (page, cancel):
        assert client.post(address, {"opening": value(at(10))}).status_code == 404
    practice.therapist.user = user
    practice.therapist.save()
    client.post(page, {"opening": value(at(10))})
    booking.refresh_from_db()
    assert booking.starts_at == at(10)
    client.post(cancel, {"asked_by": "client"})
    booking.refresh_from_db()
    assert booking.status in (Booking.Status.CANCELLED, Booking.Status.LATE_CANCELLED)
    client.force_login(make_staff(EDITOR))
    assert client.get(page).status_code == 302
