"""After any history of events the read model says what the rules say."""

import pytest
from django.core.management import call_command

from scheduling.models import Booking
from tests.scheduling.history import History


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("events", "between_checks"), [(120, 3), pytest.param(10_000, 50, marks=pytest.mark.long)]
)
def test_openings_are_true_after_any_history(events, between_checks, clock, server):
    history = History(events, clock, server)
    happened = 0
    for number in range(1, events + 1):
        happened += history.happen()
        if number % between_checks == 0:
            call_command("rebuild_openings", check=True)
    assert happened > events / 2
    assert Booking.objects.count() >= events / 30
