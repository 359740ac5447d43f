"""To whom the mails about a booking go."""

from cms.core.models import PracticeSettings
from scheduling.models import Booking, BookingMail, SchedulingSettings

Kind = BookingMail.Kind


def address_for(booking: Booking, kind: Kind) -> str:
    """Return the address that a mail of this kind goes to; empty where there is none."""
    if kind.startswith("client_"):
        return booking.client_email
    if kind.startswith("therapist_"):
        return booking.therapist.email
    return SchedulingSettings.load().requests_to or PracticeSettings.load().email
