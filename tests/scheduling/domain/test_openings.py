"""The one function that decides, against a naive reference that looks minute by minute."""

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduling import domain
from scheduling.domain import Rule

CHICAGO = ZoneInfo("America/Chicago")
SPRING, AUTUMN, PLAIN = dt.date(2027, 3, 14), dt.date(2026, 11, 1), dt.date(2026, 12, 7)
OFFICE, ANNEX, ONLINE = "office", "annex", "online"
ILLINOIS, DISTRICT = "IL", "DC"


def facts(**changes):
    values = {
        "now": dt.datetime(2026, 10, 1, 12, tzinfo=dt.UTC),
        "therapist": 1,
        "zone": CHICAGO,
        "rules": domain.BookingRules(dt.timedelta(hours=12), 365, None, 30),
        "services": (domain.Service("talk", 50, frozenset({OFFICE, ANNEX, ONLINE}), 0, 10),),
        "places": {
            OFFICE: domain.Place(OFFICE, is_online=False, jurisdiction=ILLINOIS),
            ANNEX: domain.Place(ANNEX, is_online=False, jurisdiction=ILLINOIS),
            ONLINE: domain.Place(ONLINE, is_online=True, jurisdiction=DISTRICT),
        },
        "hours": (hours(9, 12),),
        "licences": (domain.Licence(ILLINOIS), domain.Licence(DISTRICT)),
        "rooms": {OFFICE: (domain.RoomFacts("r1"),), ANNEX: (domain.RoomFacts("r2"),)},
    }
    return domain.Facts(**(values | changes))


def hours(start, end, places=(OFFICE, ANNEX, ONLINE), weekday=0):
    return domain.WorkingHours(weekday, dt.time(start), dt.time(end % 24), frozenset(places))


def span(day, start, end, zone=CHICAGO):
    return domain.Interval(
        domain.at_local(day, dt.time(*divmod(start, 60)), zone),
        domain.at_local(day, dt.time(*divmod(end, 60)), zone),
    )


def starts(given_facts, place=OFFICE, day=PLAIN):
    found = domain.openings(1, day, given_facts)
    return [f"{o.start.astimezone(CHICAGO):%H:%M}" for o in found if o.place == place]


def rule_at(given_facts, time, place=OFFICE, day=PLAIN):
    wanted = domain.at_local(day, time, CHICAGO)
    refusals = domain.openings(1, day, given_facts, explain=True).refusals
    return next(each.rule for each in refusals if (each.place, each.start) == (place, wanted))


def test_working_hours_open_every_start_whose_session_ends_within_them():
    assert starts(facts()) == ["09:00", "09:30", "10:00", "10:30", "11:00"]


def test_busy_time_refuses_the_session_and_its_buffer():
    given_facts = facts(busy=domain.busy_spans([span(PLAIN, 10 * 60, 10 * 60 + 30)]))
    assert starts(given_facts) == ["09:00", "10:30", "11:00"]
    assert rule_at(given_facts, dt.time(9, 30)) is Rule.BUSY


def test_time_off_lets_a_session_end_where_it_begins():
    given_facts = facts(time_off=domain.busy_spans([span(PLAIN, 9 * 60 + 50, 12 * 60)]))
    assert starts(given_facts) == ["09:00"]
    assert rule_at(given_facts, dt.time(9, 30)) is Rule.TIME_OFF


def test_a_claim_elsewhere_needs_the_journey_as_well():
    claim = domain.Claim("b", span(PLAIN, 9 * 60, 10 * 60), ANNEX, span(PLAIN, 540, 590).start)
    given_facts = facts(claims=(claim,), travel={(OFFICE, ANNEX): dt.timedelta(minutes=45)})
    assert starts(given_facts, OFFICE) == ["11:00"]
    assert starts(given_facts, ANNEX) == ["10:00", "10:30", "11:00"]
    assert rule_at(given_facts, dt.time(10, 30)) is Rule.TRAVEL
    assert starts(given_facts.without_claims({"b"})) == starts(facts())


