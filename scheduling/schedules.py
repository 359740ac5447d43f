"""What runs by the clock.

The schedules stand in the database, where every cluster sees them. They are written after each
migration, so that a deployment brings them up to date; one that staff have switched off (repeats 0)
stays off. A single malformed schedule would keep all others from running: so they are made here
alone, from plain values, and a test runs each.
"""

import datetime as dt
from typing import Any

from django.utils import timezone

SCHEDULES: dict[str, dict[str, Any]] = {
    "Visit the calendars that are due": {
        "func": "scheduling.tasks.sync_due_feeds",
        "schedule_type": "I",
        "minutes": 1,
    },
    "Give back times that are no longer held": {
        "func": "scheduling.tasks.expire_holds",
        "schedule_type": "I",
        "minutes": 1,
    },
    "End requests that were not answered": {
        "func": "scheduling.tasks.expire_requests",
        "schedule_type": "I",
        "minutes": 1,
    },
    "Write that sessions have taken place": {
        "func": "scheduling.tasks.complete_sessions",
        "schedule_type": "I",
        "minutes": 15,
    },
    "Send mails again that could not be sent": {
        "func": "scheduling.tasks.resend_booking_mails",
        "schedule_type": "I",
        "minutes": 2,
    },
    "Send the reminders whose time has come": {
        "func": "scheduling.tasks.send_due_reminders",
        "schedule_type": "I",
        "minutes": 5,
    },
    "Tell again of collisions that nobody could be told of": {
        "func": "scheduling.tasks.retell_of_collisions",
        "schedule_type": "I",
        "minutes": 2,
    },
    "Warn of licenses that end soon": {
        "func": "scheduling.tasks.warn_of_licences",
        "schedule_type": "D",
    },
    "Publish the pages whose hour has come": {
        "func": "cms.core.tasks.publish_scheduled_pages",
        "schedule_type": "I",
        "minutes": 5,
    },
    "Forget sessions that have ended": {
        "func": "cms.core.tasks.forget_ended_sessions",
        "schedule_type": "D",
    },
    "Rebuild all openings": {
        "func": "scheduling.tasks.rebuild_all_openings",
        "schedule_type": "D",
    },
}


def write_schedules(**kwargs: Any) -> None:
    """Create what is missing, correct what differs and remove what is no longer wanted.

    A receiver of `post_migrate`. Schedules of other programs are left alone.
    """
    from django_q.models import Schedule  # noqa: PLC0415  # models must be loaded first

    for name, wanted in SCHEDULES.items():
        schedule, is_new = Schedule.objects.get_or_create(
            name=name, defaults={**wanted, "next_run": first_run(wanted, timezone.now())}
        )
        if not is_new and any(getattr(schedule, key) != value for key, value in wanted.items()):
            Schedule.objects.filter(pk=schedule.pk).update(**wanted)
    ours = Schedule.objects.filter(func__startswith="scheduling.tasks.")
    ours.exclude(name__in=SCHEDULES).delete()


def first_run(wanted: dict[str, Any], now: dt.datetime) -> dt.datetime:
    """Return when a new schedule begins: nightly ones five minutes into the practice's next day."""
    if wanted["schedule_type"] != "D":
        return now
    tomorrow = timezone.localtime(now).date() + dt.timedelta(days=1)
    return timezone.make_aware(dt.datetime.combine(tomorrow, dt.time(0, 5)))
