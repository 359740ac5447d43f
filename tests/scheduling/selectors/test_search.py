"""Search answers from the read model what holding would find from the facts."""

import datetime as dt
from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from locations.models import Jurisdiction, ServiceArea
from scheduling.domain import How
from scheduling.models import (
    Approach,
    CalendarFeed,
    Hold,
    Insurer,
    Language,
    Licence,
    Opening,
    SchedulingSettings,
    Therapist,
    Topic,
    WorkingHours,
)
from scheduling.selectors.bookable import bookable_now, therapists_with_time
from scheduling.selectors.explanations import explain_day
from scheduling.selectors.freshness import how_now
from scheduling.selectors.openings import Wanted, compute_openings
from scheduling.selectors.search import (
    Day,
    Search,
    days_with_openings,
    next_openings,
)
from scheduling.services.errors import TimeTakenError
from scheduling.services.hold_time import hold_time
from scheduling.services.rebuild_openings import rebuild_openings
from scheduling.services.release_hold import release_hold
from tests.practice import NOW, TUESDAY, add_therapist, at, make_practice
from tests.scheduling.asking import add_feed
from tests.tasks import run_rebuilds

pytestmark = pytest.mark.django_db
ORDER = ("starts_at", "therapist_id", "service_id", "place_id")
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def practice():
    made = make_practice()
    rebuild_openings(made.therapist.pk, now=NOW)
    SchedulingSettings.load()
    return made


@pytest.fixture
def colleague(practice):
    made = add_therapist(
        practice.service,
        practice.office,
        practice.online.jurisdiction,
        slug="ben-sample",
        name="Ben Sample",
    )
    rebuild_openings(made.pk, now=NOW)
    return made


def test_the_next_openings_come_in_order_and_one_query(practice, django_assert_num_queries):
    with django_assert_num_queries(2):
        page = next_openings(Search(place=practice.office.pk), now=NOW, limit=3)
    assert [found.starts_at for found in page.openings] == [at(9), at(9, 30), at(10)]
    assert {found.place for found in page.openings} == {practice.office.pk}


def test_pages_by_key_give_every_opening_once(practice, colleague):
    everything = next_openings(Search(), now=NOW, limit=1000).openings
    assert len(everything) == Opening.objects.count()
    paged, after = [], None
    while True:
        page = next_openings(Search(), now=NOW, limit=7, after=after)
        paged += page.openings
        if page.next_after is None:
            break
        after = page.next_after
    assert paged == list(everything)
    assert paged == sorted(paged)


def test_a_page_goes_on_where_it_ended_though_its_last_opening_is_gone(practice):
    search = Search(place=practice.office.pk)
    page = next_openings(search, now=NOW, limit=2)
    Opening.objects.filter(starts_at=at(9, 30)).delete()
    following = next_openings(search, now=NOW, limit=1, after=page.next_after)
    assert following.openings[0].starts_at == at(10)


def test_what_starts_too_soon_is_left_out_although_the_row_is_there(practice):
    soon = at(10) - 12 * HOUR
    page = next_openings(Search(place=practice.office.pk), now=soon, limit=1)
    assert page.openings[0].starts_at == at(10)
    assert Opening.objects.filter(starts_at=at(9)).exists()


@pytest.mark.parametrize(
    ("age", "how"),
    [
        (None, None),
        (6 * HOUR, How.BOOK),
        (6.01 * HOUR, How.ASK),
        (48 * HOUR, How.ASK),
        (48.01 * HOUR, None),
    ],
)
def test_the_age_of_a_calendar_decides_how_its_therapist_is_listed(practice, colleague, age, how):
    CalendarFeed.objects.create(
        therapist=practice.therapist,
        name="Sample",
        address="https://example.org/calendar.ics",
        succeeded_at=age and NOW - age,
    )
    found = {each.therapist: each.how for each in therapists_with_time(Search(), now=NOW)}
    assert found == {colleague.pk: How.BOOK} | ({practice.therapist.pk: how} if how else {})


def test_days_are_counted_and_limited_by_dates(practice, django_assert_num_queries):
    week = dt.timedelta(days=7)
    search = Search(place=practice.office.pk, first=TUESDAY, last=TUESDAY + week)
    with django_assert_num_queries(2):
        days = days_with_openings(search, now=NOW)
    assert days == [Day(TUESDAY, 5), Day(TUESDAY + week, 5)]


