"""After any history of events the read model says what the rules say.

The events come one after another, each followed by the tasks that it enqueued; the clock moves on.
"""

import datetime as dt
import random

import pytest

from locations.models import Room
from scheduling.models import Booking, HoursException, Licence, TimeOff, WorkingHours
from scheduling.selectors.openings import Wanted
from scheduling.selectors.search import Search, next_openings
from scheduling.services.cancel_booking import cancel_booking
from scheduling.services.cancel_for_client import cancel_for_client
from scheduling.services.change_status import PROGRAM
from scheduling.services.confirm_booking import ClientDetails, confirm_booking
from scheduling.services.errors import BookingError
from scheduling.services.expire_holds import expire_holds
from scheduling.services.hold_time import hold_time
from scheduling.services.move_booking import move_booking
from scheduling.services.rebuild_openings import Difference, rebuild_openings
from scheduling.services.release_hold import release_hold
from scheduling.services.tokens import link_token
from tests.practice import NOW, TUESDAY, add_therapist, at, make_practice
from tests.tasks import run_rebuilds

CLIENT = ClientDetails("Casey Sample", "casey@example.org", "+13125550123", "America/Chicago")
EVENTS = 90
WEEK = dt.timedelta(days=7)


class History:
    """A practice with two therapists who share a room, and what happens to it."""

    def __init__(self, seed):
        self.chance = random.Random(seed)  # noqa: S311  # the same history for the same seed
        self.practice = make_practice()
        self.therapists = [
            self.practice.therapist,
            add_therapist(
                self.practice.service,
                self.practice.office,
                self.practice.online.jurisdiction,
                slug="ben-sample",
                name="Ben Sample",
            ),
        ]
        self.now = NOW
        self.tokens = []
        run_rebuilds(self.now)

    def therapist(self):
        return self.chance.choice(self.therapists)

    def any(self, model):
        """Return a record of `model`, None where there is none."""
        records = list(model.objects.order_by("pk"))
        return self.chance.choice(records) if records else None

    def moment(self):
        day = TUESDAY + self.chance.randrange(4) * WEEK
        return at(self.chance.randrange(8, 13), self.chance.choice((0, 30)), day=day)

    def place(self):
        return self.chance.choice((self.practice.office, self.practice.online))

    def hold(self):
        wanted = Wanted(self.therapist(), self.practice.service, self.place(), self.moment())
        self.tokens.append(hold_time(wanted, now=self.now).token)

    def confirm(self):
        if self.tokens:
            confirm_booking(self.tokens.pop(), CLIENT, idempotency_key="k", now=self.now)

    def release(self):
        if self.tokens:
            release_hold(self.tokens.pop(), now=self.now)

    def booking(self):
        return self.any(Booking)

    def cancel(self):
        if booking := self.booking():
            cancel_booking(link_token(booking.reference), now=self.now)

    def cancel_at_the_desk(self):
        if booking := self.booking():
            cancel_for_client(booking.pk, asked_by_client=False, by=PROGRAM, now=self.now)

    def move(self):
        if booking := self.booking():
            move_booking(link_token(booking.reference), self.moment(), now=self.now)

    def time_passes(self):
        self.now += dt.timedelta(minutes=self.chance.choice((1, 6, 11)))
        expire_holds(now=self.now)

    def time_off(self):
        start = self.moment()
        end = start + dt.timedelta(hours=self.chance.randrange(1, 30))
        TimeOff.objects.create(therapist=self.therapist(), starts_at=start, ends_at=end)

    def back_from_time_off(self):
        if off := self.any(TimeOff):
            off.delete()

    def hours(self):
        hours = self.any(WorkingHours)
        hours.ends = dt.time(self.chance.randrange(11, 14))
        hours.office = self.chance.choice((None, self.practice.office))
        hours.save()

    def other_hours(self):
        HoursException.objects.create(
            therapist=self.therapist(),
            date=TUESDAY + self.chance.randrange(4) * WEEK,
            starts=dt.time(10),
            ends=dt.time(13),
            office=self.practice.office,
        )

    def licence(self):
        licence = self.any(Licence)
        licence.valid_until = TUESDAY + self.chance.randrange(2, 60) * WEEK
        licence.save()

    def room(self):
        room = self.any(Room)
        room.is_active = not room.is_active
        room.save()

    def happen(self):
        events = (
            *(self.hold,) * 6, *(self.confirm,) * 3, *(self.move,) * 2, self.release, self.cancel,
            self.cancel_at_the_desk, self.time_passes, self.time_off, self.back_from_time_off,
            self.hours, self.other_hours, self.licence, self.room,
        )  # fmt: skip
        try:
            self.chance.choice(events)()
        except BookingError:
            return False
        finally:
            run_rebuilds(self.now)
        return True


@pytest.mark.django_db
@pytest.mark.parametrize("seed", [1, 2])
def test_openings_are_true_after_any_history(seed):
    history = History(seed)
    happened = 0
    for _ in range(EVENTS):
        happened += history.happen()
        for therapist in history.therapists:
            checked = rebuild_openings(therapist.pk, now=history.now, check=True)
            assert checked == Difference(0, 0)
    assert happened > EVENTS / 2
    assert Booking.objects.count() >= 5
    found = next_openings(Search(), now=history.now, limit=200).openings
    assert len(found) > 10
