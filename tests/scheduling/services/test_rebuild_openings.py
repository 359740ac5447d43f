"""The read model equals what the rules say, whatever was changed and by whom."""

import datetime as dt

import pytest
from django.db import transaction

from locations.models import Room
from scheduling.models import (
    CalendarFeed,
    HoursException,
    MonthOfOpenings,
    MonthTotal,
    Opening,
    OpenStarts,
    SchedulingSettings,
    Service,
    Therapist,
    TimeOff,
    TravelTime,
    WorkingHours,
)
from scheduling.selectors.openings import Wanted
from scheduling.selectors.search import Search, days_with_openings
from scheduling.services.cancel_booking import cancel_booking
from scheduling.services.confirm_booking import ClientDetails, confirm_booking
from scheduling.services.expire_holds import expire_holds
from scheduling.services.hold_time import hold_time
from scheduling.services.rebuild_openings import Days, Difference, rebuild_openings
from scheduling.services.release_hold import release_hold
from scheduling.services.tokens import link_token
from scheduling.services.total_openings import correct_totals
from tests.practice import NOW, TUESDAY, add_therapist, at, make_practice
from tests.tasks import enqueued, run_rebuilds

pytestmark = pytest.mark.django_db
CLIENT = ClientDetails("Casey Sample", "casey@example.org", "+13125550123", "America/Chicago")
MINUTE = dt.timedelta(minutes=1)
SAME = Difference(0, 0)
ROW = ("service", "place", "starts_at", "ends_at", "local_date", "weekday", "day_part")


@pytest.fixture
def practice():
    made = make_practice()
    rebuild_openings(made.therapist.pk, now=NOW)
    run_rebuilds(NOW)
    return made


@pytest.fixture
def colleague(practice):
    """Another therapist who works the same hours at the office with its one room."""
    made = add_therapist(
        practice.service,
        practice.office,
        practice.online.jurisdiction,
        slug="ben-sample",
        name="Ben Sample",
    )
    run_rebuilds(NOW)
    return made


@pytest.fixture
def wanted(practice):
    return Wanted(practice.therapist, practice.service, practice.office, at(9))


def starts(therapist, place):
    rows = Opening.objects.filter(therapist=therapist, place=place, starts_at__lt=at(23))
    return [row.starts_at for row in rows]


def rebuild(practice, **how):
    return rebuild_openings(practice.therapist.pk, now=NOW, **how)


def test_a_thorough_rebuild_finds_what_the_rows_say_and_writes_only_what_differs(practice):
    before = set(Opening.objects.values_list("pk", flat=True))
    Opening.objects.filter(starts_at=at(9)).delete()
    Opening.objects.filter(starts_at=at(10)).update(starts_at=at(8))
    assert rebuild(practice) == SAME  # it trusts what was written with the rows
    checked = rebuild(practice, check=True)
    assert checked == Difference(4, 2)
    assert rebuild(practice, thorough=True) == checked
    assert rebuild(practice, thorough=True) == SAME
    assert len(before - set(Opening.objects.values_list("pk", flat=True))) == 4


def test_counts_of_a_month_that_are_wrong_are_found_and_corrected(practice):
    row = MonthOfOpenings.objects.filter(place=practice.office).first()
    row.counts = bytes(len(row.counts))
    row.save()
    MonthOfOpenings.objects.filter(place=None).first().delete()
    assert rebuild(practice, check=True) == Difference(2, 0)
    assert rebuild(practice, thorough=True) == Difference(2, 0)
    assert rebuild(practice, check=True) == SAME


def test_what_is_kept_of_the_starts_is_compared_with_the_rows(practice):
    OpenStarts.objects.filter(place=practice.office).delete()
    OpenStarts.objects.filter(place=practice.online).update(minutes=51)
    assert rebuild(practice, check=True) == Difference(2, 0)
    assert rebuild(practice, thorough=True) == Difference(2, 0)
    assert rebuild(practice, check=True) == SAME


def test_rows_that_are_there_already_are_no_obstacle(practice):
    rows = set(Opening.objects.values_list(*ROW))
    Opening.objects.update(ends_at=at(23))
    OpenStarts.objects.all().delete()
    MonthOfOpenings.objects.all().delete()
    assert rebuild(practice) == Difference(len(rows), 0)
    assert set(Opening.objects.values_list(*ROW)) == rows
    assert rebuild(practice, check=True) == SAME


