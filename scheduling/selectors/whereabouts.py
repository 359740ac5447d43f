"""Where a therapist can be met at all, whether or not there is time."""

import datetime as dt

from django.db.models import Q

from locations.models import Place, PlaceQuerySet
from scheduling.models import Therapist


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
