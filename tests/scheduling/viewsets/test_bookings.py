"""What staff see of a booking, and what they can do with it."""

import csv
import io

import pytest
from django.apps import apps
from django.urls import reverse
from wagtail.models import ReferenceIndex, RevisionMixin
from wagtail.search.index import class_is_indexed

from cms.core.models import AccessRecord
from home.staff_groups import DESK, EDITOR, OWNER, THERAPIST
from scheduling.models import Booking, Claim
from tests.staff import make_staff

LIST = reverse("booking:index")
CLIENT_WORDS = ("Zzcanary", "zzcanary@example.org", "5550123", "555-0123")


def shows_client(response):
    return any(word in response.content.decode() for word in CLIENT_WORDS)


def open_booking(client, booking):
    return client.get(reverse("booking:inspect", args=[booking.pk]))


@pytest.fixture
def as_role(client):
    def log_in(role, **kwargs):
        user = make_staff(role, **kwargs)
        client.force_login(user)
        return user

    return log_in


@pytest.mark.parametrize("role", [DESK, OWNER])
def test_the_desk_lists_bookings_without_the_client(client, as_role, booking, role):
    as_role(role)
    response = client.get(LIST)
    assert booking.reference in response.content.decode()
    assert not shows_client(response)
    assert not AccessRecord.objects.exists()


@pytest.mark.parametrize("role", [DESK, OWNER])
def test_each_look_at_the_clients_details_is_recorded(client, as_role, booking, role):
    user = as_role(role)
    response = open_booking(client, booking)
    assert response.status_code == 200
    assert "Zzcanary Sample" in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    record = AccessRecord.objects.get()
    assert (record.user, record.user_name) == (user, user.username)
    assert (record.record_type, record.record_id) == ("scheduling.booking", booking.pk)
    assert record.record_label == f"Booking {booking.reference}"
    assert record.details == "Client's name, Client's phone, Client's e-mail"
    open_booking(client, booking)
    assert AccessRecord.objects.count() == 2


def test_without_the_permission_the_client_is_left_out_and_nothing_recorded(
    client, as_role, booking
):
    user = as_role(DESK)
    group = user.groups.get()
    group.permissions.remove(group.permissions.get(codename="view_client_details"))
    response = open_booking(client, booking)
    assert response.status_code == 200
    assert booking.place.label in response.content.decode()
    assert not shows_client(response)
    assert not AccessRecord.objects.exists()


def test_therapists_see_only_their_own(client, as_role, booking, practice):
    as_role(THERAPIST, name="someone-else")
    assert booking.reference not in client.get(LIST).content.decode()
    assert open_booking(client, booking).status_code == 404
    practice.therapist.user = as_role(THERAPIST, name="ada")
    practice.therapist.save()
    assert booking.reference in client.get(LIST).content.decode()
    assert "Zzcanary Sample" in open_booking(client, booking).content.decode()


def test_editors_see_no_booking(client, as_role, booking):
    as_role(EDITOR)
    response = client.get(LIST)
    assert response.status_code == 302
    assert response.url == reverse("wagtailadmin_home")
    assert open_booking(client, booking).status_code == 404


def test_the_export_holds_no_client(client, as_role, booking):
    as_role(OWNER)
    response = client.get(LIST, {"export": "csv"})
    text = b"".join(response.streaming_content).decode()
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[1][0] == booking.reference
    assert not any(word in text for word in CLIENT_WORDS)


def test_the_search_finds_references_and_no_client(client, as_role, booking):
    as_role(DESK)
    assert booking.reference in client.get(LIST, {"q": booking.reference[:5]}).content.decode()
    for word in ("Zzcanary", "zzcanary@example.org"):
        assert booking.reference not in client.get(LIST, {"q": word}).content.decode()


def test_filters_by_date_status_therapist_and_place(client, as_role, booking, practice):
    as_role(DESK)
    matching = {
        "status": "confirmed",
        "therapist": practice.therapist.pk,
        "place": practice.office.pk,
        "starts_at_from": "2027-01-05",
        "starts_at_to": "2027-01-05",
    }
    assert booking.reference in client.get(LIST, matching).content.decode()
    for other in (
        {"status": "cancelled"},
        {"place": practice.online.pk},
        {"starts_at_from": "2027-01-06"},
    ):
        assert booking.reference not in client.get(LIST, other).content.decode()


@pytest.mark.parametrize(
    ("asked_by", "is_late", "status"),
    [
        ("client", False, Booking.Status.CANCELLED),
        ("client", True, Booking.Status.LATE_CANCELLED),
        ("practice", True, Booking.Status.CANCELLED),
    ],
)
def test_the_desk_cancels_and_the_time_is_free_again(
    client, as_role, booking, asked_by, is_late, status
):
    as_role(DESK)
    if is_late:
        booking.cancel_until = booking.created_at.replace(year=2000)
    else:
        booking.cancel_until = booking.created_at.replace(year=2100)
    booking.save()
    address = reverse("booking:cancel", args=[booking.pk])
    assert client.get(address).status_code == 200
    booking.refresh_from_db()
    assert booking.status == Booking.Status.CONFIRMED
    response = client.post(address, {"asked_by": asked_by}, follow=True)
    assert "free again" in response.content.decode()
    booking.refresh_from_db()
    assert booking.status == status
    assert not Claim.objects.filter(booking=booking).exists()
    again = client.post(address, {"asked_by": asked_by}, follow=True)
    assert "cancelled before" in again.content.decode()


def test_cancelling_asks_who_wants_it(client, as_role, booking):
    as_role(DESK)
    response = client.post(reverse("booking:cancel", args=[booking.pk]), {})
    assert response.status_code == 200
    assert "This field is required" in response.content.decode()
    booking.refresh_from_db()
    assert booking.status == Booking.Status.CONFIRMED


def test_bookings_are_in_no_index_and_have_no_revisions():
    assert not class_is_indexed(Booking)
    assert not issubclass(Booking, RevisionMixin)
    assert Booking not in ReferenceIndex.tracked_models
    for model in apps.get_app_config("scheduling").get_models():
        private = {
            field.name for field in model._meta.fields if "Encrypted" in type(field).__name__
        }
        assert not (private and class_is_indexed(model)), model


def find(client, email):
    return client.post(reverse("booking:find"), {"email": email})


def test_the_desk_finds_the_bookings_of_a_caller_by_the_address(client, as_role, booking):
    user = as_role(DESK)
    assert reverse("booking:find") in client.get(LIST).content.decode()
    address = reverse("booking:inspect", args=[booking.pk])
    for email in ("zzcanary@example.org", " ZZcanary@Example.org "):
        assert address in find(client, email).content.decode()
    record = AccessRecord.objects.first()
    assert (record.action, record.record_id, record.user) == ("search", booking.pk, user)
    assert "zzcanary" not in str(AccessRecord.objects.values_list()).lower()


def test_an_address_without_bookings_finds_nothing_and_records_nothing(client, as_role, booking):
    as_role(DESK)
    assert "No booking was made" in find(client, "other@example.org").content.decode()
    assert "valid email" in find(client, "zzcanary").content.decode()
    assert not AccessRecord.objects.exists()


def test_only_who_may_see_clients_finds_and_only_what_they_may_see(client, as_role, booking):
    as_role(EDITOR)
    assert find(client, "zzcanary@example.org").status_code == 302
    as_role(THERAPIST, name="someone-else")
    assert "No booking was made" in find(client, "zzcanary@example.org").content.decode()
