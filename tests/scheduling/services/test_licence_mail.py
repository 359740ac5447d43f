"""The therapist and the desk hear 60, 30 and 7 days before a licence ends, once each."""

import datetime as dt

import pytest
from django.core import mail
from django.urls import reverse
from django_q.models import OrmQ

from locations.models import Jurisdiction
from scheduling.models import Licence, LicenceWarning, SchedulingSettings, Therapist
from scheduling.services.send_licence_mail import send_licence_mail
from scheduling.services.warn_of_licences import SEND, warn_of_licences
from tests.practice import CHICAGO
from tests.tasks import enqueued

pytestmark = pytest.mark.django_db
END = dt.date(2027, 3, 31)
DAY, MINUTE = dt.timedelta(days=1), dt.timedelta(minutes=1)


@pytest.fixture
def licence(practice):
    practice.therapist.email = "ada@example.org"
    practice.therapist.save()
    rules = SchedulingSettings.load()
    rules.calendar_alerts_to = "desk@example.org"
    rules.save()
    Licence.objects.update(valid_until=END)
    return Licence.objects.get()


def before(days, time=dt.time(0, 5)):
    """Return the instant so many days before the end, soon after the practice's midnight."""
    return dt.datetime.combine(END - days * DAY, time, CHICAGO).astimezone(dt.UTC)


def run(now):
    """Run the job and the mails that it asks for; return how many mails went out."""
    OrmQ.objects.all().delete()
    warn_of_licences(now=now)
    tasks = [arguments for name, arguments in enqueued() if name == SEND]
    return sum(send_licence_mail(*arguments, now=now) for arguments in tasks)


def test_each_step_is_told_once_to_each_of_both(licence):
    told = {days: sent for days in range(70, -5, -1) if (sent := run(before(days)))}
    assert told == {60: 2, 30: 2, 7: 2}
    assert [message.to for message in mail.outbox[:2]] == [
        ["ada@example.org"],
        ["desk@example.org"],
    ]


def test_the_mail_says_what_ends_what_clients_see_and_what_to_do(licence):
    run(before(7))
    message = mail.outbox[0]
    assert message.subject == "A license ends soon"
    for words in (
        "The license of Ada Sample in Illinois ends soon.",
        "Last valid day: Wednesday, March 31, 2027, in 7 days",
        "For later days no times are offered in Illinois",
        "have the new last day written",
        reverse("therapist:inspect", args=[licence.therapist_id]),
        "60, 30 and 7 days before the end",
    ):
        assert words in message.body
    assert "SAMPLE-1" not in message.body
    mail.outbox.clear()
    LicenceWarning.objects.all().delete()
    run(before(1))
    assert "March 31, 2027, in 1 day\n" in mail.outbox[0].body


def test_days_on_which_the_job_did_not_run_are_made_up_for(licence):
    assert run(before(41)) == 2
    assert run(before(3)) == 2
    assert run(before(2)) == 0
    assert set(LicenceWarning.objects.values_list("days", flat=True)) == {60, 7}


def test_the_day_is_the_practices(licence):
    late_evening = dt.time(23, 50)
    assert run(before(61, late_evening)) == 0
    assert before(61, late_evening).date() == END - 60 * DAY, "in London it is the day already"
    assert run(before(60)) == 2


def test_a_licence_that_was_renewed_is_told_of_anew_and_not_before(licence):
    assert run(before(7)) == 2
    warn_of_licences(now=before(6))
    licence.valid_until = END + 365 * DAY
    licence.save()
    assert run(before(6)) == 0
    assert run(before(60) + 365 * DAY) == 2


def test_what_was_asked_for_before_the_renewal_is_not_sent(licence):
    warn_of_licences(now=before(7))
    Licence.objects.update(valid_until=END + 365 * DAY)
    assert send_licence_mail(LicenceWarning.objects.get().pk, now=before(7)) == 0
    Licence.objects.all().delete()
    assert not LicenceWarning.objects.exists()
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("code", "begins", "told"), [("IL", 1, 0), ("IL", None, 0), ("IL", 2, 2), ("DC", None, 2)]
)
def test_another_licence_that_goes_on_there_makes_it_no_news(licence, code, begins, told):
    jurisdiction, _ = Jurisdiction.objects.get_or_create(code=code, defaults={"name": code})
    Licence.objects.create(
        therapist=licence.therapist,
        jurisdiction=jurisdiction,
        number="SAMPLE-2",
        valid_from=begins and END + begins * DAY,
        valid_until=END + 365 * DAY,
    )
    assert run(before(7)) == told


def test_therapists_off_the_site_and_licences_to_come_are_left_out(licence):
    Licence.objects.update(valid_from=END - 5 * DAY)
    assert run(before(7)) == 0
    Therapist.objects.update(is_active=False)
    assert run(before(3)) == 0


def test_the_job_run_twice_and_a_task_done_twice_send_one_mail(licence):
    assert (warn_of_licences(now=before(60)), warn_of_licences(now=before(60))) == (1, 1)
    tasks = [arguments for name, arguments in enqueued() if name == SEND]
    assert tasks == [(LicenceWarning.objects.get().pk,)] * 2, "one warning, by its key alone"
    assert [send_licence_mail(*each, now=before(60)) for each in tasks] == [2, 0]
    assert send_licence_mail(*tasks[0], now=before(60) + 60 * MINUTE) == 0


def test_another_worker_with_the_same_task_sends_nothing(licence):
    warn_of_licences(now=before(60))
    LicenceWarning.objects.update(tried_at=before(60))
    key = LicenceWarning.objects.get().pk
    assert send_licence_mail(key, now=before(60) + MINUTE) == 0
    assert send_licence_mail(key, now=before(60) + 3 * MINUTE) == 2


def test_what_could_not_be_sent_is_due_again_and_logged_without_an_address(
    licence, settings, caplog
):
    backend = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    assert run(before(30)) == 0
    assert "licence_mail_failed" in caplog.text
    assert "example.org" not in caplog.text
    settings.EMAIL_BACKEND = backend
    assert run(before(29)) == 2
