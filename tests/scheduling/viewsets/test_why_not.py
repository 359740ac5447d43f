"""What the desk is told when it asks why a time can't be booked."""

import pytest
from django.urls import reverse

from home.staff_groups import DESK, EDITOR, THERAPIST
from scheduling.models import TimeOff
from tests.practice import at
from tests.staff import make_staff

PAGE = reverse("booking:why_not")


@pytest.fixture
def asked(open_practice):
    return {
        "therapist": open_practice.therapist.pk,
        "service": open_practice.service.pk,
        "place": open_practice.office.pk,
        "date": "2027-01-05",
    }


def rows(response):
    return [(run.first, run.last, run.message) for run in response.context["runs"]]


def test_starts_in_a_row_to_which_the_same_applies_are_one_line(client, open_practice, asked):
    TimeOff.objects.create(therapist=open_practice.therapist, starts_at=at(10), ends_at=at(10, 30))
    client.force_login(make_staff(DESK))
    assert client.get(PAGE).status_code == 200
    response = client.get(PAGE, asked)
    assert rows(response) == [
        ("12:00 AM", "8:30 AM", "The session does not fit into the working hours at this place."),
        ("9:00 AM", "9:00 AM", "Can be booked."),
        ("9:30 AM", "10:00 AM", "The therapist has time off."),
        ("10:30 AM", "11:00 AM", "Can be booked."),
        ("11:30 AM", "11:30 PM", "The session does not fit into the working hours at this place."),
    ]
    assert "Tuesday, January 5, Central Time" in response.content.decode()


@pytest.mark.parametrize("change", [{"date": "2027-02-31"}, {"date": "9999-12-31"}, {"place": 0}])
def test_what_can_not_be_meant_is_asked_again(client, asked, change):
    client.force_login(make_staff(DESK))
    response = client.get(PAGE, asked | change)
    assert response.status_code == 200
    assert response.context["form"].errors
    assert "runs" not in response.context


def test_only_those_who_see_bookings_may_ask(client, asked):
    client.force_login(make_staff(EDITOR))
    assert client.get(PAGE, asked).status_code in {302, 403}
    client.force_login(make_staff(THERAPIST))
    assert client.get(PAGE, asked).status_code == 200


def test_the_list_of_bookings_leads_to_it(client, asked):
    client.force_login(make_staff(DESK))
    assert PAGE in client.get(reverse("booking:index")).content.decode()
