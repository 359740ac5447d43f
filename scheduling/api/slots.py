"""Searching for free times."""

import base64
import binascii
import datetime as dt
from enum import StrEnum
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Query, Router, Schema
from pydantic import StringConstraints

from locations.models import Place
from scheduling.models import Opening, Service, Therapist
from scheduling.models.traits import TRAITS
from scheduling.selectors import choices, search
from scheduling.selectors.bookable import therapists_with_time
from scheduling.selectors.explanations import explain_day

from .problems import InvalidValueError, UnknownRecordError
from .schemas import Days, Explanation, NextFrees, Problem, Slots, Slug

router = Router(tags=["slots"])
LONGEST_RANGE = dt.timedelta(days=366)
REFUSALS: dict[Any, Any] = {404: Problem, 422: Problem, 429: Problem}


class PartOfDay(StrEnum):
    """The part of the day in which a session starts."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


class Filters(Schema):
    """What a client looks for."""

    place: Slug | None = None
    service: Slug | None = None
    therapist: Slug | None = None
    topic: Slug | None = Field(None, description="What the therapist works with.")
    approach: Slug | None = Field(None, description="How the therapist works.")
    state: Annotated[str, StringConstraints(pattern=r"^[A-Za-z]{2}$")] | None = Field(
        None, description="Online, while the client is in this state: IL. Not together with place."
    )
    weekday: Annotated[int, Field(ge=0, le=6)] | None = Field(None, description="Monday is 0.")
    part_of_day: PartOfDay | None = Field(
        None, description="Where the client will be: noon begins the afternoon, 5 PM the evening."
    )
    language: Slug | None = Field(None, description="In which the session can be held.")
    client_group: Slug | None = Field(None, description="Whom the therapist sees: an age, couples.")
    identity: Slug | None = Field(
        None, description="What the therapist chose to say of themselves."
    )
    insurer: Slug | None = Field(None, description="One that the therapist is in network with.")
    self_pay: bool | None = Field(
        None, description="Whether the therapist takes clients who pay themselves."
    )
    first: dt.date | None = Field(None, alias="from", description="The first day.")
    last: dt.date | None = Field(None, alias="to", description="The last day, included.")


class Asked(Schema):
    """The day, and what would be booked on it."""

    place: Slug
    service: Slug
    therapist: Slug
    date: dt.date = Field(description="The therapist's local day.")


@router.get("", response={200: Slots, **REFUSALS}, summary="The next free times")
def list_slots(
    request: HttpRequest,
    filters: Query[Filters],
    after: Annotated[str | None, Field(max_length=200)] = None,
    limit: Annotated[int, Field(ge=1, le=200)] = search.PAGE_SIZE,
) -> dict[str, Any]:
    """Return free times in order of start, from `after` on. Nothing is kept for anybody by it."""
    now = timezone.now()
    page = search.next_openings(
        _search(filters, now), now=now, limit=limit, after=read_cursor(after) if after else None
    )
    return {
        "slots": _slots(page.openings),
        "next": write_cursor(page.next_after) if page.next_after else None,
    }


@router.get("/days", response={200: Days, **REFUSALS}, summary="Days with free times")
def list_days(request: HttpRequest, filters: Query[Filters]) -> dict[str, Any]:
    """Return each day that has free times, and how many."""
    now = timezone.now()
    return {
        "days": [
            {"date": each.date, "count": each.openings, "to_ask": each.to_ask}
            for each in search.days_with_openings(_search(filters, now), now=now)
        ]
    }


@router.get("/therapists", response={200: NextFrees, **REFUSALS}, summary="Who is free next")
def list_therapists(request: HttpRequest, filters: Query[Filters]) -> dict[str, Any]:
    """Return each therapist who has free times, when the first is and how many there are."""
    now = timezone.now()
    slugs = dict(Therapist.objects.values_list("pk", "slug"))
    return {
        "therapists": [
            {
                "therapist": slugs[each.therapist],
                "next": each.starts_at,
                "how": each.how,
                "count": each.openings,
            }
            for each in therapists_with_time(_search(filters, now), now=now)
        ]
    }


@router.get("/explain", response={200: Explanation, **REFUSALS}, summary="Why not?")
def explain(request: HttpRequest, asked: Query[Asked]) -> dict[str, Any]:
    """Return every start of a day and why those that can't be booked can't.

    Staff who may see bookings are told the rule; everyone else only what is no private matter.
    """
    now = timezone.now()
    if abs(asked.date - now.date()) > LONGEST_RANGE:
        raise InvalidValueError("date", "Give a day within a year from now.")
    starts = explain_day(
        find_therapist(asked.therapist),
        find_service(asked.service),
        find_place(asked.place, now),
        asked.date,
        now=now,
        for_staff=request.user.has_perm("scheduling.view_booking"),
    )
    return {
        "starts": [
            {
                "starts_at": each.starts_at,
                "bookable": not each.code,
                "how": each.how,
                "code": each.code or None,
                "message": each.message or None,
            }
            for each in starts
        ]
    }


def find_place(slug: str, now: dt.datetime) -> Place:
    """Return the place. Raises UnknownRecordError where it can't be booked."""
    place = choices.bookable_places(today=timezone.localdate(now)).filter(slug=slug).first()
    if place is None:
        raise UnknownRecordError("place")
    return place


