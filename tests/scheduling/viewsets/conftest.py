import pytest

from home.staff_groups import DESK
from scheduling.models import CalendarFeed
from scheduling.selectors.openings import Wanted
from scheduling.services.confirm_booking import ClientDetails, confirm_booking
from scheduling.services.hold_time import hold_time
from tests.feed_server import feed_server
from tests.practice import NOW, at, make_practice
from tests.scheduling.viewsets.feeds import PATH, serve
from tests.staff import make_staff

CLIENT = ClientDetails("Zzcanary Sample", "zzcanary@example.org", "+13125550123", "America/Chicago")


@pytest.fixture
def practice(db):
    return make_practice()


@pytest.fixture
def booking(practice):
    wanted = Wanted(practice.therapist, practice.service, practice.office, at(9))
    token = hold_time(wanted, now=NOW).token
    return confirm_booking(token, CLIENT, idempotency_key="k1", now=NOW).booking


@pytest.fixture
def server(settings):
    with feed_server() as running:
        settings.FEED_ALLOWED_HOSTS = [running.host]
        settings.FEED_ALLOW_HTTP = True
        serve(running, 4)
        yield running


@pytest.fixture
def desk(client, db):
    client.force_login(make_staff(DESK))


@pytest.fixture
def feed(practice, server):
    return CalendarFeed.objects.create(
        therapist=practice.therapist, name="Google", address=server.url(PATH)
    )
