"""What runs by the clock exists once, can run, and starts when it should."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.utils.module_loading import import_string
from django_q.models import Schedule

from scheduling.schedules import SCHEDULES, first_run, write_schedules

pytestmark = pytest.mark.django_db


def test_each_schedule_is_there_after_migrating_however_often():
    write_schedules()
    call_command("migrate", verbosity=0)
    assert sorted(Schedule.objects.values_list("name", flat=True)) == sorted(SCHEDULES)


def test_a_schedule_that_differs_is_corrected_and_one_switched_off_stays_off():
    Schedule.objects.update(minutes=7, repeats=0)
    write_schedules()
    for schedule in Schedule.objects.all():
        wanted = SCHEDULES[schedule.name]
        assert {name: getattr(schedule, name) for name in wanted} == wanted
        assert schedule.repeats == 0


def test_a_schedule_of_a_task_that_was_renamed_goes_and_those_of_others_stay():
    for func in ("scheduling.tasks.no_longer", "elsewhere.tasks.job"):
        Schedule.objects.create(name=func, func=func)
    write_schedules()
    assert set(Schedule.objects.values_list("name", flat=True)) == {
        *SCHEDULES,
        "elsewhere.tasks.job",
    }


@pytest.mark.parametrize("name", SCHEDULES)
def test_each_schedule_can_run(name):
    import_string(SCHEDULES[name]["func"])()


def test_the_scheduler_finds_nothing_to_stumble_over():
    """It evaluates arguments as Python, and an error there ends its round for all schedules."""
    for schedule in Schedule.objects.all():
        assert (schedule.args, schedule.kwargs, schedule.hook, schedule.cron) == (None,) * 4
        assert schedule.calculate_next_run() > schedule.next_run


def test_nightly_work_begins_after_the_practices_midnight():
    now = dt.datetime(2027, 3, 14, 4, 0, tzinfo=dt.UTC)
    nightly = SCHEDULES["Rebuild all openings"]
    local = first_run(nightly, now).astimezone(ZoneInfo("America/Chicago"))
    assert local == dt.datetime(2027, 3, 14, 0, 5, tzinfo=ZoneInfo("America/Chicago"))
