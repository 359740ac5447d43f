"""What a mail about several dates of a series says. It is written down with one of its bookings."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse

from scheduling import domain
from scheduling.models import Booking, BookingMail
from scheduling.selectors.series import sessions_of
from scheduling.services import tokens

Kind = BookingMail.Kind

SERIES_BOOKED = {Kind.CLIENT_SERIES_CONFIRMED, Kind.THERAPIST_SERIES_CONFIRMED}
SERIES_KINDS = SERIES_BOOKED | {Kind.CLIENT_SERIES_CANCELLED, Kind.THERAPIST_SERIES_CANCELLED}


def dates_told(booking: Booking, kind: str) -> list[Booking]:
    """Return the sessions that the mail of this kind about the series of `booking` tells of.

    Of those booked all that stand when it is sent; of those cancelled the ones that were cancelled
    together with `booking`.
    """
    if booking.series is None:
        return []
    sessions = sessions_of(booking.series)
    if kind in SERIES_BOOKED:
        return [session for session in sessions if not session.is_over]
    return list(sessions.filter(cancelled_at=booking.cancelled_at))


def series_context(
    booking: Booking, kind: str, zone: ZoneInfo, *, now: dt.datetime
) -> dict[str, Any]:
    """Return what the templates of these mails need besides what all mails have."""
    series = booking.series
    link = reverse("book:series", args=[tokens.series_token(series.reference)]) if series else ""
    lost = [dt.datetime.fromisoformat(start) for start in series.lost] if series else []
    return {
        "series": series,
        "link": f"{settings.BASE_URL}{link}",
        "dates": [_date(session, zone, now) for session in dates_told(booking, kind)],
        "lost": [domain.moment_words(start, zone) for start in lost],
    }


def _date(session: Booking, zone: ZoneInfo, now: dt.datetime) -> dict[str, Any]:
    may_change = now <= session.cancel_until
    return {
        "when": domain.moment_words(session.starts_at, zone),
        "reference": session.reference,
        "room": session.room,
        "cancel_until": may_change and domain.moment_words(session.cancel_until, zone),
    }