def test_a_session_in_person_needs_a_free_room_and_one_online_does_not():
    taken = domain.RoomClaim("x", span(PLAIN, 9 * 60, 12 * 60 + 30))
    given_facts = facts(rooms={OFFICE: (domain.RoomFacts("r1", (taken,)),)})
    assert starts(given_facts, OFFICE) == []
    assert rule_at(given_facts, dt.time(9)) is Rule.NO_ROOM
    assert starts(given_facts, ONLINE) == starts(facts(), ONLINE)


def test_the_second_room_is_given_where_the_first_is_taken():
    taken = domain.RoomClaim("x", span(PLAIN, 9 * 60, 10 * 60))
    rooms = {OFFICE: (domain.RoomFacts("a", (taken,)), domain.RoomFacts("b"))}
    found = domain.openings(1, PLAIN, facts(rooms=rooms))
    assert [o.room for o in found if o.place == OFFICE] == ["b", "b", "a", "a", "a"]


@pytest.mark.parametrize(
    ("licences", "expected"),
    [
        ((domain.Licence(ILLINOIS),), []),
        ((domain.Licence(DISTRICT, valid_until=PLAIN),), ["09:00"]),
        ((domain.Licence(DISTRICT, valid_until=PLAIN - dt.timedelta(days=1)),), []),
        ((domain.Licence(DISTRICT, valid_from=PLAIN + dt.timedelta(days=1)),), []),
    ],
)
def test_the_licence_where_the_client_is_decides_on_that_day(licences, expected):
    given_facts = facts(licences=licences)
    assert starts(given_facts, ONLINE)[:1] == expected
    if not expected:
        assert rule_at(given_facts, dt.time(9), ONLINE) is Rule.NOT_LICENSED


def test_a_licence_ends_at_midnight_where_the_client_is():
    eastern = domain.Place(
        ONLINE, is_online=True, jurisdiction=DISTRICT, zone=ZoneInfo("America/New_York")
    )
    given_facts = facts(
        places={ONLINE: eastern},
        hours=(hours(21, 24),),
        licences=(domain.Licence(DISTRICT, valid_until=PLAIN),),
    )
    assert starts(given_facts, ONLINE) == ["21:00", "21:30", "22:00", "22:30"]
    assert rule_at(given_facts, dt.time(23), ONLINE) is Rule.NOT_LICENSED


def test_notice_horizon_and_daily_limit_are_named():
    now = domain.at_local(PLAIN, dt.time(0), CHICAGO)
    rules = domain.BookingRules(dt.timedelta(hours=10), 3, 1, 30)
    assert rule_at(facts(now=now, rules=rules), dt.time(9, 30)) is Rule.TOO_SOON
    assert starts(facts(now=now, rules=rules)) == ["10:00", "10:30", "11:00"]
    week = PLAIN + dt.timedelta(days=7)
    assert rule_at(facts(now=now, rules=rules), dt.time(9), day=week) is Rule.BEYOND_HORIZON
    claim = domain.Claim("b", span(PLAIN, 1200, 1260), None, span(PLAIN, 1200, 1260).start)
    assert rule_at(facts(now=now, rules=rules, claims=(claim,)), dt.time(9)) is Rule.DAILY_LIMIT


def test_an_exception_replaces_the_hours_of_its_date():
    closed = domain.HoursException(PLAIN)
    assert starts(facts(exceptions=(closed,))) == []
    later = domain.HoursException(PLAIN, dt.time(13), dt.time(14), frozenset({OFFICE}))
    assert starts(facts(exceptions=(later,))) == ["13:00"]


def test_a_session_may_run_past_midnight():
    both = (hours(23, 24), domain.WorkingHours(1, dt.time(0), dt.time(1), frozenset({OFFICE})))
    assert starts(facts(hours=both)) == ["23:00", "23:30"]


