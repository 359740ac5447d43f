"""The therapist and the desk hear of a calendar's trouble once, and of its end."""

import datetime as dt

import pytest
from django.core import mail
from django_q.models import OrmQ

from scheduling.models import CalendarFeed, SchedulingSettings
from scheduling.services.send_feed_mail import send_feed_mail
from scheduling.services.sync_feed import sync_feed
from tests import feed_server as fs
from tests.practice import NOW, TUESDAY, at
from tests.tasks import enqueued

pytestmark = pytest.mark.django_db
PATH = "/private-token.ics"
MINUTE, DAY = dt.timedelta(minutes=1), dt.timedelta(days=1)
MANY = [(at(10, day=TUESDAY + n * DAY), at(11, day=TUESDAY + n * DAY)) for n in range(10)]


@pytest.fixture(autouse=True)
def readers(practice):
    practice.therapist.email = "ada@example.org"
    practice.therapist.save()
    settings = SchedulingSettings.load()
    settings.calendar_alerts_to = "desk@example.org"
    settings.save()


@pytest.fixture
def well(feed, server):
    server.answers[PATH] = fs.calendar(fs.events(*MANY))
    sync_feed(feed.pk, now=NOW)
    return feed


def visit(feed, minutes):
    """Visit at so many minutes after NOW, send the mails that follow, and return their texts."""
    mail.outbox.clear()
    OrmQ.objects.all().delete()
    sync_feed(feed.pk, now=NOW + minutes * MINUTE)
    for name, arguments in enqueued():
        if name == "scheduling.tasks.send_feed_mail":
            send_feed_mail(*arguments, now=NOW + minutes * MINUTE)
    return [message.body for message in mail.outbox]


def test_a_calendar_that_is_well_is_no_news(well):
    assert visit(well, 10) == []


def test_a_failure_is_told_when_it_changes_what_clients_see_and_not_again(well, server):
    server.answers[PATH] = fs.status(500)
    assert visit(well, 10) == []
    texts = visit(well, 31)
    assert {message.to[0] for message in mail.outbox} == {"ada@example.org", "desk@example.org"}
    assert "problem of its own (answer 500)" in texts[0]
    assert "if the calendar can be read while they do" in texts[0]
    assert "Mon, January 4" in texts[0] or "January 4" in texts[0]
    assert visit(well, 60) == []
    assert len(visit(well, 7 * 60)) == 2
    assert visit(well, 8 * 60) == []
    assert len(visit(well, 49 * 60)) == 2
    assert visit(well, 80 * 60) == []


def test_its_end_is_told_to_those_who_heard_of_it(well, server):
    server.answers[PATH] = fs.status(500)
    visit(well, 31)
    server.answers[PATH] = fs.calendar(fs.events(*MANY))
    assert len(visit(well, 60)) == 2
    assert mail.outbox[0].subject == "A calendar can be read again"
    assert visit(well, 70) == []


def test_a_failure_that_was_over_before_it_mattered_is_not_told(well, server):
    server.answers[PATH] = fs.status(500)
    assert visit(well, 10) == []
    server.answers[PATH] = fs.calendar(fs.events(*MANY))
    assert visit(well, 12) == []


def test_a_calendar_that_was_never_read_is_told_of_after_a_while(feed, server):
    server.answers[PATH] = fs.status(500)
    assert visit(feed, 0) == []
    assert visit(feed, 20) == []
    assert "never" in visit(feed, 31)[0]


def test_a_doubt_is_told_at_once(well, server):
    server.answers[PATH] = fs.calendar(fs.events(*MANY[:2]))
    texts = visit(well, 10)
    assert len(texts) == 2
    assert "lost more than half of its events" in texts[0]
    assert "accept it with one click" in texts[0]
    assert visit(well, 20) == []


def test_a_mail_tells_neither_the_address_nor_anything_of_the_events(well, server):
    server.answers[PATH] = fs.status(404)
    texts = visit(well, 31)
    for secret in ("private-token", "127.0.0.1", "Casey"):
        assert secret not in "".join(texts)
        assert secret not in "".join(str(each.task) for each in OrmQ.objects.all())


def test_news_that_was_overtaken_is_not_sent(well):
    assert send_feed_mail(well.pk, "trouble", now=NOW) == 0
    CalendarFeed.objects.update(is_active=False)
    assert send_feed_mail(well.pk, "recovered", now=NOW) == 0
    assert send_feed_mail(well.pk + 1, "recovered", now=NOW) == 0
    assert mail.outbox == []


def test_a_mail_server_that_is_down_is_logged_without_an_address(well, server, settings, caplog):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    assert send_feed_mail(well.pk, "recovered", now=NOW) == 0
    assert "feed_mail_failed" in caplog.text
    assert "example.org" not in caplog.text
