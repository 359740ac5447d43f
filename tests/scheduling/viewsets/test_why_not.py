"""What the desk is told when it asks why a time can't be booked."""

import pytest
from django.urls import reverse

from home.staff_groups import DESK, EDITOR, THERAPIST
from scheduling.models import SchedulingSettings, TimeOff
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


def test_every_rule_is_named_for_any_therapist_service_and_place(client, open_practice, asked):
    """Each change of the practice makes another rule the one that refuses Tuesday at nine."""
    client.force_login(make_staff(DESK))
    therapist, service = open_practice.therapist, open_practice.service
    rules = SchedulingSettings.load()

    def said():
        return next(
            run.message
            for run in client.get(PAGE, asked).context["runs"]
            if f"{at(9):%Y-%m-%dT%H:%MZ}" in [value.partition("~")[0] for value, _ in run.starts]
        )

    def change(record, **values):
        type(record).objects.filter(pk=record.pk).update(**values)

    assert said() == "Can be booked."
    for record, values, before, words in (
        (therapist, {"accepts_clients": False}, {"accepts_clients": True}, "no new clients"),
        (therapist, {"is_active": False}, {"is_active": True}, "not on the site"),
        (service, {"bookable_by": 3}, {"bookable_by": 1}, "Only staff"),
        (service, {"in_person": False}, {"in_person": True}, "does not take place here"),
        (rules, {"horizon_days": 0}, {"horizon_days": 60}, "further ahead"),
        (rules, {"daily_limit": 0}, {"daily_limit": None}, "as many sessions"),
        (rules, {"notice_hours": 48}, {"notice_hours": 12}, "shortest notice"),
        (open_practice.office, {"closed_on": at(0).date()}, {"closed_on": None}, "not open"),
        (open_practice.room, {"is_active": False}, {"is_active": True}, "No room"),
    ):
        change(record, **values)
        assert words in said()
        change(record, **before)
    therapist.services.clear()
    therapist.save()
    assert "does not offer this service" in said()


def test_a_day_can_be_booked_from_it_by_those_who_may(client, open_practice, asked):
    user = make_staff(DESK)
    client.force_login(user)
    text = client.get(PAGE, asked).content.decode()
    assert "Book anyway" in text
    opening = f"{at(13):%Y-%m-%dT%H:%MZ}~ada-sample"
    assert opening in text
    data = {name: asked[name] for name in ("service", "place", "therapist")}
    address = client.post(reverse("booking:book"), data | {"opening": opening}).url
    assert "does not fit into the working hours" in client.get(address).content.decode()
    group = user.groups.get()
    group.permissions.remove(group.permissions.get(codename="override_rules"))
    limited = client.get(PAGE, asked).content.decode()
    assert "Book anyway" not in limited
    assert opening not in limited
    assert f"{at(9):%Y-%m-%dT%H:%MZ}~ada-sample" in limited
    client.force_login(make_staff(THERAPIST))
    assert 'name="opening"' not in client.get(PAGE, asked).content.decode()


def test_what_is_known_already_is_filled_in(client, open_practice, asked):
    client.force_login(make_staff(DESK))
    page = client.get(PAGE, {"therapist": asked["therapist"], "date": asked["date"]})
    assert not page.context["form"].errors
    assert 'value="2027-01-05"' in page.content.decode()
    week = client.get(reverse("booking:week"), {"day": "2027-01-05"}).content.decode()
    assert f"{PAGE}?therapist={asked['therapist']}&amp;date=2027-01-05" in week
