import pytest

from scheduling.selectors.openings import Wanted
from scheduling.services.confirm_booking import ClientDetails, confirm_booking
from scheduling.services.hold_time import hold_time
from tests.practice import NOW, at, make_practice

CLIENT = ClientDetails("Zzcanary Sample", "zzcanary@example.org", "+13125550123", "America/Chicago")


@pytest.fixture
def practice(db):
    return make_practice()


@pytest.fixture
def booking(practice):
    wanted = Wanted(practice.therapist, practice.service, practice.office, at(9))
    token = hold_time(wanted, now=NOW).token
    return confirm_booking(token, CLIENT, idempotency_key="k1", now=NOW).booking
