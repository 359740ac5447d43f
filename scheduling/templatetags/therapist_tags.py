"""Template tags that show therapists, their free times and how to start."""

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django import template
from django.conf import settings
from django.db.models import Count
from django.utils import timezone

from cms.core.models import PracticeSettings
from locations.models import Neighborhood, Place
from scheduling.models import Service, StartingStep, Therapist, Topic
from scheduling.selectors import next_times as selector
from scheduling.selectors import whereabouts
from scheduling.selectors import who_treats as selector_of_topics
from scheduling.selectors.finder import Found
from scheduling.selectors.search import Search

register = template.Library()


@register.inclusion_tag("scheduling/includes/next_times.html")
def next_times(count: int = 4, place: Place | None = None) -> dict[str, Any]:
    """Show the next free time of `count` therapists, of all places or of one."""
    search = Search(place=place.pk if place else None)
    times = selector.next_times(now=timezone.now(), count=count, search=search)
    return {"times": times, "place": place}


@register.inclusion_tag("scheduling/includes/times_by_place.html")
def times_by_place(therapist: Therapist) -> dict[str, Any]:
    """Show when `therapist` is free next, place by place, and else who has time."""
    now = timezone.now()
    places = selector.times_by_place(therapist, now=now) if therapist.accepts_clients else []
    others = [] if places else _others_with_time(therapist, now)
    return {
        "therapist": therapist,
        "places": places,
        "others": others,
        "is_unknown": not places and therapist.pk in selector.with_outdated_calendar(now=now),
        "practice": PracticeSettings.load(),
    }


@register.simple_tag
def neighborhood_names() -> list[str]:
    """Return the neighborhoods that clients may name."""
    return list(Neighborhood.objects.values_list("name", flat=True))


@register.simple_tag
def places_of(therapist: Therapist) -> list[Place]:
    """Return where `therapist` can be met today: at offices, and online."""
    return list(whereabouts.places_of(therapist, on=timezone.localdate()))


@register.inclusion_tag("scheduling/includes/therapist_cards.html")
def therapist_cards(found: Sequence[Found]) -> dict[str, Any]:
    """Show a card for each therapist who was `found`, in that order."""
    return {
        "cards": found,
        "unknown": selector.with_outdated_calendar(now=timezone.now()),
        "practice": PracticeSettings.load(),
    }


@register.inclusion_tag("scheduling/includes/who_treats.html")
def who_treats(topics: Collection[Topic]) -> dict[str, Any]:
    """Show who works with any of `topics`, with the next time of each at an office and online."""
    now = timezone.now()
    treating = selector_of_topics.who_treats(topics, now=now) if topics else []
    return {
        "topics": topics,
        "treating": treating,
        "somebody_is_free": any(each.times for each in treating),
        "unknown": selector.with_outdated_calendar(now=now) if treating else (),
        "practice": PracticeSettings.load(),
    }


@register.inclusion_tag("scheduling/includes/how_to_start.html")
def how_to_start() -> dict[str, Any]:
    """Show the steps of both ways in."""
    steps = list(StartingStep.objects.all())
    ways = [
        (way, [step for step in steps if step.way == way])
        for way in (StartingStep.Way.SELF_PAY, StartingStep.Way.INSURANCE)
    ]
    return {"ways": [(way, steps) for way, steps in ways if steps]}


@register.simple_tag
def booking_address(
    *,
    place: Place | None = None,
    therapist: Therapist | None = None,
    service: Service | None = None,
    day: dt.date | None = None,
) -> str:
    """Return the address of the booking page with these choices made."""
    chosen = {"place": place, "therapist": therapist, "service": service}
    query = {name: record.slug for name, record in chosen.items() if record}
    if day:
        query["day"] = day.isoformat()
    return f"/book/?{urlencode(query)}" if query else "/book/"


@register.filter
def zone_of(place: Place) -> ZoneInfo:
    """Return the zone in which a client at `place` reads times."""
    return place.jurisdiction.zone


@register.filter
def has_other_zone(place: Place, instant: dt.datetime) -> bool:
    """Return whether clocks at `place` differ from those of the practice at `instant`."""
    practice = ZoneInfo(settings.TIME_ZONE)
    here = instant.astimezone(place.jurisdiction.zone)
    return here.utcoffset() != instant.astimezone(practice).utcoffset()


def _others_with_time(therapist: Therapist, now: dt.datetime) -> list[selector.NextTime]:
    """Return up to three others with time, those first who share most topics with `therapist`."""
    times = [each for each in selector.next_times(now=now) if each.therapist.pk != therapist.pk]
    with_shared = Therapist.objects.filter(topics__in=therapist.topics.all())
    shared = dict(with_shared.values_list("pk").annotate(Count("topics")))
    times.sort(key=lambda each: -shared.get(each.therapist.pk, 0))
    return times[:3]
