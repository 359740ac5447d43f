"""Writing the mails about a booking.

Subjects are neutral, since mails show up on locked screens and in shared inboxes: they name no
person and no service. Nor does the text that clients get name the service or the therapist's
letters after the name, which say what it is about.
"""

import datetime as dt
from email.mime.nonmultipart import MIMENonMultipart
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.validators import validate_email
from django.template.loader import render_to_string
from django.urls import reverse

from cms.core.models import PracticeSettings
from scheduling import domain
from scheduling.models import Booking, BookingMail
from scheduling.selectors.invitations import (
    client_calendar,
    invitation_uid,
    series_calendar,
    therapist_calendar,
    where_to_go,
)
from scheduling.selectors.mail_addresses import address_for
from scheduling.selectors.requests import alternatives_to
from scheduling.services import tokens
from scheduling.services.errors import ALTERNATIVES
from scheduling.services.series_mail import SERIES_KINDS, dates_told, series_context

Kind = BookingMail.Kind

SUBJECTS = {
    Kind.CLIENT_CONFIRMED: "Your {session} is booked",
    Kind.CLIENT_MOVED: "Your {session} is at another time",
    Kind.CLIENT_CANCELLED: "Your {session} is cancelled",
    Kind.CLIENT_REMINDER: "Reminder: {when}",
    Kind.CLIENT_ASKED: "You asked for a time",
    Kind.CLIENT_DECLINED: "The time you asked for",
    Kind.CLIENT_EXPIRED: "The time you asked for",
    Kind.CLIENT_WITHDRAWN: "Your request is taken back",
    Kind.THERAPIST_ASKED: "Yes or no? {when}",
    Kind.THERAPIST_WITHDRAWN: "No answer needed: {when}",
    Kind.DESK_ASKED: "Yes or no? {when}",
    Kind.CLIENT_SERIES_CONFIRMED: "Your {sessions} are booked",
    Kind.CLIENT_SERIES_CANCELLED: "Your {sessions} are cancelled",
    Kind.THERAPIST_CONFIRMED: "Booked: {when}",
    Kind.THERAPIST_MOVED: "Moved: {when}",
    Kind.THERAPIST_CANCELLED: "Cancelled: {when}",
    Kind.THERAPIST_SERIES_CONFIRMED: "Booked: several, from {when}",
    Kind.THERAPIST_SERIES_CANCELLED: "Cancelled: several, from {when}",
}

# These change what is in calendars; a request is in none until it is accepted.
WITH_CALENDAR = {
    Kind.CLIENT_CONFIRMED,
    Kind.CLIENT_MOVED,
    Kind.CLIENT_CANCELLED,
    Kind.THERAPIST_CONFIRMED,
    Kind.THERAPIST_MOVED,
    Kind.THERAPIST_CANCELLED,
}
MOVED = {Kind.CLIENT_MOVED, Kind.THERAPIST_MOVED}
WITH_ALTERNATIVES = {Kind.CLIENT_DECLINED, Kind.CLIENT_EXPIRED}


class Reader(NamedTuple):
    """Whom a mail is for: the address, the clock they read, and their calendar files."""

    address: str
    zone: ZoneInfo
    calendars: tuple[bytes, ...] = ()
    method: str = ""


def compose_booking_mail(
    booking: Booking, kind: str, *, now: dt.datetime, due_at: dt.datetime | None = None
) -> EmailMultiAlternatives:
    """Return the mail, as it is true at `now`, as plain text and HTML, with the calendar file.

    A reminder, due at `due_at`, comes without one: the client has it already. Raises
    ValidationError where the address isn't exactly one.
    """
    reader = _reader(booking, kind)
    validate_email(reader.address)
    practice = PracticeSettings.load()
    when = domain.moment_words(booking.starts_at, reader.zone)
    context = _context(booking, reader, now) | {"practice": practice, "when": when}
    context |= _request_context(booking, kind, reader, now)
    context["moved_late"] = kind in MOVED and _was_moved_late(booking)
    if kind in SERIES_KINDS:
        context |= series_context(booking, kind, reader.zone, now=now)
    message = EmailMultiAlternatives(
        subject=SUBJECTS[Kind(kind)].format(
            session=practice.session_word, sessions=practice.sessions_word, when=when
        ),
        body=render_to_string(f"scheduling/mail/{kind}.txt", context),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[reader.address],
        reply_to=[practice.email] if practice.email else None,
        headers={
            "Message-ID": f"<{_serial(kind, booking, due_at)}.{invitation_uid(booking)}>",
            "Auto-Submitted": "auto-generated",
        },
    )
    message.attach_alternative(
        render_to_string(f"scheduling/mail/{kind}.html", context), "text/html"
    )
    for number, calendar in enumerate(reader.calendars, start=1):
        message.attach(_calendar_part(calendar, reader.method, number))
    return message


