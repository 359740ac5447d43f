"""Calendars of sessions that therapists subscribe to: whose they are, and what stands in them."""

import datetime as dt

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.urls import reverse

from scheduling.models import Booking, OutgoingFeed, Therapist

# Long enough to look up what a past week was, short enough that the address tells little.
PAST = dt.timedelta(days=30)


def outgoing_feeds_visible_to(user: User) -> QuerySet[OutgoingFeed]:
    """Return the session calendars of all therapists to those who see all bookings, else the
    user's own.

    Without leave to see session calendars at all there are none.
    """
    feeds = OutgoingFeed.objects.select_related("therapist").defer("token")
    if not user.has_perm("scheduling.view_outgoingfeed"):
        return feeds.none()
    if user.has_perm("scheduling.view_all_bookings"):
        return feeds
    return feeds.filter(therapist__user=user)


def therapists_without_feed(user: User) -> QuerySet[Therapist]:
    """Return the therapists for whom `user` could make a session calendar."""
    therapists = Therapist.objects.filter(outgoing_feed=None)
    if user.has_perm("scheduling.view_all_bookings"):
        return therapists
    return therapists.filter(user=user)


def live_feed(token_digest: str) -> OutgoingFeed | None:
    """Return the feed whose token has this digest; None where there is none (any more).

    An address dies with its therapist's log-in: who has left reads nothing more.
    """
    feeds = OutgoingFeed.objects.exclude(therapist__user__is_active=False).defer("token")
    return feeds.filter(token_digest=token_digest).first()


def sessions_in(feed: OutgoingFeed, *, now: dt.datetime) -> QuerySet[Booking]:
    """Return the therapist's sessions from 30 days before `now` on, without clients' details."""
    sessions = Booking.objects.filter(therapist=feed.therapist_id, ends_at__gt=now - PAST)
    sessions = sessions.select_related("service", "place__jurisdiction")
    private = ("client_name", "client_email", "client_phone")
    return sessions.defer(*private).order_by("starts_at", "pk")


def address_of(feed: OutgoingFeed) -> str:
    """Return the whole secret address of `feed`. It must reach nobody but those who may have it."""
    return settings.BASE_URL + reverse("session_feed", args=[f"{feed.token}.ics"])
