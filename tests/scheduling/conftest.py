"""What tests of scheduling share."""

import pytest
from django.utils import timezone

from scheduling.services.rebuild_openings import rebuild_openings
from tests.mail_server import mail_server
from tests.practice import NOW, Practice, make_practice


class Clock:
    """The clock that views, tasks and commands read."""

    def __init__(self):
        self.now = NOW


@pytest.fixture
def clock(monkeypatch):
    """Set the clock to `NOW`; a test moves it on by `clock.now += …`."""
    made = Clock()
    monkeypatch.setattr(timezone, "now", lambda: made.now)
    return made


@pytest.fixture
def open_practice(db, clock) -> Practice:
    """Return the small practice with its openings built."""
    made = make_practice()
    rebuild_openings(made.therapist.pk, now=NOW)
    return made


@pytest.fixture(scope="session")
def running_mail_server():
    """Run a real SMTP server for all tests that send mail."""
    with mail_server() as started:
        yield started


@pytest.fixture
def inbox(running_mail_server, settings):
    """Return the emptied inbox of the SMTP server that mail now goes to."""
    inbox, port = running_mail_server
    inbox.empty()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    return inbox
