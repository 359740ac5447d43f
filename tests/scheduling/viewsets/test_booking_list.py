"""The list of bookings as a spreadsheet, in another order, and what it says of clients."""

import csv
import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from cms.core.models import AccessRecord
from home.staff_groups import DESK, THERAPIST
from scheduling.models import Booking, Therapist
from tests.practice import at
from tests.staff import make_staff

LIST = reverse("booking:index")


@pytest.fixture
def desk(client, booking):
    user = make_staff(DESK)
    client.force_login(user)
    return user


def sheet(client, name="csv", **query):
    """Return the rows of an export as text."""
    response = client.get(LIST, {"export": name} | query)
    assert "no-store" in response["Cache-Control"]
    content = b"".join(response.streaming_content)
    if name == "csv":
        return list(csv.reader(io.StringIO(content.decode())))
    rows = load_workbook(io.BytesIO(content)).active.iter_rows()
    return [[cell.value for cell in row] for row in rows]


def test_instants_are_those_of_the_practice(client, desk, booking):
    headings, row = sheet(client)
    assert headings[:3] == ["Reference", "Begins (America/Chicago)", "Ends (America/Chicago)"]
    assert row[:3] == [booking.reference, "2027-01-05 09:00", "2027-01-05 09:50"]
    _, row = sheet(client, "xlsx")
    assert f"{row[1]:%Y-%m-%d %H:%M}" == "2027-01-05 09:00"


@pytest.mark.parametrize("name", ["csv", "xlsx"])
def test_clients_are_in_it_only_when_asked_for_and_each_is_recorded(client, desk, booking, name):
    page = client.get(LIST).content.decode()
    assert f"export={name}&amp;clients=1" in page
    assert "Zzcanary" not in str(sheet(client, name))
    assert not AccessRecord.objects.exists()
    rows = sheet(client, name, clients="1")
    assert rows[0][-3:] == ["Client's name", "Client's phone", "Client's e-mail"]
    assert rows[1][-3] == "Zzcanary Sample"
    record = AccessRecord.objects.get()
    assert (record.action, record.user, record.record_id) == ("export", desk, booking.pk)


@pytest.mark.parametrize("name", ["csv", "xlsx"])
@pytest.mark.parametrize("formula", ["=HYPERLINK(1)", "+1", "-1", "@SUM(1)", "\t=1"])
def test_a_client_who_is_called_a_formula_is_text(client, desk, booking, name, formula):
    booking.client_name = formula
    booking.save()
    response = client.get(LIST, {"export": name, "clients": "1"})
    content = b"".join(response.streaming_content)
    if name == "csv":
        assert list(csv.reader(io.StringIO(content.decode())))[1][-3] == f"'{formula}"
    else:
        cell = list(load_workbook(io.BytesIO(content)).active.iter_rows())[1][-3]
        assert (cell.data_type, cell.value) == ("s", formula)


def test_without_the_permission_there_are_no_clients_to_export(client, desk, booking):
    group = desk.groups.get()
    group.permissions.remove(group.permissions.get(codename="view_client_details"))
    assert "clients=1" not in client.get(LIST).content.decode()
    assert client.get(LIST, {"export": "csv", "clients": "1"}).status_code == 302
    assert not AccessRecord.objects.exists()


def test_therapists_export_and_filter_their_own_alone(client, booking, practice):
    user = make_staff(THERAPIST)
    other = Therapist.objects.create(name="Ben Sample", slug="ben-sample", user=user)
    client.force_login(user)
    assert len(sheet(client, clients="1")) == 1
    response = client.get(LIST)
    assert list(response.context["filters"].filters["therapist"].queryset) == [other]
    client.get(LIST, {"therapist": practice.therapist.pk})
    assert not AccessRecord.objects.exists()


@pytest.mark.parametrize("order", ["starts_at", "therapist__name", "service__name", "place__name"])
def test_the_list_is_put_in_the_order_that_is_asked_for(client, desk, booking, order):
    Booking.objects.create(
        therapist=booking.therapist,
        service=booking.service,
        place=booking.place,
        starts_at=at(10),
        ends_at=at(10, 50),
        cancel_until=at(10),
        client_zone="America/Chicago",
        idempotency_digest="x",
    )
    for direction in ("", "-"):
        assert len(sheet(client, ordering=f"{direction}{order}")) == 3
    first = sheet(client, ordering="-starts_at")[1]
    assert first[1] == "2027-01-05 10:00"
