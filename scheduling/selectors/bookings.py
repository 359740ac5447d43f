"""Which bookings a member of staff may see."""

import datetime as dt

from django.contrib.auth.models import User
from django.db.models import Case, F, Q, QuerySet, Value, When

from scheduling.models import Booking, BookingMail, Therapist
from scheduling.models.bookings import email_index_of
from scheduling.models.therapists import TherapistQuerySet


def bookings_visible_to(user: User) -> QuerySet[Booking]:
    """Return the bookings of every therapist to those who may see all, else the user's own.

    Without leave to see bookings at all there are none.
    """
    bookings = Booking.objects.select_related("therapist", "service", "place__jurisdiction", "room")
    if user.has_perm("scheduling.view_all_bookings"):
        return bookings
    if user.has_perm("scheduling.view_booking"):
        return bookings.filter(therapist__user=user)
    return bookings.none()


def therapists_visible_to(user: User) -> TherapistQuerySet:
    """Return the therapists on the site whose bookings the user may see, as above."""
    therapists = Therapist.objects.public()
    if user.has_perm("scheduling.view_all_bookings"):
        return therapists
    if user.has_perm("scheduling.view_booking"):
        return therapists.filter(user=user)
    return therapists.none()


def next_first(bookings: QuerySet[Booking], *, now: dt.datetime) -> QuerySet[Booking]:
    """Order `bookings` as a desk reads them: the next one first, then the past, latest first."""
    is_past = Q(ends_at__lte=now)
    return bookings.order_by(
        Case(When(is_past, then=Value(1)), default=Value(0)),
        Case(When(~is_past, then=F("starts_at"))),
        F("starts_at").desc(),
    )


def with_email(bookings: QuerySet[Booking], email: str) -> QuerySet[Booking]:
    """Return those of `bookings` that were made with exactly this e-mail address."""
    return bookings.filter(email_index=email_index_of(email))


def mails_in_trouble(bookings: QuerySet[Booking]) -> QuerySet[BookingMail]:
    """Return the mails about `bookings` that were tried and could not be sent, oldest first."""
    mails = BookingMail.objects.filter(booking__in=bookings, sent_at=None).exclude(failure="")
    return mails.select_related("booking").order_by("created_at")