def test_a_rebuild_of_some_days_leaves_the_others_alone(practice):
    for model in (Opening, OpenStarts, MonthOfOpenings):
        model.objects.all().delete()
    day = Days(TUESDAY, TUESDAY)
    assert rebuild(practice, days=day).added == 10
    assert Opening.objects.count() == Opening.objects.filter(local_date=TUESDAY).count() == 10
    assert rebuild(practice, days=day) == SAME
    rebuild(practice)
    assert rebuild(practice, check=True) == SAME


def test_some_days_are_not_enough_where_every_row_changed(practice):
    Service.objects.update(minutes=60)
    assert rebuild(practice, days=Days(TUESDAY, TUESDAY)).added == Opening.objects.count()
    assert rebuild(practice, check=True) == SAME


def test_a_longer_session_is_a_difference_at_each_start(practice):
    practice.service.minutes = 60
    practice.service.save()
    assert run_rebuilds(NOW) == {practice.therapist.pk}
    lengths = {row.ends_at - row.starts_at for row in Opening.objects.all()}
    assert lengths == {dt.timedelta(minutes=60)}


def test_taking_and_giving_back_time_changes_the_openings_at_once(practice, wanted):
    free = starts(practice.therapist, practice.office)
    held = hold_time(wanted, now=NOW)
    assert starts(practice.therapist, practice.office) == [at(10), at(10, 30), at(11)]
    release_hold(held.token, now=NOW)
    assert starts(practice.therapist, practice.office) == free
    token = hold_time(wanted, now=NOW).token
    booking = confirm_booking(token, CLIENT, idempotency_key="k", now=NOW).booking
    assert rebuild_openings(practice.therapist.pk, now=NOW, check=True) == SAME
    cancel_booking(link_token(booking.reference), now=NOW - dt.timedelta(days=1))
    assert starts(practice.therapist, practice.office) == free


def test_the_time_of_an_expired_hold_is_offered_again(practice, wanted):
    free = starts(practice.therapist, practice.office)
    hold_time(wanted, now=NOW)
    assert expire_holds(now=NOW + 9 * MINUTE) == 0
    assert expire_holds(now=NOW + 10 * MINUTE) == 1
    assert expire_holds(now=NOW + 10 * MINUTE) == 0
    assert starts(practice.therapist, practice.office) == free


def test_an_expired_hold_in_the_way_of_another_is_followed_too(practice, wanted, colleague):
    hold_time(wanted._replace(therapist=colleague), now=NOW)
    hold_time(wanted._replace(starts_at=at(11)), now=NOW + 11 * MINUTE)
    run_rebuilds(NOW + 11 * MINUTE)
    assert starts(colleague, practice.office) == [at(9), at(9, 30), at(10)]


def test_the_last_room_is_lost_to_those_who_share_it(practice, wanted, colleague):
    hold_time(wanted, now=NOW)
    assert run_rebuilds(NOW) == {colleague.pk}
    assert starts(colleague, practice.office) == [at(10), at(10, 30), at(11)]
    assert len(starts(colleague, practice.online)) == 5


def test_nobody_else_is_rebuilt_while_a_room_is_free(practice, wanted, colleague):
    Room.objects.create(office=practice.office, name="Room 2")
    run_rebuilds(NOW)
    hold_time(wanted, now=NOW)
    assert enqueued() == []
    assert rebuild_openings(colleague.pk, now=NOW, check=True) == SAME


def off_for_good(practice):
    TimeOff.objects.create(
        therapist=practice.therapist, starts_at=at(0), ends_at=at(0) + dt.timedelta(days=400)
    )


def other_hours_once(practice):
    HoursException.objects.create(
        therapist=practice.therapist, date=TUESDAY, starts=dt.time(15), ends=dt.time(16)
    )


def hours_gone(practice):
    practice.therapist.working_hours.all().delete()


def hours_through_the_therapist(practice):
    practice.therapist.working_hours.add(
        WorkingHours(weekday=3, starts=dt.time(9), ends=dt.time(10), office=practice.office)
    )
    practice.therapist.save()


def licence_ends(practice):
    licence = practice.therapist.licences.get()
    licence.valid_until = TUESDAY
    licence.save()


def room_closed(practice):
    practice.room.is_active = False
    practice.room.save()


def office_closes(practice):
    practice.office.closed_on = TUESDAY
    practice.office.save()


def area_closes(practice):
    practice.online.closed_on = TUESDAY
    practice.online.save()


def service_online_only(practice):
    practice.service.in_person = False
    practice.service.save()


def service_dropped(practice):
    practice.therapist.services.clear()
    practice.therapist.save()


