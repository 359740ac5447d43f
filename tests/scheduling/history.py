"""A practice, and a random history of everything that can change what can be booked there.

The events come one after another, each followed by the tasks that it enqueued; the clock moves on.
"""

import datetime as dt
import random

from locations.models import Room
from scheduling.models import (
    Booking,
    CalendarFeed,
    HoursException,
    Licence,
    Opening,
    SchedulingSettings,
    Service,
    TimeOff,
    WorkingHours,
)
from scheduling.selectors.openings import Wanted
from scheduling.services.cancel_booking import cancel_booking
from scheduling.services.cancel_for_client import cancel_for_client
from scheduling.services.change_status import PROGRAM
from scheduling.services.confirm_booking import ClientDetails, confirm_booking
from scheduling.services.errors import BookingError
from scheduling.services.expire_holds import expire_holds
from scheduling.services.hold_time import hold_time
from scheduling.services.move_booking import move_booking
from scheduling.services.rebuild_openings import rebuild_openings
from scheduling.services.record_outcome import complete_sessions
from scheduling.services.release_hold import release_hold
from scheduling.services.sync_feed import sync_feed
from scheduling.services.tokens import link_token
from tests.feed_server import calendar, events
from tests.practice import CHICAGO, add_therapist, at, make_practice
from tests.tasks import run_rebuilds

CLIENT = ClientDetails("Casey Sample", "casey@example.org", "+13125550123", "America/Chicago")
WEEK = dt.timedelta(days=7)
MOST_OF_A_KIND = 12
FEED = "/feed.ics"


class History:
    """A practice with two therapists who share a room, and what happens to it.

    One of them has a calendar on `server`. `clock` is the one that tasks and commands read.
    """

    def __init__(self, seed, clock, server):
        self.chance = random.Random(seed)  # noqa: S311  # the same history for the same seed
        self.clock, self.server = clock, server
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
        self.server.answers[FEED] = calendar(events())
        self.feed = CalendarFeed.objects.create(
            therapist=self.therapists[1], name="Google", address=server.url(FEED)
        )
        self.tokens = []
        run_rebuilds(self.now)

    @property
    def now(self):
        return self.clock.now

    def therapist(self):
        return self.chance.choice(self.therapists)

    def any(self, model):
        """Return a record of `model`, None where there is none."""
        records = list(model.objects.order_by("pk"))
        return self.chance.choice(records) if records else None

    def tuesday(self):
        """Return one of the next four Tuesdays, on which the therapists work."""
        today = self.now.astimezone(CHICAGO).date()
        return today + dt.timedelta((1 - today.weekday()) % 7) + self.chance.randrange(4) * WEEK

    def moment(self):
        return at(self.chance.randrange(8, 13), self.chance.choice((0, 30)), day=self.tuesday())

    def place(self):
        return self.chance.choice((self.practice.office, self.practice.online))

    def hold_what_is_listed(self):
        listed = Opening.objects.order_by("starts_at", "therapist", "place")
        if number := listed.count():
            one = listed[self.chance.randrange(number)]
            wanted = Wanted(one.therapist, one.service, one.place, one.starts_at)
            self.tokens.append(hold_time(wanted, now=self.now).token)

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
        to_come = Booking.objects.filter(starts_at__gt=self.now).order_by("pk")
        return self.chance.choice(to_come) if to_come else None

    def cancel(self):
        if booking := self.booking():
            cancel_booking(link_token(booking.reference), now=self.now)

    def cancel_at_the_desk(self):
        if booking := self.booking():
            cancel_for_client(booking.pk, asked_by_client=False, by=PROGRAM, now=self.now)

    def move(self):
        if booking := self.booking():
            move_booking(link_token(booking.reference), self.moment(), now=self.now)

    def minutes_pass(self):
        """Let minutes go by, in which some holds run out and starts come too near to be booked."""
        self.pass_time(dt.timedelta(minutes=self.chance.choice((1, 6, 11, 47))))

    def days_pass(self):
        self.pass_time(dt.timedelta(hours=self.chance.choice((9, 24, 50))))

    def pass_time(self, length):
        """Move the clock, and do what is done each minute, each hour and each night."""
        before = self.now
        self.clock.now += length
        expire_holds(now=self.now)
        complete_sessions(now=self.now)
        if before.astimezone(CHICAGO).date() != self.now.astimezone(CHICAGO).date():
            for each in self.therapists:
                rebuild_openings(each.pk, now=self.now)

    def read_calendar(self):
        """Let the therapist's own calendar say something else, and read it."""
        spans = [(start, start + dt.timedelta(hours=1)) for start in {self.moment(), self.moment()}]
        self.server.answers[FEED] = calendar(events(*spans))
        sync_feed(self.feed.pk, now=self.now, accept=self.chance.choice((True, False)))

    def switch_calendar(self):
        self.feed.refresh_from_db()
        self.feed.is_active = not self.feed.is_active
        self.feed.save()

    def time_off(self):
        start = self.moment()
        end = start + dt.timedelta(hours=self.chance.randrange(1, 30))
        TimeOff.objects.create(therapist=self.therapist(), starts_at=start, ends_at=end)
        self.forget_some(TimeOff)

    def back_from_time_off(self):
        if off := self.any(TimeOff):
            off.delete()

    def hours(self):
        hours = self.any(WorkingHours)
        hours.ends = dt.time(self.chance.randrange(11, 14))
        hours.office = self.chance.choice((None, self.practice.office))
        hours.save()

    def other_hours(self):
        day = self.tuesday()
        HoursException.objects.create(
            therapist=self.therapist(),
            date=day,
            starts=dt.time(10),
            ends=dt.time(13),
            office=self.practice.office,
        )
        self.forget_some(HoursException)

    def forget_some(self, model):
        """Delete the oldest where there are many: a practice has an end of them, too."""
        for surplus in model.objects.order_by("-pk")[MOST_OF_A_KIND:]:
            surplus.delete()

    def licence(self):
        licence = self.any(Licence)
        today = self.now.astimezone(CHICAGO).date()
        licence.valid_until = today + self.chance.randrange(2, 60) * WEEK
        licence.save()

    def room(self):
        room = self.any(Room)
        room.is_active = not room.is_active
        room.save()

    def service(self):
        service = self.any(Service)
        service.minutes = self.chance.choice((45, 50, 50, 80))
        service.buffer_minutes = self.chance.choice((0, 10))
        service.save()

    def settings(self):
        rules = SchedulingSettings.load()
        rules.notice_hours = self.chance.choice((0, 12, 12, 48))
        rules.horizon_days = self.chance.choice((30, 60, 60, 90))
        rules.daily_limit = self.chance.choice((None, None, 2))
        rules.grid_minutes = self.chance.choice((15, 30, 30, 60))
        rules.save()

    def happen(self):
        """Let something happen; return whether it was possible."""
        possible = (
            *(self.hold,) * 4, *(self.hold_what_is_listed,) * 8, *(self.confirm,) * 6,
            *(self.move,) * 2, *(self.read_calendar,) * 2, *(self.minutes_pass,) * 2,
            self.release, self.cancel, self.cancel_at_the_desk, self.days_pass,
            self.switch_calendar, self.time_off, self.back_from_time_off, self.hours,
            self.other_hours, self.licence, self.room, self.service, self.settings,
        )  # fmt: skip
        try:
            self.chance.choice(possible)()
        except BookingError:
            return False
        finally:
            run_rebuilds(self.now)
        return True
