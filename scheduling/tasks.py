"""What workers do in the background: each task takes primary keys, reads the clock and calls a
service. A task may run twice; so every service called here may, too.
"""

from django.utils import timezone

from scheduling.models import Therapist
from scheduling.services import answer_request as requests
from scheduling.services import claim_due_feeds as due_feeds
from scheduling.services import expire_holds as holds
from scheduling.services import plan_reminders as plans
from scheduling.services import rebuild_openings as openings
from scheduling.services import record_outcome as outcomes
from scheduling.services import send_booking_mail as mails
from scheduling.services import send_collision_mail as collision_mails
from scheduling.services import send_feed_mail as feed_mails
from scheduling.services import send_licence_mail as licence_mails
from scheduling.services import send_reminders as reminders
from scheduling.services import sync_feed as feeds
from scheduling.services import total_openings
from scheduling.services import warn_of_licences as licences


def sync_due_feeds() -> int:
    """Enqueue a visit to each calendar that is due; return how many."""
    return len(due_feeds.claim_due_feeds(now=timezone.now()))


def sync_feed(feed_id: int) -> str:
    """Visit a calendar and take over its times; return what changed."""
    return feeds.sync_feed(feed_id, now=timezone.now()).value


def send_feed_mail(feed_id: int, kind: str) -> int:
    """Tell those concerned that a calendar is in trouble, or well again; return how many."""
    return feed_mails.send_feed_mail(feed_id, kind, now=timezone.now())


def expire_holds() -> int:
    """Give back the times of holds whose minutes have passed; return how many there were."""
    return holds.expire_holds(now=timezone.now())


def expire_requests() -> int:
    """End the requests that nobody answered in time; return how many there were."""
    return requests.expire_requests(now=timezone.now())


def complete_sessions() -> int:
    """Write that sessions took place whose end lies long enough back; return how many."""
    return outcomes.complete_sessions(now=timezone.now())


def rebuild_openings(therapist_id: int) -> None:
    """Make the therapist's openings equal to what the rules say."""
    openings.rebuild_openings(therapist_id, now=timezone.now())


def rebuild_all_openings() -> int:
    """Rebuild the openings of every therapist, as the day changed; return how many they are.

    Row by row, so that nothing wrong that was ever written stays for longer than a day.
    """
    now = timezone.now()
    keys = list(Therapist.objects.values_list("pk", flat=True))
    for key in keys:
        openings.rebuild_openings(key, now=now, thorough=True)
    total_openings.correct_totals()
    return len(keys)


def send_booking_mail(booking_id: int, kind: str) -> bool:
    """Send one mail about a booking, unless it was sent; return whether this call did."""
    return mails.send_booking_mail(booking_id, kind, now=timezone.now())


def send_due_reminders() -> int:
    """Enqueue the reminders whose time has come; return how many there were."""
    return reminders.send_due_reminders(now=timezone.now())


def send_reminder(mail_id: int) -> bool:
    """Send one reminder, unless it was sent or is too late; return whether this call did."""
    return reminders.send_reminder(mail_id, now=timezone.now())


def plan_all_reminders() -> int:
    """Plan the reminders of all sessions to come by the rules as they are; return how many."""
    return plans.plan_all_reminders(now=timezone.now())


def resend_booking_mails() -> int:
    """Enqueue again the mails that could not be sent; return how many there were."""
    return mails.resend_booking_mails(now=timezone.now())


def send_collision_mail(therapist_id: int) -> int:
    """Tell of the therapist's sessions that collide with a calendar; return how many were told."""
    return collision_mails.send_collision_mail(therapist_id, now=timezone.now())


def retell_of_collisions() -> int:
    """Enqueue again the mails about collisions that could not be sent; return how many."""
    return collision_mails.retell_of_collisions(now=timezone.now())


def warn_of_licences() -> int:
    """Enqueue the mails about licences that end soon; return how many there were."""
    return licences.warn_of_licences(now=timezone.now())


def send_licence_mail(warning_id: int) -> int:
    """Tell of a licence that ends soon, unless that was told; return how many were told."""
    return licence_mails.send_licence_mail(warning_id, now=timezone.now())
