"""The audit of looks at client details can be added to and read, and nothing else."""

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, transaction
from django.urls import reverse

from cms.core.audit import AccessRecordError, record_access
from cms.core.models import AccessRecord
from home.staff_groups import DESK, OWNER
from tests.practice import NOW, make_practice
from tests.staff import make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def record():
    return record_access(make_practice().therapist, user=make_staff(DESK), details="name", now=NOW)


def test_the_model_refuses_to_change_or_delete_a_row(record):
    with pytest.raises(AccessRecordError):
        record.save()
    with pytest.raises(AccessRecordError):
        record.delete()


def test_the_database_refuses_too(record):
    with pytest.raises(DatabaseError, match="audit"), transaction.atomic():
        AccessRecord.objects.update(details="nothing")
    with pytest.raises(DatabaseError, match="audit"), transaction.atomic():
        AccessRecord.objects.all().delete()
    assert AccessRecord.objects.get().details == "name"


def test_the_row_outlives_the_log_in(record):
    User.objects.get().delete()
    assert AccessRecord.objects.get().user_name == "intake-desk"


def test_the_owner_reads_it_and_the_desk_does_not(client, record):
    address = reverse("accessrecord:index")
    client.force_login(User.objects.get())
    assert client.get(address).status_code == 302
    client.force_login(make_staff(OWNER))
    text = client.get(address).content.decode()
    assert "intake-desk" in text
    assert "Ada Sample" in text