def test_the_skipped_hour_has_no_starts_and_the_repeated_one_has_them_twice():
    night = (hours(0, 5, weekday=6),)
    assert starts(facts(hours=night), day=SPRING) == [
        "00:00", "00:30", "01:00", "01:30", "03:00", "03:30", "04:00",
    ]  # fmt: skip
    assert starts(facts(hours=night), day=AUTUMN).count("01:30") == 2


def test_facts_of_another_therapist_are_refused():
    with pytest.raises(ValueError, match="another therapist"):
        domain.openings(2, PLAIN, facts())


MINUTES = st.integers(0, 24 * 12 - 1).map(lambda cell: cell * 5)


@st.composite
def intervals(draw, day):
    start = draw(MINUTES)
    length = draw(st.integers(1, 60)) * 5
    begin = domain.local_day(day, CHICAGO).start + dt.timedelta(minutes=start - 120)
    return domain.Interval(begin, begin + dt.timedelta(minutes=length))


@st.composite
def made_facts(draw):
    day = draw(st.sampled_from([SPRING, AUTUMN, PLAIN]))
    some = st.lists(intervals(day), max_size=3)
    begin, end = sorted(draw(st.lists(MINUTES, min_size=2, max_size=2, unique=True)))
    opened = domain.WorkingHours(
        day.weekday(),
        dt.time(*divmod(begin, 60)),
        dt.time(*divmod(end, 60)),
        frozenset(draw(st.sets(st.sampled_from([OFFICE, ANNEX, ONLINE]), min_size=1))),
    )
    places = st.sampled_from([OFFICE, ANNEX, ONLINE, None])
    claims = [domain.Claim(n, i, draw(places), i.start) for n, i in enumerate(draw(some))]
    rooms = [domain.RoomClaim("x", each) for each in draw(some)]
    return day, facts(
        rules=domain.BookingRules(
            dt.timedelta(hours=12), 365, draw(st.sampled_from([None, 1, 5])),
            draw(st.sampled_from([5, 15, 20, 30, 60])),
        ),
        services=(
            domain.Service(
                "talk", draw(st.integers(5, 90)), frozenset({OFFICE, ONLINE}),
                draw(st.integers(0, 20)), draw(st.integers(0, 20)),
            ),
        ),
        hours=(opened,),
        open_time=tuple(domain.OpenTime(i, frozenset({OFFICE})) for i in draw(some)),
        time_off=domain.busy_spans(draw(some)),
        busy=domain.busy_spans(draw(some)),
        claims=tuple(claims),
        rooms={OFFICE: (domain.RoomFacts("r1", tuple(rooms)), domain.RoomFacts("r2"))}
        if draw(st.booleans())
        else {OFFICE: (domain.RoomFacts("r1", tuple(rooms)),)},
        travel={(OFFICE, ANNEX): dt.timedelta(minutes=draw(st.integers(0, 60)))},
    )  # fmt: skip


def naively(day, known):
    """Look at every minute of every session on its own."""
    found = set()
    minute = dt.timedelta(minutes=1)
    for service in known.services:
        for place in service.places:
            opened = list(opened_at(known, day, place))
            whole = domain.local_day(day, CHICAGO)
            start = whole.start
            while start < whole.end:
                wall = start.astimezone(CHICAGO)
                on_grid = (wall.hour * 60 + wall.minute) % known.rules.grid_minutes == 0
                if on_grid and naively_open(known, day, opened, service, place, start):
                    found.add((start, place))
                start += 5 * minute
    return found


def naively_open(known, day, opened, service, place, start):
    minute = dt.timedelta(minutes=1)
    session = [start + n * minute for n in range(service.minutes)]
    if not all(any(interval.contains(m) for interval in opened) for m in session):
        return False
    before, after = service.buffer_before, service.minutes + service.buffer_after
    around = [start + n * minute for n in range(-before, after)]
    limit = known.rules.daily_limit
    return (
        free(domain.intervals_of(known.time_off), session)
        and free(domain.intervals_of(known.busy), around)
        and free([claim.interval for claim in known.claims], around)
        and (limit is None or len(sessions_on(known, day)) < limit)
        and (place == ONLINE or (reachable(known, around) and has_a_room(known, place, around)))
    )


