"""Whose hours and time off a member of staff may change, and which sessions lie in the way."""

from django.contrib.auth.models import User
from django.db.models import QuerySet

from scheduling import domain
from scheduling.models import Booking, Therapist

OWN_HOURS = "scheduling.change_workinghours"


def therapists_planned_by(user: User) -> QuerySet[Therapist]:
    """Return all therapists to those who may change their records, else the user's own.

    Without leave to change hours at all there are none.
    """
    therapists = Therapist.objects.all()
    if user.has_perm("scheduling.change_therapist"):
        return therapists
    if user.has_perm(OWN_HOURS):
        return therapists.filter(user=user)
    return therapists.none()


def sessions_within(therapist: Therapist, interval: domain.Interval) -> QuerySet[Booking]:
    """Return the therapist's bookings that share time with `interval`, the first one first.

    Those that were cancelled or declined are left out.
    """
    bookings = therapist.bookings.select_related("service", "place__jurisdiction")
    within = bookings.filter(starts_at__lt=interval.end, ends_at__gt=interval.start)
    return within.exclude(status__in=domain.OVER).order_by("starts_at")
