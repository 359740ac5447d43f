"""What staff can book without overriding a rule, computed for one therapist."""

import datetime as dt

from locations.models import Place
from scheduling import domain
from scheduling.models import SchedulingSettings, Service, Therapist
from scheduling.selectors.facts import facts_for
from scheduling.selectors.freshness import freshness_of
from scheduling.selectors.search import Found


def openings_for_staff(
    therapist: Therapist, service: Service, place: Place, *, now: dt.datetime
) -> tuple[Found, ...]:
    """Return, in order, the openings of one therapist at the instant `now`, up to the horizon.

    They are those of the site and, which the site doesn't offer, of services that only staff book
    and of therapists who take no new clients: staff book for those they have. None where a
    calendar is too old to promise a time.
    """
    if freshness_of(therapist.pk, now=now) > domain.Freshness.BOOK_IF_REFRESHED:
        return ()
    if not (therapist.is_active and therapist.services.filter(pk=service.pk).exists()):
        return ()
    first = now.astimezone(therapist.zone).date()
    last = first + dt.timedelta(days=SchedulingSettings.load().horizon_days)
    known = facts_for(therapist, now=now, first=first, last=last, services=[service])
    found = domain.openings_between(
        therapist.pk, first, last, known, audience=domain.Audience.STAFF
    )
    zone = place.jurisdiction.zone
    return tuple(
        Found(
            opening.start,
            therapist.pk,
            service.pk,
            place.pk,
            opening.end,
            opening.start.astimezone(zone).date(),
            domain.How.BOOK,
        )
        for opening in found
        if opening.place == place.pk
    )
