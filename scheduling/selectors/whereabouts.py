"""Where therapists can be met at all, whether or not there is time."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q

from locations.models import Place, PlaceQuerySet
from scheduling.models import Licence, Therapist, WorkingHours


def places_of(therapist: Therapist, *, on: dt.date) -> PlaceQuerySet:
    """Return the places of `therapist` on the local day `on`, offices first.

    An office counts while weekly hours are spent there, being online while hours are open for it;
    both need a licence where the client will be, and a place that has not closed.
    """
    hours = therapist.working_hours.exclude(valid_until__lt=on)
    licensed = [licence.jurisdiction_id for licence in therapist.valid_licences(on)]
    where = Q(is_online=False, pk__in=hours.exclude(office=None).values("office"))
    if hours.filter(online=True).exists():
        where |= Q(is_online=True)
    places = Place.objects.filter(where, jurisdiction__in=licensed).exclude(closed_on__lte=on)
    return places.select_related("jurisdiction")


def who_works_at(places: Iterable[Place], *, now: dt.datetime) -> dict[int, set[int]]:
    """Return, by the key of each of `places`, the keys of those who see clients there at `now`.

    The rule is that of `places_of`, for all therapists at once.
    """
    found: dict[int, set[int]] = {}
    hours = list(WorkingHours.objects.values_list("therapist", "office", "online", "valid_until"))
    licences = list(Licence.objects.all())
    for place in places:
        on = now.astimezone(place.jurisdiction.zone).date()
        licensed = {
            each.therapist_id
            for each in licences
            if each.jurisdiction_id == place.jurisdiction_id and each.is_valid_on(on)
        }
        found[place.pk] = licensed & {
            therapist
            for therapist, office, online, until in hours
            if (online if place.is_online else office == place.pk) and (until or on) >= on
        }
    return found
