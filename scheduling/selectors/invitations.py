"""Bookings as calendar files.

Calendars are shared with families and employers: no file names the therapist or the client, nor
carries a link that could cancel the session.
"""

import datetime as dt
import re
from collections.abc import Iterable
from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings

from cms.core.models import PracticeSettings
from locations.models import Office
from scheduling.ical.invitation import (
    Method,
    SessionEvent,
    write_calendar,
    write_subscription,
)
from scheduling.models import Booking
from scheduling.models.bookings import REFERENCE_LENGTH

# As often as calendars of therapists are read here. Google asks when it likes, every 8 to 24 hours.
REFRESH = dt.timedelta(minutes=10)


def invitation_uid(booking: Booking) -> str:
    """Return the UID of the booking's event in every calendar.

    Where an invitation comes back in a therapist's own feed, it is known by this.
    """
    return f"{booking.reference}@{_host()}".lower()


def own_uids() -> str:
    """Return an expression that matches the UIDs of sessions, in whatever case.

    A copy of a session in its therapist's calendar says nothing new, and where the session was
    moved or cancelled it may say what no longer holds: what counts is the booking.
    """
    return rf"[A-Z0-9]{{{REFERENCE_LENGTH}}}@{re.escape(_host())}"


def client_calendar(booking: Booking) -> bytes:
    """Return the file for the client: to be saved, so without anyone to answer."""
    return write_calendar([_event(booking)], Method.CANCEL if booking.is_over else Method.PUBLISH)


def series_calendar(bookings: Iterable[Booking]) -> bytes:
    """Return one file for the client with all of `bookings`, which stand, to be saved at once."""
    return write_calendar(map(_event, bookings), Method.PUBLISH)


def therapist_calendar(booking: Booking) -> bytes:
    """Return the invitation for the therapist, or its withdrawal."""
    event = _event(
        booking,
        organizer=parseaddr(settings.DEFAULT_FROM_EMAIL)[1],
        attendee=booking.therapist.email,
    )
    return write_calendar([event], Method.CANCEL if booking.is_over else Method.REQUEST)


def subscription(bookings: Iterable[Booking], *, with_details: bool) -> bytes:
    """Return the calendar of a therapist's sessions, for the therapist to subscribe to.

    Each says "Busy" and no more, or with `with_details` the service and the place. What is over for
    good is left out: programs replace a subscribed calendar as a whole, and an event that is
    cancelled in it stays there struck through (Apple, Thunderbird), where one that is gone goes.
    """
    sessions = (
        _subscribed(booking, with_details=with_details)
        for booking in bookings
        if not booking.is_over
    )
    word = PracticeSettings.load().session_word.capitalize()
    return write_subscription(sessions, name=f"{word} calendar", refresh=REFRESH)


def _subscribed(booking: Booking, *, with_details: bool) -> SessionEvent:
    return SessionEvent(
        uid=invitation_uid(booking),
        sequence=booking.sequence,
        stamp=booking.created_at,
        starts_at=booking.starts_at,
        ends_at=booking.ends_at,
        summary=booking.service.name if with_details else "Busy",
        location=booking.place.label if with_details else "",
        is_tentative=booking.status == Booking.Status.REQUESTED,
    )


def where_to_go(booking: Booking) -> str:
    """Return where the session is as one line: with the postal address of an office."""
    if booking.place.is_online:
        return "By phone: we call you" if booking.service.by_phone else "Online"
    office = Office.objects.select_related("jurisdiction").get(pk=booking.place_id)
    return ", ".join([office.label, *office.address_lines])


def _host() -> str:
    return urlsplit(settings.BASE_URL).hostname or ""


def _event(booking: Booking, *, organizer: str = "", attendee: str = "") -> SessionEvent:
    words = PracticeSettings.load()
    return SessionEvent(
        uid=invitation_uid(booking),
        sequence=booking.sequence,
        stamp=booking.cancelled_at or booking.created_at,
        starts_at=booking.starts_at,
        ends_at=booking.ends_at,
        summary=words.session_word.capitalize(),
        location=where_to_go(booking),
        organizer=organizer,
        attendee=attendee,
    )