def service_taken_from_the_other_side(practice):
    practice.service.therapists.clear()


def therapist_leaves(practice):
    practice.therapist.is_active = False
    practice.therapist.save()


def rules_change(practice):
    rules = SchedulingSettings.load()
    rules.grid_minutes = 60
    rules.save()


def zone_corrected(practice):
    jurisdiction = practice.online.jurisdiction
    jurisdiction.time_zone = "Pacific/Auckland"
    jurisdiction.save()


def feed_added(practice):
    CalendarFeed.objects.create(therapist=practice.therapist, name="Sample", address="https://x")


@pytest.mark.parametrize(
    "change",
    [
        off_for_good,
        other_hours_once,
        hours_gone,
        hours_through_the_therapist,
        licence_ends,
        room_closed,
        office_closes,
        area_closes,
        service_online_only,
        service_dropped,
        service_taken_from_the_other_side,
        therapist_leaves,
        rules_change,
        zone_corrected,
        feed_added,
    ],
)
def test_every_edited_record_asks_for_the_rebuild_it_needs(practice, change):
    change(practice)
    assert rebuild_openings(practice.therapist.pk, now=NOW, check=True) != SAME
    assert run_rebuilds(NOW) == {practice.therapist.pk}
    assert rebuild_openings(practice.therapist.pk, now=NOW, check=True) == SAME


def test_a_journey_that_takes_longer_asks_for_a_rebuild(practice):
    elsewhere = type(practice.office).objects.create(
        name="Lakeview", slug="lakeview", jurisdiction=practice.online.jurisdiction
    )
    run_rebuilds(NOW)
    TravelTime.objects.create(origin=practice.office, destination=elsewhere, minutes=40)
    assert run_rebuilds(NOW) == {practice.therapist.pk}


def test_reading_a_calendar_asks_for_none(practice):
    feed_added(practice)
    run_rebuilds(NOW)
    feed = CalendarFeed.objects.get()
    feed.checked_at = NOW
    feed.save(update_fields=["checked_at"])
    assert enqueued() == []


def test_one_transaction_asks_once_and_a_rolled_back_one_never(practice):
    with transaction.atomic():
        off_for_good(practice)
        hours_through_the_therapist(practice)
        assert len(enqueued()) == 1
        with transaction.atomic():
            licence_ends(practice)
            transaction.set_rollback(True)
        assert len(enqueued()) == 1
        transaction.set_rollback(True)
    assert enqueued() == []


@pytest.mark.parametrize("days_later", [0, 40])
def test_time_given_back_outside_the_days_that_can_be_booked_changes_none(
    practice, wanted, days_later
):
    """The horizon was drawn in after the hold was made, or nobody looked after it for weeks."""
    hold_time(wanted._replace(starts_at=at(10, day=TUESDAY + dt.timedelta(days=21))), now=NOW)
    SchedulingSettings.objects.update(horizon_days=7)
    later = NOW + dt.timedelta(days=days_later, hours=1)
    rebuild_openings(practice.therapist.pk, now=later)
    assert expire_holds(now=later) == 1
    assert rebuild_openings(practice.therapist.pk, now=later, check=True) == SAME


def test_totals_that_are_wrong_are_found_and_corrected(practice, colleague):
    assert correct_totals(check=True) == 0
    months = set(MonthTotal.objects.values_list("month", flat=True))
    MonthTotal.objects.filter(month=min(months)).delete()
    row = MonthTotal.objects.filter(month=max(months)).get()
    MonthTotal.objects.create(month=row.month, counts=row.counts)
    assert correct_totals(check=True) == 2
    assert correct_totals() == 2
    assert correct_totals() == 0
    # What is left of the second row is a part that adds up with the others.
    assert days_with_openings(Search(), now=NOW) == days_with_openings(
        Search(service=practice.service.pk), now=NOW
    )


def test_the_totals_know_of_a_therapist_who_is_deleted(practice, colleague):
    Therapist.objects.filter(pk=colleague.pk).delete()
    assert correct_totals(check=True) == 0
    practice.therapist.delete()
    assert correct_totals(check=True) == 0
    assert days_with_openings(Search(), now=NOW) == []


def test_each_of_the_days_is_counted_once_whatever_is_asked_for(practice, colleague):
    both = days_with_openings(Search(), now=NOW)
    of_places = [
        days_with_openings(Search(place=each.pk), now=NOW)
        for each in (practice.office, practice.online)
    ]
    assert [day.openings for day in both] == [
        sum(day.openings for day in same) for same in zip(*of_places, strict=True)
    ]
