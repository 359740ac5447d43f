"""What workers do in the background: each task takes primary keys, reads the clock and calls a
service. A task may run twice; so every service called here may, too.
"""

from django.utils import timezone

from scheduling.services import expire_holds as holds
from scheduling.services import rebuild_openings as openings
from scheduling.services import send_booking_mail as mails


def expire_holds() -> int:
    """Give back the times of holds whose minutes have passed; return how many there were."""
    return holds.expire_holds(now=timezone.now())


def rebuild_openings(therapist_id: int) -> None:
    """Make the therapist's openings equal to what the rules say."""
    openings.rebuild_openings(therapist_id, now=timezone.now())


def send_booking_mail(booking_id: int, kind: str) -> bool:
    """Send one mail about a booking, unless it was sent; return whether this call did."""
    return mails.send_booking_mail(booking_id, kind, now=timezone.now())


def resend_booking_mails() -> int:
    """Enqueue again the mails that could not be sent; return how many there were."""
    return mails.resend_booking_mails(now=timezone.now())