def _serial(kind: str, booking: Booking, due_at: dt.datetime | None) -> str:
    """Return what tells the mails of a booking apart; the same however often one is tried."""
    due = f".{due_at.timestamp():.0f}" if due_at else ""
    return f"{kind}.{booking.sequence}{due}"


def _reader(booking: Booking, kind: str) -> Reader:
    if kind in SERIES_KINDS:
        return _series_reader(booking, kind)
    address = address_for(booking, Kind(kind))
    is_client = kind.startswith("client_")
    zone = ZoneInfo(booking.client_zone) if is_client else booking.therapist.zone
    if kind not in WITH_CALENDAR:
        return Reader(address, zone)
    calendar = client_calendar(booking) if is_client else therapist_calendar(booking)
    standing = "PUBLISH" if is_client else "REQUEST"
    return Reader(address, zone, (calendar,), "CANCEL" if booking.is_over else standing)


def _series_reader(booking: Booking, kind: str) -> Reader:
    """Return who is told of several dates. All that are booked come in one file to be saved; a
    request or a withdrawal is about one date, so each has a file of its own.
    """
    dates = dates_told(booking, kind)
    if kind == Kind.CLIENT_SERIES_CONFIRMED:
        files: tuple[bytes, ...] = (series_calendar(dates),)
        return Reader(booking.client_email, ZoneInfo(booking.client_zone), files, "PUBLISH")
    if kind == Kind.CLIENT_SERIES_CANCELLED:
        files = tuple(map(client_calendar, dates))
        return Reader(booking.client_email, ZoneInfo(booking.client_zone), files, "CANCEL")
    method = "REQUEST" if kind == Kind.THERAPIST_SERIES_CONFIRMED else "CANCEL"
    files = tuple(map(therapist_calendar, dates))
    return Reader(booking.therapist.email, booking.therapist.zone, files, method)


def _context(booking: Booking, reader: Reader, now: dt.datetime) -> dict[str, object]:
    link = reverse("book:session", args=[tokens.link_token(booking.reference)])
    is_free = now <= booking.cancel_until
    cut_off = domain.moment_words(booking.cancel_until, reader.zone)
    return {
        "booking": booking,
        "where": where_to_go(booking),
        "link": f"{settings.BASE_URL}{link}",
        "policy": booking.policy,
        "cut_off": cut_off,
        "cancel_until": is_free and cut_off,
        "book_link": f"{settings.BASE_URL}{reverse('book:choose')}",
        "admin_link": f"{settings.BASE_URL}{reverse('wagtailadmin_home')}",
    }


def _request_context(
    booking: Booking, kind: str, reader: Reader, now: dt.datetime
) -> dict[str, object]:
    """Return what only mails about a request say: until when it waits, how to answer, what else
    there is.
    """
    if booking.answer_until is None:
        return {}
    token = tokens.answer_token(booking.reference, kind.partition("_")[0])
    others = alternatives_to(booking, ALTERNATIVES, now=now) if kind in WITH_ALTERNATIVES else []
    return {
        "answer_until": domain.moment_words(booking.answer_until, reader.zone),
        "answer_link": f"{settings.BASE_URL}{reverse('book:answer', args=[token])}",
        "alternatives": [
            f"{domain.moment_words(each.starts_at, reader.zone)}, with {each.therapist.name}"
            f"{' (you can ask for it)' if each.must_ask else ''}"
            for each in others
        ],
    }


def _was_moved_late(booking: Booking) -> bool:
    """Return whether its last change was the client moving it after the cut-off."""
    last = booking.changes.last()
    return last is not None and last.is_late_move


def _calendar_part(calendar: bytes, method: str, number: int) -> MIMENonMultipart:
    """Return a calendar file as mail programs know it: its type names the method as well."""
    part = MIMENonMultipart("text", "calendar", method=method, charset="utf-8")
    part.set_payload(calendar.decode(), "utf-8")
    name = "session.ics" if number == 1 else f"session-{number}.ics"
    part.add_header("Content-Disposition", "attachment", filename=name)
    return part
