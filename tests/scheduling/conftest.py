"""What tests of scheduling share."""

import pytest
from django.utils import timezone

from scheduling.services.rebuild_openings import rebuild_openings
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
