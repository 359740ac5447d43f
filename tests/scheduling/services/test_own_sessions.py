"""Sessions that come back in their therapist's calendar: the booking counts, not its copy."""

import datetime as dt

import pytest

from scheduling.models import BusyTime, Opening
from scheduling.selectors.invitations import invitation_uid, therapist_calendar
from scheduling.selectors.openings import Wanted
from scheduling.services import tokens
from scheduling.services.cancel_booking import cancel_booking
from scheduling.services.confirm_booking import ClientDetails, confirm_booking
from scheduling.services.hold_time import hold_time
from scheduling.services.sync_feed import Outcome, sync_feed
from tests import feed_server as fs
from tests.practice import NOW, TUESDAY, at

pytestmark = pytest.mark.django_db
PATH = "/private-token.ics"
WEEK = dt.timedelta(days=7)
CLIENT = ClientDetails("Casey Sample", "casey@example.org", "", "America/Chicago")
NEXT_TUESDAY = TUESDAY + WEEK


@pytest.fixture
def booking(practice, feed, server):
    server.answers[PATH] = fs.calendar(fs.events((at(18), at(19))))
    sync_feed(feed.pk, now=NOW)
    wanted = Wanted(practice.therapist, practice.service, practice.office, at(9, day=NEXT_TUESDAY))
    token = hold_time(wanted, now=NOW).token
    return confirm_booking(token, CLIENT, idempotency_key="k1", now=NOW).booking


def copy(booking, uid=None):
    """Return a calendar with another event, and the invitation as a calendar program keeps it."""
    text = therapist_calendar(booking).replace(b"\r\n ", b"")
    if uid is not None:
        text = text.replace(invitation_uid(booking).encode(), uid.encode())
    event = text[text.index(b"BEGIN:VEVENT") : text.index(b"END:VCALENDAR")]
    return fs.events((at(18), at(19))).replace(b"END:VCALENDAR", event + b"END:VCALENDAR")


def busy():
    return list(BusyTime.objects.order_by("starts_at").values_list("starts_at", "ends_at"))


def test_a_copy_of_a_session_takes_no_time_of_its_own(booking, feed, server):
    server.answers[PATH] = fs.calendar(copy(booking))
    assert sync_feed(feed.pk, now=NOW) is Outcome.UNCHANGED
    assert busy() == [(at(18), at(19))]


def test_a_copy_that_stays_after_the_session_is_cancelled_blocks_nothing(booking, feed, server):
    server.answers[PATH] = fs.calendar(copy(booking))
    cancel_booking(tokens.link_token(booking.reference), now=NOW)
    sync_feed(feed.pk, now=NOW, force=True)
    assert Opening.objects.filter(starts_at=booking.starts_at).exists()


def test_the_case_of_a_copys_uid_does_not_matter(booking, feed, server):
    server.answers[PATH] = fs.calendar(copy(booking, invitation_uid(booking).upper()))
    sync_feed(feed.pk, now=NOW)
    assert busy() == [(at(18), at(19))]


@pytest.mark.parametrize(
    "uid", ["{0}x@testserver", "x{0}@testserver", "{0}@testserver.example.org", "{0}@elsewhere"]
)
def test_an_event_that_is_not_ours_takes_its_time(booking, feed, server, uid):
    server.answers[PATH] = fs.calendar(copy(booking, uid.format(booking.reference.lower())))
    sync_feed(feed.pk, now=NOW)
    assert (booking.starts_at, booking.ends_at) in busy()


def test_a_new_address_of_the_site_reads_an_unchanged_calendar_anew(
    booking, feed, server, settings
):
    server.answers[PATH] = fs.calendar(copy(booking))
    sync_feed(feed.pk, now=NOW)
    settings.BASE_URL = "https://elsewhere.example.org"
    assert sync_feed(feed.pk, now=NOW) is Outcome.NEW_TIMES
    assert (booking.starts_at, booking.ends_at) in busy()