def test_a_day_is_the_day_where_the_client_will_be(practice):
    """At 11 in the evening in Chicago it is tomorrow in Washington."""
    district = Jurisdiction.objects.create(code="DC", name="D.C.", time_zone="America/New_York")
    area = ServiceArea.objects.create(name="D.C.", slug="online-dc", jurisdiction=district)
    Licence.objects.create(
        therapist=practice.therapist,
        jurisdiction=district,
        authority="Sample authority",
        number="SAMPLE-2",
        valid_until=dt.date(2030, 12, 31),
    )
    hours = practice.therapist.working_hours.get()
    hours.starts, hours.ends = dt.time(22, 30), dt.time(0)
    hours.save()
    run_rebuilds(NOW)
    days = days_with_openings(Search(place=area.pk), now=NOW)
    assert days[:2] == [Day(TUESDAY, 1), Day(TUESDAY + dt.timedelta(days=1), 1)]


def test_therapists_with_time_are_named_with_their_first(practice, colleague):
    hours = colleague.working_hours.get()
    hours.starts = dt.time(10)
    hours.save()
    run_rebuilds(NOW)
    found = therapists_with_time(Search(service=practice.service.pk), now=NOW)
    assert [(each.therapist, each.starts_at) for each in found] == [
        (practice.therapist.pk, at(9)),
        (colleague.pk, at(10)),
    ]


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.tuples(st.integers(0, 1), st.booleans(), st.sampled_from(range(8 * 60, 13 * 60, 30))),
        max_size=6,
    ),
    st.sampled_from((None, HOUR / 2, 6 * HOUR, 7 * HOUR, 48 * HOUR, 49 * HOUR)),
)
def test_what_is_listed_can_be_held_what_can_be_held_is_listed_what_is_refused_is_explained(
    practice, colleague, tries, age
):
    """Two therapists share one room; every half hour of the morning is asked for. The calendar of
    one of them is of some age, or there is none.
    """
    if age is not None:
        add_feed(practice.therapist, age=age)
    run_rebuilds(NOW)
    therapists, held = [practice.therapist, colleague], []
    for who, in_person, minute in tries:
        place = practice.office if in_person else practice.online
        wanted = Wanted(therapists[who], practice.service, place, at(*divmod(minute, 60)))
        how = how_listed(wanted)
        assert how_explained(wanted) == how
        assert can_be_held(wanted, held) == (how is not None)
        run_rebuilds(NOW)
        assert how_explained(wanted) is None
    for therapist in therapists:
        if how_now(therapist.pk, now=NOW) is None:
            continue
        openings = compute_openings(therapist, first=TUESDAY, last=TUESDAY, now=NOW)
        in_truth = {(each.start, each.place) for each in openings}
        search = Search(therapist=therapist.pk, first=TUESDAY, last=TUESDAY)
        found = next_openings(search, now=NOW, limit=100).openings
        assert {(each.starts_at, each.place) for each in found} == in_truth
    for token in held:
        release_hold(token, now=NOW)
    CalendarFeed.objects.all().delete()
    run_rebuilds(NOW)
    assert not Hold.objects.exists()


class Crowd:
    """Therapists of different topics, hours and places, and every question about them."""

    def __init__(self, practice, number):
        self.topics = [Topic.objects.create(name=f"T{n}", slug=f"t{n}") for n in range(2)]
        self.approach = Approach.objects.create(name="A", slug="a")
        self.language = Language.objects.create(name="L", slug="l")
        self.insurer = Insurer.objects.create(name="I", slug="i")
        self.practice = practice
        for each in range(number):
            made = add_therapist(
                practice.service,
                practice.office,
                practice.online.jurisdiction,
                slug=f"sample-{each}",
                name=f"Sample {each}",
            )
            made.topics.add(self.topics[each % 2])
            if each % 3 == 0:
                made.approaches.add(self.approach)
                made.insurers.add(self.insurer)
            made.languages.set([self.language] if each % 2 else [])
            made.accepts_self_pay = each % 4 != 0
            made.save()
            WorkingHours.objects.create(
                therapist=made, weekday=each % 5, starts=dt.time(15), ends=dt.time(20)
            )
            rebuild_openings(made.pk, now=NOW)
        self.therapist = made

    def searches(self):
        practice, day = self.practice, TUESDAY + dt.timedelta(days=7)
        for place in (None, practice.online.pk, practice.office.pk):
            for service in (None, practice.service.pk):
                yield Search(place, service)
                yield Search(place, service, topic=self.topics[1].pk)
                yield Search(place, service, self.therapist.pk, first=day)
                yield Search(place, service, language=self.language.pk, insurer=self.insurer.pk)
                yield Search(place, service, self_pay=True, topic=self.topics[0].pk)
                yield Search(place, service, None, TUESDAY, day, approach=self.approach.pk)
                yield Search(place, service, day_part=Opening.DayPart.EVENING, weekday=1)
                yield Search(place, service, day_part=Opening.DayPart.MORNING, last=day)


