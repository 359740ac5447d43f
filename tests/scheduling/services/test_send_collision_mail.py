"""The therapist and the desk hear of a collision, once."""

import pytest
from django.core import mail
from django_q.models import OrmQ

from scheduling.models import Collision, SchedulingSettings
from scheduling.services.keep_collision import keep_collision
from scheduling.services.send_collision_mail import retell_of_collisions, send_collision_mail
from scheduling.services.sync_feed import sync_feed
from scheduling.services.tell_of_collisions import SEND
from tests import feed_server as fs
from tests.collisions import EVENING, MINUTE, PATH, next_tuesday, session_at, visit
from tests.practice import NOW
from tests.staff import make_staff
from tests.tasks import enqueued

pytestmark = pytest.mark.django_db


@pytest.fixture
def booking(practice, feed, server):
    server.answers[PATH] = fs.calendar(fs.events(EVENING))
    sync_feed(feed.pk, now=NOW)
    return session_at(practice, next_tuesday(9))


@pytest.fixture(autouse=True)
def readers(practice):
    practice.therapist.email = "ada@example.org"
    practice.therapist.save()
    rules = SchedulingSettings.load()
    rules.calendar_alerts_to = "desk@example.org"
    rules.save()


def test_one_mail_to_each_about_all_of_them(booking, practice, feed, server):
    session_at(practice, next_tuesday(10, 30), key="k2")
    OrmQ.objects.all().delete()
    visit(feed, server, (next_tuesday(8), next_tuesday(13)))
    assert [arguments for name, arguments in enqueued() if name == SEND] == [
        (practice.therapist.pk,)
    ]
    assert send_collision_mail(practice.therapist.pk, now=NOW + 11 * MINUTE) == 2
    assert [message.to for message in mail.outbox] == [
        ["ada@example.org"],
        ["desk@example.org"],
    ]
    message = mail.outbox[0]
    assert message.subject == "A session needs a look"
    for words in (
        booking.reference,
        "Tuesday, January 12, 9:00 AM Central Time",
        "Tuesday, January 12, 10:30 AM Central Time",
        "South Loop office",
        "“Google”: taken from Tuesday, January 12, 8:00 AM",
        "What to do: move or cancel",
    ):
        assert words in message.body
    assert "Casey" not in message.body
    assert send_collision_mail(practice.therapist.pk, now=NOW + 60 * MINUTE) == 0
    assert set(Collision.objects.values_list("told_at", flat=True)) == {NOW + 11 * MINUTE}


def test_what_is_decided_or_over_before_is_not_told(booking, feed, server):
    visit(feed, server, (next_tuesday(9), next_tuesday(10)))
    keep_collision(Collision.objects.get().pk, by=make_staff("Owner"), now=NOW)
    assert send_collision_mail(feed.therapist_id, now=NOW + 11 * MINUTE) == 0
    visit(feed, server, minutes=20)
    assert send_collision_mail(feed.therapist_id, now=NOW + 21 * MINUTE) == 0
    assert mail.outbox == []


def test_another_worker_with_the_same_task_sends_nothing(booking, feed, server):
    visit(feed, server, (next_tuesday(9), next_tuesday(10)))
    Collision.objects.update(tried_at=NOW + 10 * MINUTE)
    assert send_collision_mail(feed.therapist_id, now=NOW + 11 * MINUTE) == 0


def test_what_could_not_be_sent_is_tried_again_for_two_days(
    booking, feed, server, settings, caplog
):
    backend = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    visit(feed, server, (next_tuesday(9), next_tuesday(10)))
    assert send_collision_mail(feed.therapist_id, now=NOW + 10 * MINUTE) == 0
    assert "collision_mail_failed" in caplog.text
    assert "example.org" not in caplog.text
    settings.EMAIL_BACKEND = backend
    assert retell_of_collisions(now=NOW + 11 * MINUTE) == 0
    OrmQ.objects.all().delete()
    assert retell_of_collisions(now=NOW + 13 * MINUTE) == 1
    assert enqueued() == [(SEND, (feed.therapist_id,))]
    assert send_collision_mail(feed.therapist_id, now=NOW + 13 * MINUTE) == 2
    assert retell_of_collisions(now=NOW + 16 * MINUTE) == 0
