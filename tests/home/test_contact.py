"""What people write through the contact page: kept encrypted, once, and answered by the desk."""

import datetime as dt
import re

import pytest
from django.core import mail
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from cms.core.models import PracticeSettings
from home.forms import new_stamp
from home.models import ContactMessage
from home.pages import make_pages
from home.receive_message import REFUSED_AFTER, SUSPECT_AFTER, TELL
from home.tell_of_message import tell_of_message
from tests.log_stream import log_stream
from tests.tasks import enqueued

pytestmark = pytest.mark.django_db

WORDS = {
    "about": "self_pay",
    "name": "Zzcanary Sample",
    "way": "email",
    "email": "zzcanary@example.org",
    "phone": "",
    "text": "Zzcanary would like to know.\r\nThank you!",
    "website": "",
}
A_MINUTE = dt.timedelta(minutes=1)


@pytest.fixture(autouse=True)
def pages(db):
    make_pages()


def stamp(ago=A_MINUTE):
    return new_stamp(timezone.now() - ago)


def send(client, address="", **changes):
    headers = {"REMOTE_ADDR": address} if address else {}
    return client.post("/contact/", {"stamp": stamp(), **WORDS, **changes}, **headers)


def told():
    return [arguments[0] for name, arguments in enqueued() if name == TELL]


def test_a_message_is_kept_encrypted_and_the_desk_is_told_of_it(client):
    response = send(client)
    assert (response.status_code, response.url) == (302, "/contact/?received=1#written")
    assert "Your message has arrived" in client.get(response.url).content.decode()
    message = ContactMessage.objects.get()
    assert (message.name, message.text) == (WORDS["name"], WORDS["text"])
    assert not message.is_suspect
    assert told() == [message.pk]
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM home_contactmessage")
        assert "canary" not in str(cursor.fetchall()).casefold()


def test_the_mail_says_neither_who_nor_what_and_goes_once(client):
    practice = PracticeSettings.load()
    practice.email = "desk@example.org"
    practice.save()
    send(client)
    message = ContactMessage.objects.get()
    assert [tell_of_message(message.pk, now=timezone.now()) for _ in range(2)] == [True, False]
    (sent,) = mail.outbox
    assert "canary" not in sent.message().as_string().casefold()
    assert reverse("contactmessage:inspect", args=[message.pk]) in sent.body


def test_what_is_missing_is_said_and_what_was_typed_is_kept(client):
    response = send(client, way="phone", name="")
    html = response.content.decode()
    assert response.status_code == 422
    assert "We need this to answer in the way you chose." in html
    assert "Zzcanary would like to know." in html
    assert not ContactMessage.objects.exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"text": "x" * 4001},
        {"text": "a\x00b"},
        {"name": "A\r\nBcc: b@example.org"},
        {"name": "x" * 121},
        {"email": "a@example.org, b@example.org"},
        {"phone": "12", "way": "phone"},
        {"about": "nothing"},
    ],
)
def test_what_nobody_can_have_meant_is_refused(client, changes):
    assert send(client, **changes).status_code == 422
    assert not ContactMessage.objects.exists()


def test_the_same_form_sent_again_is_the_same_message(client):
    same = stamp()
    for _ in range(2):
        assert send(client, stamp=same).status_code == 302
    assert ContactMessage.objects.count() == 1
    assert len(told()) == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"website": "https://example.org"},
        {"stamp": "made-up"},
        {"stamp": ""},
    ],
)
def test_what_seems_to_come_from_a_program_waits_marked_and_without_a_mail(client, changes):
    assert send(client, **changes).status_code == 302
    assert ContactMessage.objects.get().is_suspect
    assert told() == []


def test_a_form_filled_in_at_once_is_suspect_and_one_left_open_for_a_day_is_not(client):
    send(client, stamp=stamp(dt.timedelta()))
    send(client, stamp=stamp(dt.timedelta(days=1)))
    assert sorted(ContactMessage.objects.values_list("is_suspect", flat=True)) == [False, True]


def test_many_messages_from_one_address_are_marked_and_then_refused_with_what_was_typed(client):
    for _ in range(REFUSED_AFTER):
        assert send(client, "8.8.8.8").status_code == 302
    assert ContactMessage.objects.filter(is_suspect=False).count() == SUSPECT_AFTER
    response = send(client, "8.8.8.8")
    assert response.status_code == 429
    assert "Zzcanary would like to know." in response.content.decode()
    assert send(client, "9.9.9.9").status_code == 302


def test_nothing_of_it_is_logged(client):
    with log_stream() as written:
        send(client)
        send(client, text="")
    assert '"route": "wagtail_serve"' in written.getvalue()
    assert not re.search("canary", written.getvalue(), re.IGNORECASE)
