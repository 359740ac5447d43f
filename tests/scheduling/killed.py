"""Kill a process at each step of what it does to bookings, and look at what is left of it.

A program of its own, on the database in DATABASE_URL, with calendars at FEED_ADDRESS. For each
action it starts a process that does it and kills itself (SIGKILL) at the first, then the second …
statement, until one comes to the end alive. After each, a worker does what stands in the queue, the
books are looked at, and the action is tried again, as a client or a worker would. Prints a line of
JSON per action. With `--every 5` only each fifth step is tried.
"""

import argparse
import datetime as dt
import json
import os
import signal
import sys
import traceback
from contextlib import suppress

import django

django.setup()

from django.db import connection, connections  # noqa: E402
from django.utils import timezone  # noqa: E402
from django_q.models import OrmQ  # noqa: E402

from scheduling.models import (  # noqa: E402
    Booking,
    BusyTime,
    CalendarFeed,
    Claim,
    ClaimedCell,
    Hold,
    WorkingHours,
)
from scheduling.selectors.openings import Wanted  # noqa: E402
from scheduling.services.cancel_booking import cancel_booking  # noqa: E402
from scheduling.services.confirm_booking import ClientDetails, confirm_booking  # noqa: E402
from scheduling.services.errors import TimeTakenError  # noqa: E402
from scheduling.services.hold_time import hold_time  # noqa: E402
from scheduling.services.move_booking import move_booking  # noqa: E402
from scheduling.services.rebuild_openings import rebuild_openings  # noqa: E402
from scheduling.services.sync_feed import sync_feed  # noqa: E402
from scheduling.services.tokens import link_token  # noqa: E402
from tests.practice import NOW, TUESDAY, at, make_practice  # noqa: E402
from tests.tasks import run_all  # noqa: E402

CLIENT = ClientDetails("Casey Sample", "casey@example.org", "+13125550123", "America/Chicago")
TOKEN = "the token of the one hold there is"
STATEMENTS_AT_MOST = 400
SESSIONS = TUESDAY + dt.timedelta(days=7)
# When the therapist's own calendar says that they are busy: on another day than the sessions.
MORNING, NOON = {at(9)}, {at(10)}


def calendar_of(part):
    """Return the address of the calendar that says so of a `part` of the day."""
    return f"{os.environ['FEED_ADDRESS']}/{part}.ics"