@pytest.fixture
def crowd(practice):
    return Crowd(practice, 7)


@pytest.mark.parametrize(
    ("later", "age"), [(0 * HOUR, 0 * HOUR), (51 * HOUR, 0 * HOUR), (51 * HOUR, 7 * HOUR)]
)
def test_every_search_equals_the_same_asked_of_the_rows(crowd, later, age):
    """Also days after the rows were written, when some have come too near."""
    now = NOW + later
    CalendarFeed.objects.create(therapist=crowd.therapist, name="Sample", address="https://x")
    outdated = Search(therapist=crowd.therapist.pk)
    assert next_openings(outdated, now=now).openings == ()
    assert days_with_openings(outdated, now=now) == []
    CalendarFeed.objects.update(succeeded_at=now - age)
    to_ask = {crowd.therapist.pk} if age else set()
    found = 0
    for search in crowd.searches():
        rows = list(bookable_now(search, now=now).order_by(*ORDER))
        openings = next_openings(search, now=now, limit=10_000).openings
        assert [each.key for each in openings] == [
            (row.starts_at, row.therapist_id, row.service_id, row.place_id) for row in rows
        ]
        assert [(each.ends_at, each.local_date) for each in openings] == [
            (row.ends_at, row.local_date) for row in rows
        ]
        assert {each.therapist for each in openings if each.how is How.ASK} <= to_ask
        assert not to_ask & {each.therapist for each in openings if each.how is How.BOOK}
        days = Counter(row.local_date for row in rows)
        asks = Counter(row.local_date for row in rows if row.therapist_id in to_ask)
        expected = [(day, count, asks[day]) for day, count in sorted(days.items())]
        assert days_with_openings(search, now=now) == expected
        found += len(rows)
    assert found > 1_000


def test_a_search_takes_two_queries_however_many_there_are(practice, django_assert_num_queries):
    for number in (1, 6):
        Topic.objects.all().delete()
        for model in (Approach, Language, Insurer):
            model.objects.all().delete()
        Therapist.objects.exclude(pk=practice.therapist.pk).delete()
        for search in Crowd(practice, number).searches():
            with django_assert_num_queries(2):
                next_openings(search, now=NOW)
            with django_assert_num_queries(2):
                days_with_openings(search, now=NOW)


def test_a_rebuild_asks_no_more_of_many_therapists_than_of_one(practice):
    def queries():
        with CaptureQueriesContext(connection) as sent:
            rebuild_openings(practice.therapist.pk, now=NOW)
        return len(sent)

    alone = queries()
    Crowd(practice, 4)
    assert queries() == alone


def test_the_rules_are_those_of_the_settings_before_any_were_saved(practice):
    SchedulingSettings.objects.all().delete()
    soon = at(9) - 12 * HOUR
    assert next_openings(Search(), now=soon).openings[0].starts_at == at(9)
    assert next_openings(Search(), now=soon + HOUR / 60).openings[0].starts_at == at(9, 30)


@pytest.mark.parametrize("day", [dt.date.min, dt.date.max])
def test_dates_beyond_all_openings_find_what_there_is(practice, day):
    everything = len(next_openings(Search(), now=NOW, limit=1000).openings)
    found = everything if day == dt.date.min else 0
    assert len(next_openings(Search(first=day), now=NOW, limit=1000).openings) == found
    assert len(next_openings(Search(last=day), now=NOW, limit=1000).openings) == everything - found
    assert bool(days_with_openings(Search(first=day), now=NOW)) == bool(found)
    assert bool(days_with_openings(Search(last=day), now=NOW)) != bool(found)


def how_listed(wanted):
    search = Search(wanted.place.pk, wanted.service.pk, wanted.therapist.pk, TUESDAY, TUESDAY)
    found = next_openings(search, now=NOW, limit=100).openings
    return {each.starts_at: each.how for each in found}.get(wanted.starts_at)


def how_explained(wanted):
    """Return how the start is to be had; None where a refusal says why not."""
    day = explain_day(wanted.therapist, wanted.service, wanted.place, TUESDAY, now=NOW)
    start = next(each for each in day if each.starts_at == wanted.starts_at)
    assert (start.how is None) == bool(start.code)
    assert start.message or start.how is How.BOOK
    return start.how


def can_be_held(wanted, held):
    try:
        held.append(hold_time(wanted, now=NOW).token)
    except TimeTakenError:
        return False
    return True