def opened_at(known, day, place):
    for rule in known.hours:
        start = domain.at_local(day, rule.starts, CHICAGO)
        end = domain.at_local(day, rule.ends, CHICAGO)
        if place in rule.places and start < end:
            yield domain.Interval(start, end)
    yield from (each.interval for each in known.open_time if place in each.places)


def free(intervals, moments):
    return not any(interval.contains(m) for interval in intervals for m in moments)


def sessions_on(known, day):
    return [c for c in known.claims if c.session_start.astimezone(CHICAGO).date() == day]


def reachable(known, moments):
    journey = known.travel[OFFICE, ANNEX]
    elsewhere = (claim.interval for claim in known.claims if claim.place == ANNEX)
    near = [domain.Interval(each.start - journey, each.end + journey) for each in elsewhere]
    return free(near, moments)


def has_a_room(known, place, moments):
    return any(free([c.interval for c in room.claims], moments) for room in known.rooms[place])


@settings(max_examples=150, deadline=None)
@given(made_facts())
def test_it_equals_the_naive_reference(made):
    day, known = made
    # The rules work in cells of five minutes and round sessions up, so the reference gets lengths
    # that fill their cells.
    service = known.services[0]
    whole = domain.Service(
        "talk", -(-service.minutes // 5) * 5, service.places,
        -(-service.buffer_before // 5) * 5,
        -(-(service.minutes + service.buffer_after) // 5) * 5 - -(-service.minutes // 5) * 5,
    )  # fmt: skip
    expected = naively(day, facts_with(known, whole))
    found = domain.openings(1, day, known)
    assert {(each.start, each.place) for each in found} == expected


@settings(max_examples=80, deadline=None)
@given(made_facts())
def test_every_start_is_open_or_refused_by_one_rule(made):
    day, known = made
    told = domain.openings(1, day, known, explain=True)
    assert told.openings == domain.openings(1, day, known)
    open_starts = {(each.start, each.place) for each in told.openings}
    refused = [(each.start, each.place) for each in told.refusals]
    assert len(refused) == len(set(refused))
    assert not open_starts & set(refused)
    per_place = dict.fromkeys(known.places, 0)
    for _, place in [*open_starts, *refused]:
        per_place[place] += 1
    assert len(set(per_place.values())) == 1


@settings(max_examples=80, deadline=None)
@given(made_facts(), st.integers(0, 9), st.integers(0, 9))
def test_many_days_at_once_give_what_each_gives_alone(made, before, after):
    """A week's hours, horizon and limit fall inside; so do both changes of the clocks."""
    day, known = made
    first, last = day - dt.timedelta(days=before), day + dt.timedelta(days=after)
    horizon = (day - dt.date(2026, 10, 1)).days + 3
    known = replace(known, rules=replace(known.rules, horizon_days=horizon))
    days = (first + dt.timedelta(days=offset) for offset in range(before + after + 1))
    alone = tuple(each for date in days for each in domain.openings(1, date, known))
    assert domain.openings_between(1, first, last, known) == alone
    starts = domain.starts_between(1, first, last, known)
    assert {key: list(map(domain.instant, each.seconds())) for key, each in starts.items()} == {
        key: [each.start for each in alone if (each.service, each.place) == key]
        for key in {(each.service, each.place) for each in alone}
    }


def test_no_days_have_no_openings():
    assert domain.openings_between(1, PLAIN, PLAIN - dt.timedelta(days=1), facts()) == ()
    assert domain.starts_between(1, PLAIN, PLAIN - dt.timedelta(days=1), facts()) == {}


def facts_with(known, service):
    return domain.Facts(
        **{name: getattr(known, name) for name in known.__dataclass_fields__ if name != "services"},
        services=(service,),
    )
