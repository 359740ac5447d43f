"""What a client can choose from, before asking for times."""

import datetime as dt
from typing import NamedTuple
from zoneinfo import ZoneInfo

from locations.models import Place, PlaceQuerySet
from scheduling import domain
from scheduling.models import Service, Therapist
from scheduling.models.services import ServiceQuerySet
from scheduling.models.therapists import TherapistQuerySet
from scheduling.selectors.bookable import therapists_with_time
from scheduling.selectors.search import Search


def bookable_places(*, today: dt.date) -> PlaceQuerySet:
    """Return the offices and service areas that are open on the local day `today`, or will be."""
    places = Place.objects.select_related("jurisdiction")
    return places.exclude(closed_on__lte=today)


def bookable_services() -> ServiceQuerySet:
    """Return the services that anyone may book and that a therapist on the site offers."""
    return Service.objects.bookable().filter(therapists__is_active=True).distinct()


def bookable_therapists() -> TherapistQuerySet:
    """Return the therapists on the site who take new clients."""
    return Therapist.objects.public().filter(accepts_clients=True)


def fits(service: Service, place: Place) -> bool:
    """Return whether sessions of `service` happen at `place`."""
    return service.online if place.is_online else service.in_person


class Elsewhere(NamedTuple):
    """Another search that finds something, and its first start (UTC)."""

    place: Place
    service: Service
    therapist: Therapist | None
    starts_at: dt.datetime
    must_ask: bool = False

    @property
    def when(self) -> str:
        """The first start in the zone of the place."""
        return domain.moment_words(self.starts_at, ZoneInfo(self.place.jurisdiction.time_zone))


def nearest_searches(
    place: Place, service: Service, therapist: Therapist | None, *, now: dt.datetime
) -> list[Elsewhere]:
    """Return what finds a time where `place`, `service` and `therapist` together find none.

    First anyone else at the place, then the same elsewhere, then the other services at the place.
    """
    today = now.astimezone(place.jurisdiction.zone).date()
    others = [each for each in bookable_places(today=today) if each.pk != place.pk]
    tries: list[tuple[Place, Service, Therapist | None]] = []
    if therapist:
        tries.append((place, service, None))
    tries += [(other, service, therapist) for other in others if fits(service, other)]
    tries += [
        (place, other, therapist)
        for other in bookable_services()
        if other.pk != service.pk and fits(other, place)
    ]
    found = []
    for each in tries:
        search = Search(each[0].pk, each[1].pk, each[2].pk if each[2] else None)
        if soonest := therapists_with_time(search, now=now):
            must_ask = soonest[0].how is domain.How.ASK
            found.append(Elsewhere(*each, soonest[0].starts_at, must_ask))
    return found
