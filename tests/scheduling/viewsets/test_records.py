"""Staff add, change and remove the records that everything else is made from."""

import datetime as dt

import pytest
from django.urls import reverse

from home.staff_groups import DESK, OWNER
from scheduling.models import Policy, Therapist
from scheduling.services.revise_policy import Terms, revise_policy
from tests.staff import make_staff

EMPTY = {"INITIAL_FORMS": "0", "MIN_NUM_FORMS": "0", "MAX_NUM_FORMS": "1000", "TOTAL_FORMS": "0"}
RELATIONS = ("licences", "working_hours", "hours_exceptions", "time_off")


def inline(relation, *rows, initial=0):
    values = EMPTY | {"TOTAL_FORMS": len(rows), "INITIAL_FORMS": initial}
    data = {f"{relation}-{name}": value for name, value in values.items()}
    for index, row in enumerate(rows):
        data |= {f"{relation}-{index}-{name}": value for name, value in row.items()}
    return data


@pytest.fixture
def owner(client, db):
    user = make_staff(OWNER)
    client.force_login(user)
    return user


def therapist_form(practice, **changes):
    data = {
        "name": "Bea Sample",
        "slug": "bea-sample",
        "services": [practice.service.pk],
        "time_zone": "America/Chicago",
        "is_active": "on",
        "accepts_clients": "on",
        "position": "0",
    }
    for relation in RELATIONS:
        data |= inline(relation)
    return data | changes


def test_a_therapist_is_added_with_licenses_hours_and_time_off(client, owner, practice):
    illinois = practice.office.jurisdiction.pk
    data = therapist_form(
        practice,
        **inline(
            "licences",
            {
                "jurisdiction": illinois,
                "number": "SAMPLE-2",
                "authority": "Sample authority",
                "valid_until": "2030-01-31",
            },
        ),
        **inline(
            "working_hours",
            {
                "weekday": "0",
                "starts": "09:00",
                "ends": "17:00",
                "office": practice.office.pk,
                "online": "on",
            },
        ),
        **inline(
            "time_off",
            {"starts_at": "2027-02-01 00:00", "ends_at": "2027-02-08 00:00", "note": "Zzcanary"},
        ),
    )
    response = client.post(reverse("therapist:add"), data)
    assert response.status_code == 302, response.context["form"].errors
    therapist = Therapist.objects.get(slug="bea-sample")
    assert therapist.licences.get().number == "SAMPLE-2"
    assert therapist.working_hours.get().ends == dt.time(17)
    assert therapist.time_off.get().note == "Zzcanary"
    assert list(therapist.services.all()) == [practice.service]


def test_impossible_hours_are_refused_and_nothing_typed_is_lost(client, owner, practice):
    hours = {"weekday": "0", "starts": "17:00", "ends": "09:00", "online": "on"}
    data = therapist_form(practice, **inline("working_hours", hours))
    response = client.post(reverse("therapist:add"), data)
    assert response.status_code == 200
    text = response.content.decode()
    assert "The end must be later than the start." in text
    assert "Bea Sample" in text
    assert not Therapist.objects.filter(slug="bea-sample").exists()


def test_a_therapist_with_bookings_cannot_be_deleted(client, owner, booking):
    address = reverse("therapist:delete", args=[booking.therapist_id])
    response = client.post(address, follow=True)
    assert response.status_code == 200
    assert "Nothing was changed" in response.content.decode()
    assert Therapist.objects.filter(pk=booking.therapist_id).exists()


def test_a_room_with_bookings_cannot_be_removed(client, owner, booking, practice):
    office = practice.office
    data = {
        "name": office.name,
        "slug": office.slug,
        "neighborhood": office.neighborhood,
        "jurisdiction": office.jurisdiction_id,
        "city": "Chicago",
        "position": "0",
        **inline("hours"),
        **inline("rooms", {"id": practice.room.pk, "name": "Room 1", "DELETE": "on"}, initial=1),
    }
    response = client.post(reverse("office:edit", args=[office.pk]), data)
    assert response.status_code == 200
    assert "Nothing was changed" in response.content.decode()
    assert office.rooms.filter(pk=practice.room.pk).exists()


def test_an_accepted_policy_stays_and_a_new_version_is_published(client, owner, booking):
    accepted = booking.policy
    data = {"text": "Two days ahead, please.", "notice_hours": "48"}
    response = client.post(reverse("policy:edit", args=[accepted.pk]), data, follow=True)
    assert "Version 2" in response.content.decode()
    accepted.refresh_from_db()
    assert accepted.notice_hours == 24
    assert Policy.objects.first().notice_hours == 48
    booking.refresh_from_db()
    assert booking.policy == accepted


def test_a_policy_that_nobody_accepted_is_corrected_in_place(practice):
    policy = Policy.objects.get()
    assert revise_policy(policy.pk, Terms("Better words.", 24)) == policy
    assert Policy.objects.get().text == "Better words."


def test_a_new_policy_begins_with_the_present_words(client, owner, practice):
    response = client.get(reverse("policy:add"))
    assert "Please tell us a day before." in response.content.decode()


def test_the_desk_changes_therapists_and_deletes_none(client, practice):
    client.force_login(make_staff(DESK))
    address = reverse("therapist:edit", args=[practice.therapist.pk])
    assert client.get(address).status_code == 200
    response = client.post(reverse("therapist:delete", args=[practice.therapist.pk]))
    assert response.status_code == 302
    assert Therapist.objects.filter(pk=practice.therapist.pk).exists()