def find_service(slug: str) -> Service:
    """Return the service. Raises UnknownRecordError where it can't be booked."""
    service = choices.bookable_services().filter(slug=slug).first()
    if service is None:
        raise UnknownRecordError("service")
    return service


def find_therapist(slug: str) -> Therapist:
    """Return the therapist. Raises UnknownRecordError for those who are not on the site."""
    therapist = Therapist.objects.public().filter(slug=slug).first()
    if therapist is None:
        raise UnknownRecordError("therapist")
    return therapist


def write_cursor(key: search.Key) -> str:
    """Return the key as text that says nothing to those who read it."""
    text = "|".join([key.starts_at.isoformat(), *(str(number) for number in key[1:])])
    return base64.urlsafe_b64encode(text.encode()).decode()


def read_cursor(cursor: str) -> search.Key:
    """Return the key that `write_cursor` wrote. Raises InvalidValueError for anything else."""
    try:
        starts_at, *numbers = base64.urlsafe_b64decode(cursor.encode()).decode().split("|")
        therapist, service, place = (int(number) for number in numbers)
        moment = dt.datetime.fromisoformat(starts_at)
        if moment.tzinfo is None or max(therapist, service, place) >= 2**63:
            raise ValueError
        return search.Key(moment.astimezone(dt.UTC), therapist, service, place)
    except (ValueError, OverflowError, binascii.Error):
        raise InvalidValueError("after", "Give what `next` said, or leave it out.") from None


def _search(filters: Filters, now: dt.datetime) -> search.Search:
    first, last = filters.first, filters.last
    if first and last and not dt.timedelta() <= last - first <= LONGEST_RANGE:
        raise InvalidValueError("to", "Give a range of days in order, a year long at most.")
    part = filters.part_of_day
    return search.Search(
        place=_place(filters, now),
        service=find_service(filters.service).pk if filters.service else None,
        therapist=find_therapist(filters.therapist).pk if filters.therapist else None,
        first=first,
        last=last,
        weekday=filters.weekday,
        day_part=Opening.DayPart[part.name].value if part else None,
        self_pay=filters.self_pay,
        **{name: _trait(name, getattr(filters, name)) for name in TRAITS},
    )


def _place(filters: Filters, now: dt.datetime) -> int | None:
    if filters.state is None:
        return find_place(filters.place, now).pk if filters.place else None
    if filters.place is not None:
        raise InvalidValueError("state", "Give a place or a state, not both.")
    places = choices.bookable_places(today=timezone.localdate(now)).filter(is_online=True)
    place = places.filter(jurisdiction__code=filters.state.upper()).first()
    if place is None:
        raise UnknownRecordError("state")
    return place.pk


def _trait(name: str, slug: str | None) -> int | None:
    if slug is None:
        return None
    found = TRAITS[name]._default_manager.filter(slug=slug)
    key = found.values_list("pk", flat=True).first()
    if key is None:
        raise UnknownRecordError(name)
    return key


def _slots(openings: tuple[search.Found, ...]) -> list[dict[str, Any]]:
    therapists = dict(Therapist.objects.values_list("pk", "slug"))
    services = dict(Service.objects.values_list("pk", "slug"))
    rows = Place.objects.values_list("pk", "slug", "jurisdiction__time_zone")
    places = {key: (slug, zone) for key, slug, zone in rows}
    return [
        {
            "therapist": therapists[each.therapist],
            "service": services[each.service],
            "place": places[each.place][0],
            "starts_at": each.starts_at,
            "ends_at": each.ends_at,
            "local_date": each.local_date,
            "time_zone": places[each.place][1],
            "how": each.how,
        }
        for each in openings
    ]