class Books:
    """A practice, what is done in it, and what must be true of it at any time."""

    def __init__(self):
        self.practice = make_practice()
        self.feed = CalendarFeed.objects.create(
            therapist=self.practice.therapist, name="Google", address=calendar_of("morning")
        )

    def begin_anew(self):
        for model in (ClaimedCell, Claim, Hold, Booking, OrmQ):
            model.objects.all().delete()
        WorkingHours.objects.update(ends="12:00")
        CalendarFeed.objects.update(address=calendar_of("morning"))
        sync_feed(self.feed.pk, now=NOW, force=True, accept=True)
        rebuild_openings(self.practice.therapist.pk, now=NOW)

    # What is there before an action, the action, and what may be left of it: all or nothing.

    def before_hold(self):
        pass

    def hold(self):
        with suppress(TimeTakenError):  # by ourselves, where the first try came to its end
            wanted = Wanted(
                self.practice.therapist,
                self.practice.service,
                self.practice.office,
                at(9, day=SESSIONS),
            )
            hold_time(wanted, now=NOW, token=TOKEN)

    def may_be_left_by_hold(self):
        return (Hold.objects.count(), Booking.objects.count()) in {(0, 0), (1, 0)}

    def before_confirm(self):
        self.hold()

    def confirm(self):
        confirm_booking(TOKEN, CLIENT, idempotency_key="k", now=NOW)

    def may_be_left_by_confirm(self):
        return (Hold.objects.count(), Booking.objects.count()) in {(1, 0), (0, 1)}

    def before_cancel(self):
        self.hold()
        self.confirm()

    def cancel(self):
        cancel_booking(link_token(Booking.objects.get().reference), now=NOW)

    def may_be_left_by_cancel(self):
        return Booking.objects.filter(status__in=["confirmed", "cancelled"]).count() == 1

    before_move = before_cancel

    def move(self):
        move_booking(link_token(Booking.objects.get().reference), at(11, day=SESSIONS), now=NOW)

    def may_be_left_by_move(self):
        return Booking.objects.get().starts_at in {at(9, day=SESSIONS), at(11, day=SESSIONS)}

    def before_sync(self):
        CalendarFeed.objects.update(address=calendar_of("noon"))

    def sync(self):
        sync_feed(self.feed.pk, now=NOW, force=True, accept=True)

    def may_be_left_by_sync(self):
        return set(BusyTime.objects.values_list("starts_at", flat=True)) in [
            MORNING,
            NOON,
        ]

    def before_rebuild(self):
        hours = WorkingHours.objects.get()
        hours.ends = hours.ends.replace(hour=11)
        hours.save()

    def rebuild(self):
        run_all()

    def may_be_left_by_rebuild(self):
        return True

    def problems(self):
        """Return what is wrong with the books, whatever was done or left half done."""
        for session in [*Hold.objects.all(), *Booking.objects.all()]:
            is_over = getattr(session, "status", "") == Booking.Status.CANCELLED
            expected = 0 if is_over else 1 + bool(session.room_id)
            if session.claims.count() != expected:
                yield f"{session.pk} has {session.claims.count()} claims instead of {expected}"
            if any(claim.starts_at != session.starts_at for claim in session.claims.all()):
                yield "a claim lies elsewhere than its session"
        for claim in Claim.objects.all():
            cells = (claim.ends_at - claim.starts_at).total_seconds() / 300
            if claim.cells.count() != cells:
                yield f"a claim has {claim.cells.count()} cells instead of {cells}"
        difference = rebuild_openings(self.practice.therapist.pk, now=NOW, check=True)
        if difference != (0, 0):
            yield f"the openings differ: {difference}"


def killed_at(step, action):
    """Do `action` in a process that kills itself before its statement number `step`.

    A commit counts twice: killed before it, and killed after it. Return whether it was killed.
    """
    connections.close_all()
    child = os.fork()
    if child == 0:
        steps_left = [step]

        def one_more():
            steps_left[0] -= 1
            if steps_left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)

        def around_statement(execute, *asked):
            one_more()
            return execute(*asked)

        commit = connection._commit

        def around_commit():
            one_more()
            commit()
            one_more()

        connection._commit = around_commit
        try:
            with connection.execute_wrapper(around_statement):
                action()
        except BaseException:  # the child must never go on as its parent
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return True
    assert status == 0, f"the action failed: {status}"
    return False


def try_each_step(books, name, every):
    """Kill `name` at each step; return how often, and what was wrong then."""
    action, left = getattr(books, name), getattr(books, f"may_be_left_by_{name}")
    problems = []
    for kills, step in enumerate(range(1, STATEMENTS_AT_MOST, every)):
        books.begin_anew()
        getattr(books, f"before_{name}")()
        was_killed = killed_at(step, action)
        if not left():
            problems.append(f"killed at step {step}, something half done is left")
        run_all()
        problems += [f"killed at step {step}: {each}" for each in books.problems()]
        action()
        run_all()
        problems += [f"tried again after step {step}: {each}" for each in books.problems()]
        if not was_killed:
            return kills, problems
    raise AssertionError(f"{name} never came to its end")


if __name__ == "__main__":
    asked = argparse.ArgumentParser()
    asked.add_argument("--every", type=int, default=1)
    timezone.now = lambda: NOW
    books = Books()
    for name in ("hold", "confirm", "cancel", "move", "sync", "rebuild"):
        kills, problems = try_each_step(books, name, asked.parse_args().every)
        sys.stdout.write(json.dumps({"action": name, "kills": kills, "problems": problems}) + "\n")
