"""Two answers to one request at the same moment, each from a worker of its own: one counts."""

import os
from threading import Barrier, Thread

import pytest
from django.db import connection

from scheduling.models import Booking, CalendarFeed, Claim
from scheduling.services.answer_request import Answer, answer_request, expire_requests
from scheduling.services.cancel_booking import cancel_booking
from scheduling.services.change_status import THERAPIST
from scheduling.services.errors import RequestClosedError
from scheduling.services.move_booking import move_booking
from scheduling.services.rebuild_openings import rebuild_openings
from scheduling.services.tokens import link_token
from tests.practice import NOW, at, make_practice
from tests.scheduling.asking import HOUR, add_feed, ask_for

pytestmark = [
    pytest.mark.skipif(
        not os.environ.get("DATABASE_URL", "").startswith("postgres"),
        reason="several workers at once need PostgreSQL: set DATABASE_URL",
    ),
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
Status = Booking.Status


def answering(answer):
    def answer_it(booking):
        try:
            answer_request(booking.pk, answer, by=THERAPIST, now=NOW + HOUR)
        except RequestClosedError:
            return False
        return True

    return answer_it


def cancelling(booking):
    return cancel_booking(link_token(booking.reference), now=NOW + HOUR)[1]


def running_out(booking):
    return bool(expire_requests(now=booking.answer_until))


def at_once(booking, *actions):
    """Let all `actions` begin at the same moment; return what each returned, or raised."""
    start, results = Barrier(len(actions)), {}

    def run(action):
        start.wait()
        try:
            results[action] = action(booking)
        except Exception as error:  # whatever it is, the test is to see it
            results[action] = error
        finally:
            connection.close()

    threads = [Thread(target=run, args=[action]) for action in actions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [results[action] for action in actions]


def is_whole(booking):
    """Return whether claims, history and mails all tell the booking's status, once each."""
    booking.refresh_from_db()
    stands = booking.status == Status.CONFIRMED
    kinds = booking.mails.filter(sequence=booking.sequence, due_at=None)
    to_client = kinds.filter(kind__startswith="client_").count()
    return (
        Claim.objects.filter(booking=booking).count() == (2 if stands else 0)
        and booking.changes.last().after == booking.status
        and booking.changes.count() == booking.sequence + 1
        and to_client == 1
    )


@pytest.fixture
def practice():
    made = make_practice()
    rebuild_openings(made.therapist.pk, now=NOW)
    add_feed(made.therapist, age=7 * HOUR)
    return made


@pytest.mark.parametrize(
    "other", [answering(Answer.DECLINE), answering(Answer.NOT_FREE), running_out]
)
def test_of_two_answers_one_counts(practice, other):
    booking = ask_for(practice)
    results = at_once(booking, answering(Answer.ACCEPT), other)
    assert sorted(results) == [False, True]
    assert is_whole(booking)
    assert (booking.status == Status.CONFIRMED) == results[0]


def test_accepting_twice_books_once(practice):
    booking = ask_for(practice)
    accepts = [answering(Answer.ACCEPT) for _ in range(6)]
    assert sorted(at_once(booking, *accepts)) == [False] * 5 + [True]
    assert is_whole(booking)


def test_a_client_who_takes_it_back_meanwhile_has_no_session(practice):
    """Where the acceptance comes first, what is taken back is a session."""
    booking = ask_for(practice, at(10, day=at(10).date().replace(day=12)))
    accepted, cancelled = at_once(booking, answering(Answer.ACCEPT), cancelling)
    assert (cancelled, booking.cancel_until > NOW + HOUR) == (True, True)
    assert accepted in (True, False)
    assert is_whole(booking)
    assert booking.status == Status.CANCELLED
    assert booking.changes.count() == (3 if accepted else 2)


def test_a_session_that_is_moved_and_cancelled_at_once_is_never_half_of_both(practice):
    booking = ask_for(practice, at(10, day=at(10).date().replace(day=12)))
    answer_request(booking.pk, Answer.ACCEPT, by=THERAPIST, now=NOW)
    CalendarFeed.objects.all().delete()

    def moving(booking):
        move_booking(link_token(booking.reference), at(11, day=booking.starts_at.date()), now=NOW)

    at_once(booking, moving, cancelling)
    assert is_whole(booking)
    assert booking.status == Status.CANCELLED
