"""Writing a practice of any size into the project's own database, and building its openings."""

import datetime as dt

from locations.models import Jurisdiction, Office, Place, Room, ServiceArea
from scheduling.domain import at_local
from scheduling.models import (
    BusyTime,
    CalendarFeed,
    Licence,
    SchedulingSettings,
    Service,
    Therapist,
    Topic,
    WorkingHours,
)
from scheduling.services.rebuild_openings import rebuild_openings

from .practice import DAYS, NOW, OFFICES, TOPICS, ZONE, busy_times, week_of

__all__ = ["load_practice", "load_therapists"]

ROOMS = 10
READ_AT = NOW - dt.timedelta(minutes=5)


def load_practice() -> None:
    """Write all but the therapists: two offices, two states, two services, topics, the rules."""
    rules = SchedulingSettings.load()
    rules.horizon_days = DAYS
    rules.save()
    states = [
        Jurisdiction.objects.create(code=code, name=name, time_zone=zone)
        for code, name, zone in [
            ("IL", "Illinois", "America/Chicago"),
            ("DC", "Sample District", "America/New_York"),
        ]
    ]
    for state in states:
        slug = f"online-{state.code.lower()}"
        ServiceArea.objects.create(name=state.name, slug=slug, jurisdiction=state)
    for number in range(OFFICES):
        office = Office.objects.create(
            name=f"Sample office {number}", slug=f"office-{number}", jurisdiction=states[0]
        )
        Room.objects.bulk_create(Room(office=office, name=f"Room {each}") for each in range(ROOMS))
    Service.objects.create(name="Sample session", slug="session", minutes=50, price=100)
    Service.objects.create(
        name="Sample call", slug="call", minutes=15, price=0, in_person=False, by_phone=True
    )
    Topic.objects.bulk_create(
        Topic(name=f"Sample topic {number}", slug=f"topic-{number}") for number in range(TOPICS)
    )


def load_therapists(first: int, last: int) -> None:
    """Write the therapists numbered from `first` up to, without, `last`, and their openings."""
    therapists = Therapist.objects.bulk_create(
        Therapist(name=f"Sample {number}", slug=f"sample-{number}", time_zone=ZONE.key)
        for number in range(first, last)
    )
    numbered = list(zip(range(first, last), therapists, strict=True))
    _write_links(numbered)
    _write_hours(numbered)
    _write_calendars(numbered)
    for therapist in therapists:
        rebuild_openings(therapist.pk, now=NOW)


def _write_links(numbered: list[tuple[int, Therapist]]) -> None:
    services = list(Service.objects.all())
    topics = list(Topic.objects.order_by("pk"))
    offered, works_with = Therapist.services.through, Therapist.topics.through
    offered.objects.bulk_create(
        offered(therapist=therapist, service=service)
        for _, therapist in numbered
        for service in services
    )
    works_with.objects.bulk_create(
        works_with(therapist=therapist, topic=topics[topic])
        for number, therapist in numbered
        for topic in week_of(number).topics
    )


def _write_hours(numbered: list[tuple[int, Therapist]]) -> None:
    illinois, elsewhere = Jurisdiction.objects.order_by("pk")
    offices = list(Place.objects.filter(is_online=False).order_by("pk"))
    hours, licences = [], []
    for number, therapist in numbered:
        week = week_of(number)
        hours += [
            WorkingHours(
                therapist=therapist,
                weekday=weekday,
                starts=week.starts,
                ends=week.ends,
                office_id=offices[week.office].pk,
            )
            for weekday in week.weekdays
        ]
        licences += [
            Licence(
                therapist=therapist,
                jurisdiction=state,
                authority="Sample authority",
                number=f"SAMPLE-{number}",
                valid_until=dt.date(2030, 12, 31),
            )
            for state in ([illinois, elsewhere] if week.is_licensed_elsewhere else [illinois])
        ]
    WorkingHours.objects.bulk_create(hours)
    Licence.objects.bulk_create(licences)


def _write_calendars(numbered: list[tuple[int, Therapist]]) -> None:
    feeds = CalendarFeed.objects.bulk_create(
        CalendarFeed(
            therapist=therapist,
            name="Sample",
            address="https://calendar.example.org/sample.ics",
            succeeded_at=READ_AT,
            covered_from=READ_AT,
            covered_until=NOW + dt.timedelta(days=DAYS + 10),
        )
        for _, therapist in numbered
    )
    BusyTime.objects.bulk_create(
        (
            BusyTime(
                feed=feed,
                generation=feed.generation,
                starts_at=at_local(date, starts, ZONE),
                ends_at=at_local(date, ends, ZONE),
            )
            for (number, _), feed in zip(numbered, feeds, strict=True)
            for date, starts, ends in busy_times(number)
        ),
        batch_size=5_000,
    )
