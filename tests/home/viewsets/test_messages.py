"""The desk reads what people write through the contact page, and notes the answer."""

import pytest
from django.urls import reverse

from cms.core.models import AccessRecord
from home.models import ContactMessage
from home.staff_groups import DESK, EDITOR, THERAPIST
from tests.staff import make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def message():
    return ContactMessage.objects.create(
        about="other", name="Zzcanary Sample", way="phone", text="Zzcanary"
    )


def test_the_desk_reads_it_which_is_recorded_and_notes_the_answer(client, message):
    desk = make_staff(DESK)
    client.force_login(desk)
    assert "Messages that wait" in client.get(reverse("wagtailadmin_home")).content.decode()
    listing = client.get(reverse("contactmessage:index")).content.decode()
    assert "canary" not in listing.casefold()
    page = client.get(reverse("contactmessage:inspect", args=[message.pk]))
    assert "Zzcanary Sample" in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    record = AccessRecord.objects.get()
    assert (record.user_id, record.record_id) == (desk.pk, message.pk)
    client.post(reverse("contactmessage:answered", args=[message.pk]))
    message.refresh_from_db()
    assert message.answered_by == desk
    assert "Messages that wait" not in client.get(reverse("wagtailadmin_home")).content.decode()


@pytest.mark.parametrize("role", [EDITOR, THERAPIST])
def test_others_neither_read_nor_answer(client, message, role):
    key = [message.pk]
    client.force_login(make_staff(role))
    assert client.get(reverse("contactmessage:inspect", args=key)).status_code in (302, 403)
    assert client.post(reverse("contactmessage:answered", args=key)).status_code in (302, 403)
    assert not ContactMessage.objects.exclude(answered_at=None).exists()
